/* rebuild.h -- a new index from the texts that another one stores.
 *
 * For an index whose text rules are not ours, or one that cannot be indexed again
 * because its files are gone. Texts are cut into words anew, attributes found anew;
 * articles keep their files, hashes and order, so that the next run over the same
 * files takes them for unchanged. Fields that we do not know are left out. */
#ifndef DX_INDEXER_INVERT_REBUILD_H
#define DX_INDEXER_INVERT_REBUILD_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"

typedef struct dx_rebuild_options {
    const char *from, *to; /* directories; an index at `to` is not replaced */
    size_t memory_bytes;
    unsigned threads;        /* >= 1, to invert; one reads */
    const atomic_bool *stop; /* set to end it; may be NULL */
    /* Called now and then; may be NULL. */
    void (*on_progress)(void *ctx, uint64_t articles, uint64_t of);
    void *ctx;
} dx_rebuild_options;

/** Makes the index `to`, published once it is whole, and tells its number of
 *  articles. Fails with NOINDEX or VERSION (of `from`), INVALID (there is one at
 *  `to`), BUSY, CORRUPT, INTERRUPTED, IO, LIMIT or NOMEM; `to` is then an empty
 *  index, where it can be tried again. */
DX_NODISCARD dx_status dx_rebuild(const dx_rebuild_options *options,
    uint64_t *articles, dx_error *err);

#endif
