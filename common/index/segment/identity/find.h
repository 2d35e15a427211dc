/* find.h -- from the id of an article, as users are shown it, to its document, and
 * back. */
#ifndef DX_INDEX_SEGMENT_IDENTITY_FIND_H
#define DX_INDEX_SEGMENT_IDENTITY_FIND_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/str.h"
#include "common/index/segment/generation.h"

/** The article with this id, or key (article_id.h), that is not deleted, nor, unless
 *  `with_hidden`, hidden; the last one if several have it and the id does not end with the
 *  hash that tells them apart. False: there is none. */
bool dx_article_find(const dx_generation *g, dx_str id, bool with_hidden,
    uint32_t *segment, uint32_t *doc);

/** The id to be shown of a document whose stored id is `id`: that, or, where other
 *  articles have it, too, a longer one in `arena`. {NULL, 0}: no memory. */
dx_str dx_article_shown_id(const dx_generation *g, uint32_t segment,
    uint32_t doc, dx_str id, dx_arena *arena);

#endif
