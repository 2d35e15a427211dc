/* article_key.h -- what makes an article that article: its id, and what it says. */
#ifndef DX_INDEXER_GATHER_ARTICLE_KEY_H
#define DX_INDEXER_GATHER_ARTICLE_KEY_H

#include <stdint.h>

#include "common/base/hash.h"

/** Of the hash of an id and of a content, as in dx_doc_columns. */
static inline dx_hash128 dx_article_key(dx_hash128 id, uint64_t content)
{
    const uint64_t parts[] = {id.lo, id.hi, content};

    return dx_hash128_of(parts, sizeof parts);
}

/** Likewise of an id alone: whatever the article says. */
static inline uint64_t dx_article_id_key(dx_hash128 id)
{
    return dx_article_key(id, 0).lo;
}

#endif
