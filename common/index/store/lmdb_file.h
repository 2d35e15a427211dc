/* lmdb_file.h -- what readers and writers of an LMDB file share, and the one
 * place that includes LMDB's header. Why LMDB: in Debian, one file, readers use
 * the map in place, and after any crash a transaction is there as a whole or
 * not at all. */
#ifndef DX_INDEX_STORE_LMDB_FILE_H
#define DX_INDEX_STORE_LMDB_FILE_H

#include <lmdb.h>
#include <stdint.h>
#include <sys/types.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/store/store.h"

/** Turns an LMDB or errno code into a status and a message about `path`. */
dx_status dx_store_fail(dx_error *err, int code, const char *path,
    const char *doing);

/** DX_ERR_CORRUPT with a message: that `path` is damaged, what follows this word, and the
 *  remedy. */
dx_status dx_store_damaged(dx_error *err, const char *path, const char *fmt, ...)
    DX_PRINTF(3, 4);

/** Reads as much of `n` bytes at `at` as the file has, where pread() may be interrupted or
 *  give less. Returns how many, or -1 with errno. */
ssize_t dx_store_pread(int fd, void *to, size_t n, uint64_t at);

/** Bytes of address space that this process may have (RLIMIT_AS), or UINT64_MAX. */
uint64_t dx_store_address_space(void);

/** For a store in which `key`, the first that was ever put, is not found: DX_OK when
 *  the store is empty, DX_ERR_CORRUPT when it has others. */
DX_NODISCARD dx_status dx_store_missing(MDB_txn *txn, MDB_dbi dbi, dx_str key,
    const char *path, dx_error *err);

/** Calls `each` for the keys with `prefix` in `txn`, in byte order, until one
 *  call does not return DX_OK, and returns what that returned. The strings live
 *  until `txn` ends or something is put. */
DX_NODISCARD dx_status dx_store_walk(MDB_txn *txn, MDB_dbi dbi, dx_str prefix,
    dx_store_each each, void *ctx, const char *path, dx_error *err);

/** Makes a durable, compacted copy of `env` at `path`, which nobody else may read
 *  (access.h). Leaves nothing there on failure. Returns an LMDB or errno code. */
int dx_store_copy_file(MDB_env *env, const char *path);

#endif
