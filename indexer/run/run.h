/* run.h -- one run of the indexer: paths in, a new generation out.
 *
 *   walk    the paths' files; those whose size and time are as recorded are
 *           passed over
 *   read    articles, in worker threads (pipeline.h); one whose content is as
 *           indexed is passed over; the others are gathered until they
 *           fill their share of the memory, and become a segment
 *   publish segments, deletions and the file table, in one transaction
 *   merge   small neighbours, or everything; each merge is published by itself
 *
 * Until it publishes, a run can be killed or fail without a trace: the next
 * writer removes what it left. Later it has done what it was asked for, but for merging,
 * and says so when it fails. */
#ifndef DX_INDEXER_RUN_RUN_H
#define DX_INDEXER_RUN_RUN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "indexer/input/reading.h"
#include "indexer/run/event.h"

#define DX_MEMORY_DEFAULT_BYTES ((size_t)512 << 20)
#define DX_MEMORY_MIN_BYTES ((size_t)64 << 20)

typedef struct dx_run_options {
    const char *index;   /* directory */
    size_t memory_bytes; /* >= DX_MEMORY_MIN_BYTES */
    unsigned threads;    /* >= 1 */
    bool optimize;       /* merge everything, give space back */
    bool no_delete;      /* keep articles whose files are gone */
    bool remove_many;    /* remove them even if they are more than a fifth of the index
                            and more than 20, or all below an empty folder */
    bool dry_run;        /* change nothing, tell what would change */
    const char *report;  /* file that the caller writes meanwhile, or NULL: it is no
                            input, nor is the index */
    dx_input_options input; /* what its strings are, is borrowed */
    void *ctx;           /* for the callbacks, either of which may be NULL */
    /* Called by one thread at a time, but not always the same. UNCHANGED is
     * not reported, only counted. */
    void (*on_event)(void *ctx, const dx_event *event);
    /* Called by one thread at a time, several times a second. */
    void (*on_progress)(void *ctx, const dx_run_progress *progress);
    const atomic_bool *stop; /* set, perhaps by a signal, to end the run; may be
                                NULL */
} dx_run_options;

typedef struct dx_run_totals {
    uint64_t events[DX_EVENT_KINDS];
    uint64_t left_out[DX_LEFT_OUT_COUNT]; /* of that many events, by reason */
    uint64_t bytes;    /* read from files, before decompression */
    uint64_t articles; /* in the index afterwards */
    uint64_t segments; /* likewise */
    uint64_t index_bytes;
    bool is_published; /* of a run that failed: its articles are in the index all the
                          same, only segments were not merged to the end */
} dx_run_totals;

/** Indexes `paths` (files, folders, "-" for standard input). Bad
 *  files are events, not failures. Fails with BUSY (another indexer is at
 *  work), INTERRUPTED, IO, CORRUPT, VERSION, NOMEM; the index is then as it was before,
 *  unless totals->is_published. */
DX_NODISCARD dx_status dx_run(const dx_run_options *options,
    const char *const *paths, size_t path_count, dx_run_totals *totals,
    dx_error *err);

#endif
