/* linked_data.h -- linked data (JSON-LD) within HTML pages. */
#ifndef DX_INDEXER_INPUT_JSON_LINKED_DATA_H
#define DX_INDEXER_INPUT_JSON_LINKED_DATA_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/chars/date.h"

typedef struct dx_jsonld { /* strings in the caller's arena */
    dx_str headline, description, publisher, section, keywords, url;
    dx_str author; /* people only, joined by ", " */
    dx_str site;   /* of a WebSite */
    dx_str body;
    dx_str breadcrumb; /* name of the innermost page that is not the article */
    dx_date_reading date, modified;
    bool is_article; /* the page is an article, a law, a report … */
    bool is_list;    /* it is a collection, or the answer to a search */
} dx_jsonld;

#define DX_JSONLD_INIT                                                         \
    {                                                                          \
        .date = DX_DATE_READING_NONE, .modified = DX_DATE_READING_NONE,        \
    }

/** Reads one <script type="application/ld+json">. Adds to `out` what an
 *  Article or NewsArticle in it (also within "@graph" or a list) says and
 *  `out` does not have yet; start from DX_JSONLD_INIT. Broken JSON is
 *  passed over. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_jsonld_read(dx_str text, dx_arena *arena,
    dx_jsonld *out, dx_error *err);

#endif
