/* snapshot.h -- reads one consistent generation of an index.
 *
 * Readers need only read permission: they open the file without LMDB's lock
 * table and instead hold a shared open-file-description lock on the byte
 * whose offset is 1 + their snapshot's transaction number (see
 * docs/ARCHITECTURE.md, "Readers without write permission"). The kernel drops
 * it when the process dies, so there are no stale readers. */
#ifndef DX_INDEX_STORE_SNAPSHOT_H
#define DX_INDEX_STORE_SNAPSHOT_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/store/store.h"

typedef struct dx_snapshot dx_snapshot;

/** Opens the newest generation of the index in directory `dir`. Compares the
 *  file's size with what LMDB's meta page promises, so that a truncated file
 *  is DX_ERR_CORRUPT rather than a SIGBUS. DX_ERR_NOINDEX when there is none,
 *  DX_ERR_IO (permission …) with the remedy in words. May be used by any
 *  number of threads at once. */
DX_NODISCARD dx_status dx_snapshot_open(const char *dir, dx_snapshot **out,
    dx_error *err);
void dx_snapshot_close(dx_snapshot *s); /* NULL is a no-op */

/** The value of `key`, in place, until dx_snapshot_close(); {NULL,0} with
 *  DX_OK when absent. */
DX_NODISCARD dx_status dx_snapshot_get(dx_snapshot *s, dx_str key, dx_str *value,
    dx_error *err);

/** Copies a slice of such a value to `out` (room for its bytes) by reading the
 *  file. For what a process looks at once: a touch of the map makes the kernel
 *  map sixteen pages and unmap them at the end, which takes ten times as long.
 *  Thread-safe. */
void dx_snapshot_read(const dx_snapshot *s, dx_str slice, void *out);

/** Calls `each` for every key with `prefix`, in byte order, until it returns
 *  something else than DX_OK, which is then returned. */
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

/** Whether a newer generation than this snapshot has been published: cheap
 *  enough to ask before every query of a long-lived process. Also true when
 *  the file was replaced. */
bool dx_snapshot_is_stale(dx_snapshot *s);

/** A consistent, compacted copy of this snapshot as a new index directory
 *  `to_dir` (made; must not already hold an index), while a writer may be at
 *  work. Nothing is left behind on failure. */
DX_NODISCARD dx_status dx_snapshot_copy(dx_snapshot *s, const char *to_dir,
    dx_error *err);

#endif
