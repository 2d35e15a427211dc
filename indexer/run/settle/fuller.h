/* fuller.h -- of articles with one address, which say no more than another does: an
 * entry of a feed has the beginning of what its page has whole.
 *
 * One gives way to another if both have the same title, word for word, and three
 * quarters of its pairs of adjacent words stand in the other's text, which has
 * more. So nothing is lost of texts that only share an address. */
#ifndef DX_INDEXER_RUN_SETTLE_FULLER_H
#define DX_INDEXER_RUN_SETTLE_FULLER_H

#include <stddef.h>

#include "common/base/hash.h"
#include "common/base/status.h"
#include "indexer/invert/indexed.h"

#define DX_FULLER_MAX 16u /* an address that more articles share names none of them */

/** Finds the live documents with this id that give way: `*count` of them, in `out`.
 *  None, if the id is no address. What came by standard input never does, as it
 *  could not be read again when the other one goes. It depends on the documents, not
 *  on their order. Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_fuller_find(const dx_indexed *ix, dx_hash128 id,
    dx_indexed_doc out[DX_FULLER_MAX], size_t *count);

#endif
