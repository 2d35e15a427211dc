/* lost.h -- articles that are no longer where they came from: their block is gone, or
 * was read and has them no more, or standard input brought another one with their
 * id. They go, unless another block has them (borrowed.h). */
#ifndef DX_INDEXER_RUN_SETTLE_LOST_H
#define DX_INDEXER_RUN_SETTLE_LOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/store/snapshot.h"
#include "indexer/invert/indexed.h"
#include "indexer/run/event.h"
#include "indexer/run/files/borrowed.h"
#include "indexer/run/files/files.h"
#include "indexer/run/files/numbers.h"

/** Whether so many of an index's articles are more than should go without a word: a
 *  fifth, and 20. */
bool dx_lost_are_many(uint64_t going, uint64_t articles);

typedef struct dx_lost { /* borrowed, but for what is found */
    dx_indexed *indexed; /* its segments are those of before the run */
    const dx_files *files;
    const dx_borrowed *borrowed;
    dx_snapshot *snapshot; /* at the start; NULL without an index */
    dx_event_sink *events;
    dx_progress_sink *progress;
    bool no_delete; /* only what is replaced is lost */
    bool remove_many; /* however many they are */
    /* Found: */
    bool are_kept; /* more than a fifth of the index, and more than 20 articles, would go
                      without another in their place: they stay. dx_files_keep_lost() */
    uint64_t *moved; /* owned: dx_article_key().lo, ascending, of dead articles that
                        other blocks have, and dx_article_id_key() of those to which others
                        gave way */
    size_t moved_count, moved_cap;
    /* These ascend when it is settled, each once. */
    dx_numbers again;   /* these blocks, to be read once more: one for each article, or
                           all where others gave way to it */
    dx_numbers borrowers; /* all blocks that have such articles */
    dx_numbers outside; /* blocks that the run has not met, whose articles gave way */
} dx_lost;

/** To be called when everything has been read. Kills the articles that are lost.
 *  Each is told as REMOVED, or as KEPT where they are too many, unless another one has
 *  taken its place, or another block has it. Counts those that are UNCHANGED, and
 *  REPEATED elsewhere. Fails with CORRUPT, NOMEM or IO. */
DX_NODISCARD dx_status dx_lost_settle(dx_lost *lost, dx_error *err);

void dx_lost_free(dx_lost *lost);

#endif
