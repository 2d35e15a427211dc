/* store.h -- named byte strings with snapshots, in LMDB.
 *
 * An index is a directory with one LMDB file. Keys have at most
 * DX_STORE_KEY_MAX bytes, values at most 4 GiB - 1. Each value is contiguous in
 * the map, so readers use it in place. snapshot.h reads, writer.h writes. */
#ifndef DX_INDEX_STORE_STORE_H
#define DX_INDEX_STORE_STORE_H

#include "common/base/status.h"
#include "common/base/str.h"

#define DX_STORE_KEY_MAX 480u

/* The first key that a search reads; those before it are only the indexer's, and may be
 * very many. */
#define DX_STORE_SEARCH_FROM DX_STR_LIT("manifest")

/** Gets one record after another. How long the strings live, the walking
 *  function says. Returning anything but DX_OK ends the walk. */
typedef dx_status (*dx_store_each)(void *ctx, dx_str key, dx_str value);

#endif
