/* store.h -- the one adapter of LMDB: named byte strings with snapshots.
 *
 * An index is a directory; its data is one LMDB file in it. Keys are at most
 * DX_STORE_KEY_MAX bytes, values at most 4 GiB - 1. Every value is contiguous
 * in the map, so a reader uses it in place.
 *
 * Readers need only read permission: they open the file without LMDB's lock
 * table and instead hold a shared open-file-description lock on the byte
 * whose offset is 1 + their snapshot's transaction number (see
 * docs/ARCHITECTURE.md, "Readers without write permission"). The kernel drops
 * it when the process dies, so there are no stale readers.
 *
 * One writer at a time, per index directory, across processes. */
#ifndef DX_INDEX_STORE_STORE_H
#define DX_INDEX_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"

#define DX_STORE_KEY_MAX 480u

/* ---- reading ---- */

typedef struct dx_snapshot dx_snapshot; /* one consistent generation */

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
typedef dx_status (*dx_store_each)(void *ctx, dx_str key, dx_str value);
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

/* ---- writing ---- */

/* Used by one thread at a time; what one thread began (any call but close and
 * compact begins a transaction), the same thread must commit. */
typedef struct dx_writer dx_writer;

/** Becomes the writer of the index in `dir`, making the directory and an empty
 *  store when there is none. DX_ERR_BUSY, naming the directory, when another
 *  process is the writer. Never waits for readers for more than two seconds:
 *  if readers of an older generation are still there then, it goes on in a
 *  compacted copy that replaces the file by rename, which they do not see. */
DX_NODISCARD dx_status dx_writer_open(const char *dir, dx_writer **out,
    dx_error *err);
/** Drops what was put since the last commit. NULL is a no-op. */
void dx_writer_close(dx_writer *w);

/* Reads see this writer's own uncommitted puts; slices stay valid until the
 * next put, delete or commit. */
DX_NODISCARD dx_status dx_writer_get(dx_writer *w, dx_str key, dx_str *value,
    dx_error *err);
DX_NODISCARD dx_status dx_writer_each(dx_writer *w, dx_str prefix,
    dx_store_each each, void *ctx, dx_error *err);

/** Puts a value. The transaction's memory is about the sum of the values put
 *  since the last commit: commit every DX_STORE_TXN_BYTES or so. The map grows
 *  by itself. DX_ERR_IO when the disk is full. */
#define DX_STORE_TXN_BYTES (16u << 20)
DX_NODISCARD dx_status dx_writer_put(dx_writer *w, dx_str key, dx_str value,
    dx_error *err);
/** Deleting an absent key is DX_OK. */
DX_NODISCARD dx_status dx_writer_delete(dx_writer *w, dx_str key,
    dx_error *err);
/** Makes everything since the last commit durable and visible, at once. What
 *  readers may still see is never overwritten. */
DX_NODISCARD dx_status dx_writer_commit(dx_writer *w, dx_error *err);

/** A compacted copy replaces the file (by rename): the file shrinks to what is
 *  used. Call with nothing uncommitted. */
DX_NODISCARD dx_status dx_writer_compact(dx_writer *w, dx_error *err);

#endif
