/* writer.h -- changes an index. One writer at a time, per index directory,
 * across processes. */
#ifndef DX_INDEX_STORE_WRITER_H
#define DX_INDEX_STORE_WRITER_H

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/store/store.h"

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
