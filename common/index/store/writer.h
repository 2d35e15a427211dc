/* writer.h -- changes an index. An index directory has at most one writer at a
 * time, across processes. */
#ifndef DX_INDEX_STORE_WRITER_H
#define DX_INDEX_STORE_WRITER_H

#include <stdbool.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/store/store.h"

/* For one thread at a time. The thread that began a transaction (with any call
 * but close and compact) must also commit it. */
typedef struct dx_writer dx_writer;

/** Becomes the writer of the index in `dir`, making the directory and an empty
 *  store when there is none. DX_ERR_BUSY, naming the directory, when another
 *  process is the writer. Waits for readers of older generations for at most
 *  two seconds; if some are left then, it moves on to a compacted copy that
 *  replaces the file by rename, which they do not see. A file that takes the place of
 *  another has its owner, group, mode and access list; a symbolic link stays one. DX_ERR_IO
 *  when the file is a mount of its own, so that nothing could take its place. */
DX_NODISCARD dx_status dx_writer_open(const char *dir, dx_writer **out,
    dx_error *err);
/** The same without a look at the file that is there, which may be damaged: the writer
 *  can only begin and end a fresh file. Where there is none, who may read that is who may
 *  read the index in `like`. */
DX_NODISCARD dx_status dx_writer_open_over(const char *dir, const char *like,
    dx_writer **out, dx_error *err);
/** Drops what was put since the last commit. NULL is a no-op. */
void dx_writer_close(dx_writer *w);

/* Reads see the writer's own uncommitted puts. Slices stay valid until the next
 * put, delete or commit. */
DX_NODISCARD dx_status dx_writer_get(dx_writer *w, dx_str key, dx_str *value,
    dx_error *err);
/** The same for the key that is put first of all into an empty store: where it is not,
 *  but others are, the store is damaged, which is DX_ERR_CORRUPT. */
DX_NODISCARD dx_status dx_writer_get_first(dx_writer *w, dx_str key,
    dx_str *value, dx_error *err);
DX_NODISCARD dx_status dx_writer_each(dx_writer *w, dx_str prefix,
    dx_store_each each, void *ctx, dx_error *err);

/** Puts a value. A transaction takes about as much memory as the values put
 *  since the last commit: commit every DX_STORE_TXN_BYTES or so. The map grows
 *  by itself. Fails with IO when the disk is full. */
#define DX_STORE_TXN_BYTES (4u << 20)
DX_NODISCARD dx_status dx_writer_put(dx_writer *w, dx_str key, dx_str value,
    dx_error *err);
/** Puts a value of `bytes` that the caller writes to where `*out` points, before any
 *  other call: for large ones, which then are in memory once. */
DX_NODISCARD dx_status dx_writer_reserve(dx_writer *w, dx_str key, size_t bytes,
    void **out, dx_error *err);
/** Deleting an absent key is DX_OK. */
DX_NODISCARD dx_status dx_writer_delete(dx_writer *w, dx_str key,
    dx_error *err);
/** Makes everything since the last commit durable and visible, all at once.
 *  Never overwrites what readers may still see. */
DX_NODISCARD dx_status dx_writer_commit(dx_writer *w, dx_error *err);

/** Lets later transactions write over what was deleted before the last commit,
 *  unless somebody reads it. By itself a writer only does so for what was deleted
 *  before it was opened. */
void dx_writer_unpin(dx_writer *w);

/** Begins a file that is to take the place of the index's, and has nothing in it yet.
 *  Close the one that it sets `*out` to
 *  before `w`: if it has not ended, the file goes, and the index is as it was. */
DX_NODISCARD dx_status dx_writer_begin_fresh(dx_writer *w, dx_writer **out,
    dx_error *err);
/** Commits what was put into `fresh` and makes it, by rename, the index that `w`
 *  writes. Readers keep the old file until they close it. `fresh` can then
 *  only be closed. Call it with nothing uncommitted in `w`. After a failure `w` can
 *  only be closed. */
DX_NODISCARD dx_status dx_writer_end_fresh(dx_writer *w, dx_writer *fresh,
    dx_error *err);
/** Whether another file has taken the place of the one that `w` was opened with: that may
 *  be so though dx_writer_end_fresh() failed. */
bool dx_writer_is_replaced(const dx_writer *w);

#endif
