/* linked_data.h -- linked data (JSON-LD) within HTML pages. */
#ifndef DX_INDEXER_INPUT_JSON_LINKED_DATA_H
#define DX_INDEXER_INPUT_JSON_LINKED_DATA_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"

typedef struct dx_jsonld { /* strings in the caller's arena */
    dx_str headline, description, author, publisher, section, keywords, url;
    dx_str body;
    dx_str breadcrumb; /* name of the innermost page that is not the article */
    int32_t date;
} dx_jsonld;

/** Reads one <script type="application/ld+json">. Adds to `out` what an
 *  Article or NewsArticle in it (also within "@graph" or a list) says and
 *  `out` does not have yet; start from {.date = DX_DATE_UNKNOWN}. Broken JSON is
 *  passed over. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_jsonld_read(dx_str text, dx_arena *arena,
    dx_jsonld *out, dx_error *err);

#endif
