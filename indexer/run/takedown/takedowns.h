/* takedowns.h -- all articles that were taken down: what a run reads again of them is
 * left out.
 *
 * An article is known again by its id, by its address if no other had that, by all that
 * it says (content), and by its text alone, whatever its blanks. */
#ifndef DX_INDEXER_RUN_TAKEDOWN_TAKEDOWNS_H
#define DX_INDEXER_RUN_TAKEDOWN_TAKEDOWNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/store/snapshot.h"
#include "common/index/store/writer.h"
#include "indexer/input/article.h"
#include "indexer/run/files/files.h"
#include "indexer/run/files/numbers.h"
#include "indexer/run/takedown/record.h"

#define DX_TAKEDOWN_NONE UINT32_MAX

typedef struct dx_takedown_entry {
    dx_takedown what;   /* strings in the arena */
    dx_numbers numbers; /* blocks that were found to have it in this run */
    bool is_changed;    /* its record is to be written */
} dx_takedown_entry;

typedef struct dx_takedown_name { /* by which an article is known again */
    uint64_t hash;
    uint32_t entry;
} dx_takedown_name;

/* To be read by any thread while nothing is added. Start from {0}. */
typedef struct dx_takedowns {
    dx_takedown_entry *items; /* owned */
    size_t count, cap;
    dx_takedown_name *names; /* owned; those of the snapshot, ascending */
    size_t name_count, name_cap;
    dx_str *asked; /* owned: ids to be taken down; the strings are in the arena */
    size_t asked_count, asked_cap;
    dx_arena arena;
} dx_takedowns;

/** Reads those of an index; `snapshot` may be NULL. Fails with CORRUPT, IO or NOMEM. */
DX_NODISCARD dx_status dx_takedowns_open(dx_takedowns *t, dx_snapshot *snapshot,
    dx_error *err);
void dx_takedowns_free(dx_takedowns *t);

/** Which of those of the snapshot an article is, or DX_TAKEDOWN_NONE. `id` is the hash
 *  of its id. Thread-safe. Fails with NOMEM. */
DX_NODISCARD dx_status dx_takedowns_find(const dx_takedowns *t,
    const dx_article *a, dx_hash128 id, uint32_t *which);

/** Adds one, and copies what it borrows. Fails with NOMEM. */
DX_NODISCARD dx_status dx_takedowns_add(dx_takedowns *t, const dx_takedown *what);

/** A block has it, too: undoing reads that again. Fails with NOMEM. */
DX_NODISCARD dx_status dx_takedowns_note(dx_takedowns *t, uint32_t which,
    uint32_t number);

/** The articles with this id are to be taken down (take.h). Fails with NOMEM. */
DX_NODISCARD dx_status dx_takedowns_ask(dx_takedowns *t, dx_str id);

/** Whether there is anything to be written. */
bool dx_takedowns_are_changed(const dx_takedowns *t);

/** Puts what has changed, and that it is to be wiped (manifest.h), uncommitted; of
 *  blocks that this run has read, those that have it still. Fails with NOMEM or IO. */
DX_NODISCARD dx_status dx_takedowns_write(const dx_takedowns *t,
    const dx_files *files, dx_writer *store, dx_error *err);

/** Looks for damage as dx_files_check() does. */
DX_NODISCARD dx_status dx_takedowns_check(dx_snapshot *snapshot, uint32_t next,
    void (*on_problem)(void *ctx, const char *problem), void *ctx,
    uint64_t *problems, dx_error *err);

#endif
