/* address.h -- what the URL and the path of an article say of it. */
#ifndef DX_INDEXER_GATHER_ADDRESS_H
#define DX_INDEXER_GATHER_ADDRESS_H

#include <stdbool.h>

#include "common/base/str.h"
#include "common/index/field/attribute.h"

#define DX_ADDRESS_TYPE_MAX_BYTES 8u

/** The host of a URL in small letters, without "www.", in `out`. False when it
 *  has none, or one too long to be true. */
bool dx_address_host(dx_str url, char out[DX_ATTRIBUTE_MAX_BYTES],
    dx_str *host);

/** The type of a file in small letters, in `out`: what its name ends with, such
 *  as "html" for "a/b.html.gz" and "jsonl" for "c.jsonl#12". False when it has
 *  none, or one too long to be true. */
bool dx_address_type(dx_str path, char out[DX_ADDRESS_TYPE_MAX_BYTES],
    dx_str *type);

#endif
