/* files.h -- what the index knows of the files its articles came from.
 *
 * One record per file, key "f" + absolute path (or its hash when that is too
 * long for a key): size and time, so that an unchanged file is passed over, and
 * the number that its articles carry, so that they go when it goes. */
#ifndef DX_INDEXER_RUN_FILES_H
#define DX_INDEXER_RUN_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/store/snapshot.h"
#include "common/index/store/writer.h"
#include "indexer/run/found_file.h"

#define DX_FILE_NONE 0u /* number of what comes from standard input */

typedef enum dx_file_state {
    DX_FILE_UNSEEN,  /* not met in this run */
    DX_FILE_KEPT,    /* its articles stay: unchanged, or it could not be read */
    DX_FILE_READ,    /* only articles met again stay */
    DX_FILE_GONE     /* its articles go */
} dx_file_state;

struct dx_file_record; /* a change to be written */

typedef struct dx_files {
    dx_snapshot *snapshot; /* borrowed; NULL: no index yet */
    uint32_t next;         /* number for the next new file */
    uint8_t *states;       /* owned; dx_file_state by number */
    size_t state_cap;
    struct dx_file_record *changes; /* owned */
    size_t change_count, change_cap;
    dx_arena arena;
} dx_files;

/** `next` as in the manifest: 0 when there is no index yet. */
void dx_files_init(dx_files *f, dx_snapshot *snapshot, uint32_t next);
void dx_files_free(dx_files *f);

/** Looks a found file up, giving it a number when it is new. `*unchanged` says
 *  whether size and time are as recorded; its state is then KEPT, else READ. */
DX_NODISCARD dx_status dx_files_find(dx_files *f, const dx_found_file *file,
    uint32_t *number, bool *unchanged, dx_error *err);

/** A file that could not be read after all: what is indexed of it stays, and
 *  the next run tries again. DX_FILE_NONE is a no-op. */
void dx_files_keep(dx_files *f, uint32_t number);

/** Marks as KEPT every recorded file at or under the absolute path `root`,
 *  which cannot be read. */
DX_NODISCARD dx_status dx_files_keep_under(dx_files *f, const char *root,
    dx_error *err);

/** Marks as GONE every recorded file at or under the absolute path `root` that
 *  this run has not met. */
DX_NODISCARD dx_status dx_files_find_gone(dx_files *f, const char *root,
    dx_error *err);

static inline dx_file_state dx_files_state(const dx_files *f, uint32_t number)
{
    return number < f->state_cap ? (dx_file_state)f->states[number]
                                 : DX_FILE_UNSEEN;
}

/** Checks the table as `dxindex check` does: each record's key, path and number
 *  (below `next`, and of this file only). Counts each fault in `*problems` and
 *  tells it. Fails with NOMEM or IO. */
DX_NODISCARD dx_status dx_files_check(dx_snapshot *snapshot, uint32_t next,
    void (*on_problem)(void *ctx, const char *problem), void *ctx,
    uint64_t *problems, dx_error *err);

/** Puts all changes, uncommitted. */
DX_NODISCARD dx_status dx_files_write(const dx_files *f, dx_writer *store,
    dx_error *err);

#endif
