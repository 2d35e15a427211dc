/* gather.h -- from the tags and texts of a feed to its entries. */
#ifndef DX_INDEXER_INPUT_FEEDS_GATHER_H
#define DX_INDEXER_INPUT_FEEDS_GATHER_H

#include <stdbool.h>

#include "common/base/status.h"
#include "indexer/input/source.h"

typedef struct dx_feed_gatherer dx_feed_gatherer;

/** Hands the entries of a feed, whose bytes came in `encoding` (borrowed), to `each` as
 *  dx_entry_put() makes them: of RSS 0.9 to 2.0, RDF and Atom, exports of WordPress
 *  included. Of a sitemap there is one record, left out as METADATA. NULL: no memory.
 *  Free it with dx_feed_gatherer_free(). */
dx_feed_gatherer *dx_feed_gatherer_new(const char *encoding,
    dx_record_each each, void *ctx);
void dx_feed_gatherer_free(dx_feed_gatherer *g); /* NULL is a no-op */

/** Takes the next bytes of the feed (UTF-8); `is_last`: it ends with them. Fails with
 *  what `each` returned, NOMEM, or FORMAT where the XML is damaged or something else;
 *  entries before that are handed over. */
DX_NODISCARD dx_status dx_feed_gatherer_put(dx_feed_gatherer *g, dx_str xml,
    bool is_last, dx_error *err);

#endif
