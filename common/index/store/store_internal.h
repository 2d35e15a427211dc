/* store_internal.h -- what the store's files share, and the one place that
 * includes LMDB's header. Why LMDB: Debian's, one file, readers use the map in
 * place, a transaction is whole or absent after any crash. */
#ifndef DX_INDEX_STORE_STORE_INTERNAL_H
#define DX_INDEX_STORE_STORE_INTERNAL_H

#include <lmdb.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/index/store/store.h"

#define DX_STORE_FILE "index.mdb"
#define DX_STORE_LOCK_FILE "writer.lock"
#define DX_STORE_PATH_MAX 4096

/** "dir/name"; LIMIT when it does not fit. */
DX_NODISCARD dx_status dx_store_path(const char *dir, const char *name,
    char out[DX_STORE_PATH_MAX], dx_error *err);

/** Turns an LMDB or errno code into a status and a line about `path`. */
dx_status dx_store_fail(dx_error *err, int code, const char *path,
    const char *doing);

/** Calls `each` for the keys with `prefix` in `txn`. */
DX_NODISCARD dx_status dx_store_walk(MDB_txn *txn, MDB_dbi dbi, dx_str prefix,
    dx_store_each each, void *ctx, const char *path, dx_error *err);

/** A compacted copy of `env` at `path`, durable; nothing is left there on
 *  failure. Returns an LMDB or errno code. */
int dx_store_copy_file(MDB_env *env, const char *path);

/* Of each of LMDB's pages: its number (u64) and more (pages.c). */
#define DX_STORE_PAGE_HEAD 16u

/** Whether all pages that transaction `txn` can see are in the file: asked when
 *  the file is shorter than LMDB's meta page says. False when memory is short. */
bool dx_store_has_pages(int fd, size_t page_bytes, uint64_t txn);

/** Flushes a directory's entries. */
void dx_store_sync_dir(const char *dir);

/* ---- lock.c: who reads what, without writing anything ---- */

/* Locks on the data file: byte 0 is the gate, byte 1 + txn a reader of that
 * transaction. All are open-file-description locks, so they are per snapshot,
 * not per process, and go away with it. */

/** A reader's way in and out of the gate. False when the lock fails (errno). */
bool dx_gate_enter(int fd);
void dx_gate_leave(int fd);
/** Says that this file description reads `txn`. */
bool dx_reader_mark(int fd, uint64_t txn);

/** Whether somebody reads a transaction before `txn`: passes the gate first,
 *  so that a reader that is just entering has been marked. `fd` is open for
 *  writing. */
bool dx_readers_before(int fd, uint64_t txn);

/** Becomes the only writer of `dir`: an open lock file, or -1 with `err` set. */
int dx_writer_lock(const char *dir, dx_error *err);

#endif
