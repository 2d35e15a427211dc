/* lmdb_file.h -- what reading and writing an LMDB file have in common, and the one
 * place that includes LMDB's header. Why LMDB: Debian's, one file, readers use the
 * map in place, a transaction is whole or absent after any crash. */
#ifndef DX_INDEX_STORE_LMDB_FILE_H
#define DX_INDEX_STORE_LMDB_FILE_H

#include <lmdb.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/store/store.h"

/** Turns an LMDB or errno code into a status and a line about `path`. */
dx_status dx_store_fail(dx_error *err, int code, const char *path,
    const char *doing);

/** Calls `each` for the keys with `prefix` in `txn`, in byte order, until it returns
 *  something else than DX_OK, which is then returned. The strings live as long as
 *  `txn` and nothing is put. */
DX_NODISCARD dx_status dx_store_walk(MDB_txn *txn, MDB_dbi dbi, dx_str prefix,
    dx_store_each each, void *ctx, const char *path, dx_error *err);

/** A compacted copy of `env` at `path`, durable; nothing is left there on
 *  failure. Returns an LMDB or errno code. */
int dx_store_copy_file(MDB_env *env, const char *path);

/** The size that the file should have by LMDB's meta page. It may rightly be
 *  shorter: see pages.h. */
uint64_t dx_store_promised_bytes(MDB_env *env);

#endif
