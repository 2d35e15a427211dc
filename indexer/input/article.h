/* article.h -- one article as the readers hand it to the inverter.
 *
 * Every string is valid UTF-8 without NUL or control characters other than
 * '\n' and '\t', owned by the article's arena; {NULL, 0} when absent. */
#ifndef DX_INDEXER_INPUT_ARTICLE_H
#define DX_INDEXER_INPUT_ARTICLE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/hash.h"
#include "common/base/str.h"
#include "common/index/field/field.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/html/host.h"
#include "indexer/input/reading.h"

/* A name that is none of a field, and seems to mean one that the article lacks. */
typedef struct dx_missed_name {
    dx_str name; /* as it stands in the input, borrowed or in the arena */
    dx_field field;
} dx_missed_name;

#define DX_MISSED_MAX 4u

typedef struct dx_article {
    DX_FIELD_VALUES; /* `a.source` is `a.at[DX_FIELD_SOURCE]`; of them never empty:
                        id (article_id.h), title (from the lead or file name if
                        need be), and path: its file as the user named it, what is
                        no UTF-8 in it as %XX */
    int32_t date;    /* days since 1970-01-01, or DX_DATE_UNKNOWN (civil.h) */
    int32_t other_date; /* what the same figures mean with the month first, or
                           DX_DATE_UNKNOWN: a reader may not know which */
    dx_date_order date_order; /* of the figures of its date */
    bool title_is_certain; /* of a page: two places of it agree on the title */
    dx_hash128 content; /* of all of these but id and path */
    dx_left_out left_out; /* or why it is no article */
    bool is_open; /* it does not say when it was published, so a sitemap may, another
                     day in the next run */
    dx_of_host of_host; /* of a page */
    dx_provenance from;
    dx_missed_name missed[DX_MISSED_MAX];
    unsigned missed_count;
} dx_article;

#endif
