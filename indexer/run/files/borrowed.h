/* borrowed.h -- articles that stand in several blocks.
 *
 * Such an article is in the index once, with the number of one block, whose own it
 * is; the others borrow it. When that block has it no more, one that borrows it is
 * read again, and it becomes that one's own.
 *
 * So it is with an article that gave way to a fuller one with its id (settle/fuller.h):
 * when that goes, its block is read again. It has the key of its id alone.
 *
 * An index has a record of the keys that a block borrows, where there are any. */
#ifndef DX_INDEXER_RUN_FILES_BORROWED_H
#define DX_INDEXER_RUN_FILES_BORROWED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/store/snapshot.h"
#include "common/index/store/writer.h"
#include "indexer/run/files/files.h"

#define DX_BORROWED_KEY_PREFIX DX_STR_LIT("b")

typedef struct dx_borrowing {
    uint32_t number; /* of the block that borrows */
    uint64_t key;    /* of the article: dx_article_key().lo, or dx_article_id_key() */
    bool is_past;    /* the block was read in this run, or is gone: this is what its
                        record says of before */
} dx_borrowing;

typedef struct dx_borrowed { /* what was borrowed in a run; {0} is empty */
    dx_borrowing *items; /* owned */
    size_t count, cap;
} dx_borrowed;

void dx_borrowed_free(dx_borrowed *b);

/** Notes that a block borrows an article. Fails with NOMEM. */
DX_NODISCARD dx_status dx_borrowed_add(dx_borrowed *b, uint32_t number,
    uint64_t key);

/** Forgets that any of these blocks borrowed any of these articles in this run.
 *  Numbers and keys ascend. */
void dx_borrowed_forget(dx_borrowed *b, const uint32_t *numbers, size_t count,
    const uint64_t *keys, size_t key_count);

/** Tells all that is borrowed after this run: what was borrowed in it, and what
 *  `snapshot` (may be NULL) says, also of before. Stops when `each` fails; fails with
 *  IO, too. */
DX_NODISCARD dx_status dx_borrowed_each(const dx_borrowed *b,
    const dx_files *files, dx_snapshot *snapshot,
    dx_status (*each)(void *ctx, dx_borrowing borrowing), void *ctx,
    dx_error *err);

/** Notes that these blocks borrow what their records say, if the run has not read
 *  them: to be called before they are read once more. Fails with NOMEM or IO. */
DX_NODISCARD dx_status dx_borrowed_keep(dx_borrowed *b, const uint32_t *numbers,
    size_t count, const dx_files *files, dx_snapshot *snapshot, dx_error *err);

/** Whether nothing is borrowed, in this run or before. */
DX_NODISCARD dx_status dx_borrowed_is_empty(const dx_borrowed *b,
    dx_snapshot *snapshot, bool *is_empty, dx_error *err);

/** Puts the records of blocks that borrowed in this run, and deletes those of blocks
 *  that were READ and do not any more, or are GONE; uncommitted. Fails with NOMEM
 *  or IO. */
DX_NODISCARD dx_status dx_borrowed_write(dx_borrowed *b, const dx_files *files,
    dx_snapshot *snapshot, dx_writer *store, dx_error *err);

/** What is wrong with a record, or NULL. `next`: for the next new block. */
const char *dx_borrowed_fault(dx_str key, dx_str value, uint32_t next);

#endif
