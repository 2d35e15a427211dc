/* snapshot.h -- reads one consistent generation of an index.
 *
 * Readers need only read permission. They open the file without LMDB's lock
 * table; instead they hold a shared open-file-description lock on the byte at
 * offset 1 + their transaction number (docs/DECISIONS.md, "Readers without
 * write permission"). The kernel drops it when the process dies, so there are
 * no stale readers. */
#ifndef DX_INDEX_STORE_SNAPSHOT_H
#define DX_INDEX_STORE_SNAPSHOT_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/store/store.h"

typedef struct dx_snapshot dx_snapshot;

/** Opens the newest generation of the index in directory `dir`. Checks the pages
 *  that searches read, and all others before their first use, so that a damaged or
 *  truncated file is DX_ERR_CORRUPT, no crash. DX_ERR_NOINDEX when there is none;
 *  DX_ERR_IO (permission …) with the remedy in words. Any number of threads may
 *  use the snapshot at once. */
DX_NODISCARD dx_status dx_snapshot_open(const char *dir, dx_snapshot **out,
    dx_error *err);
/** The same for the process that is the index's writer: its writer has checked all pages
 *  and written all later ones, so that they are not checked once more. */
DX_NODISCARD dx_status dx_snapshot_open_written(const char *dir, dx_snapshot **out,
    dx_error *err);
void dx_snapshot_close(dx_snapshot *s); /* NULL is a no-op */

/** The value of `key`, in place, valid until dx_snapshot_close(); {NULL,0} with
 *  DX_OK when there is none. */
DX_NODISCARD dx_status dx_snapshot_get(dx_snapshot *s, dx_str key, dx_str *value,
    dx_error *err);

/** Checks all pages (pages.h), once; takes milliseconds. Fails with CORRUPT, IO or
 *  NOMEM. */
DX_NODISCARD dx_status dx_snapshot_check_pages(dx_snapshot *s, dx_error *err);

/** The same for the key that is put first of all into an empty store: where it is not,
 *  but others are, the store is damaged, which is DX_ERR_CORRUPT. */
DX_NODISCARD dx_status dx_snapshot_get_first(dx_snapshot *s, dx_str key,
    dx_str *value, dx_error *err);

/** Copies a slice of such a value to `out` (room for its bytes) by reading the
 *  file. Meant for what a process looks at only once: if it touches the map,
 *  the kernel maps sixteen pages and unmaps them at the end, which takes ten
 *  times as long. Thread-safe. */
void dx_snapshot_read(const dx_snapshot *s, dx_str slice, void *out);

/** Calls `each` for every key with `prefix`, in byte order, until one call does
 *  not return DX_OK, and returns what that returned. */
DX_NODISCARD dx_status dx_snapshot_each(dx_snapshot *s, dx_str prefix,
    dx_store_each each, void *ctx, dx_error *err);

typedef struct dx_store_info {
    uint64_t txn;         /* LMDB transaction number of this snapshot */
    uint64_t file_bytes;  /* size of the data file */
    uint64_t page_bytes;  /* LMDB's page size */
    uint64_t pages_used;  /* last page + 1 */
    uint64_t pages_free;  /* on the free list, reusable */
} dx_store_info;
DX_NODISCARD dx_status dx_snapshot_info(dx_snapshot *s, dx_store_info *out,
    dx_error *err);

/** When the file had last been written as it was opened, in nanoseconds since 1970. */
int64_t dx_snapshot_written_ns(const dx_snapshot *s);

/** Whether a newer generation has been published, or the file replaced. Cheap
 *  enough to ask before every query. */
bool dx_snapshot_is_stale(dx_snapshot *s);

/** Makes a consistent, compacted copy of the index in the directory `to_dir`,
 *  which it creates if need be and which must not hold an index yet. Who may read it
 *  is who may read the index. A writer may be at work meanwhile. Leaves nothing behind
 *  on failure. */
DX_NODISCARD dx_status dx_snapshot_copy(dx_snapshot *s, const char *to_dir,
    dx_error *err);

#endif
