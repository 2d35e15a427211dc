/* fixture.h -- what the tests of whole indexes share: folders, small indexes,
 * and a reader that touches everything in one. */
#ifndef DX_TESTS_FIXTURE_H
#define DX_TESTS_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "common/index/store/snapshot.h"
#include "indexer/run/run.h"
#include "searcher/include/dx/search.h"

/** A new folder under $TMPDIR or /tmp; fixture_remove() takes it away with all
 *  that is in it. */
void fixture_folder(char out[64]);
void fixture_remove(const char *folder);

/** Begins a new file "folder/name". */
FILE *fixture_create(const char *folder, const char *name);
/** Writes "folder/name". */
void fixture_write(const char *folder, const char *name, const void *bytes,
    size_t len);
/** The bytes of a file, to be freed with free(). */
void *fixture_read(const char *path, size_t *len);
void fixture_copy_file(const char *from, const char *to);

/** Writes `count` articles of a few words each to "folder/name" as JSONL. Ids
 *  are `prefix` and the number from `first` on. All have some words in common,
 *  so that their lists are dense. */
void fixture_articles(const char *folder, const char *name, const char *prefix,
    unsigned first, unsigned count);

/** Copies a few of the sample articles, one file of each kind, into `folder`.*/
void fixture_samples(const char *folder);

/** dx_run() with two threads and without callbacks. */
dx_status fixture_run(const char *index, const char *path, bool optimize,
    dx_run_totals *totals, dx_error *err);

/** Takes "folder/name" into the index "folder/i"; the same for JSONL `text`,
 *  which is written there first. */
void fixture_index_file(const char *folder, const char *name);
void fixture_index_text(const char *folder, const char *name,
    const char *text);

/** The index "folder/i"; the same in a new folder, of JSONL `text`; and both
 *  gone. */
dx_index *fixture_open(const char *folder);
dx_index *fixture_open_text(char folder[64], const char *text);
void fixture_close(dx_index *ix, const char *folder);

/** The segments of the index "folder/i", as published last; and closed, and the folder
 *  gone. */
void fixture_open_segments(const char *folder, dx_snapshot **snapshot,
    dx_generation *generation);
void fixture_close_segments(const char *folder, dx_snapshot *snapshot,
    dx_generation *generation);

/** Numbers that look random and are the same everywhere. */
uint64_t fixture_random(uint64_t *state);
/** The same, below `n` > 0. */
uint32_t fixture_random_below(uint64_t *state, uint32_t n);

/** Whether the environment asks for the long version of a test (DX_LONG). */
bool fixture_is_long(void);

/** Runs `work` with ever more memory until it succeeds, and `after` (unless it is NULL)
 *  after each time; asserts that it fails with NOMEM until then. Small numbers are taken
 *  one by one, as most different failures are there; then in steps of a part of n, so
 *  that a long work is sampled evenly on a logarithmic scale. */
void fixture_fail_each_allocation(dx_status (*work)(void), void (*after)(void));

/** Reads all there is in an index by every reading function, and searches it.
 *  Returns the first failure, or OK; asserts (cmocka) what must hold whatever
 *  the bytes are: documents ascend and exist. */
dx_status fixture_read_everything(const char *index);

/** Problems that dx_check() finds; the status in `*rc`. */
uint64_t fixture_check(const char *index, dx_status *rc);

#endif
