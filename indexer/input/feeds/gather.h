/* gather.h -- from the tags and texts of a feed to its entries. */
#ifndef DX_INDEXER_INPUT_FEEDS_GATHER_H
#define DX_INDEXER_INPUT_FEEDS_GATHER_H

#include "common/base/status.h"
#include "indexer/input/source.h"

/** Hands the entries of `xml` (UTF-8) to `each` as dx_entry_put() makes them: of RSS
 *  0.9 to 2.0, RDF and Atom, exports of WordPress included. Of a sitemap there is one
 *  record, left out as METADATA. Fails with what `each` returned, NOMEM, or FORMAT
 *  where the XML is damaged or something else; entries before that are handed over. */
DX_NODISCARD dx_status dx_feed_gather(dx_str xml, dx_record_each each, void *ctx,
    dx_error *err);

#endif
