/* fields.h -- the names of fields that may be typed: title: tiêu_đề: @source. */
#ifndef DX_SEARCHER_QUERY_FIELDS_H
#define DX_SEARCHER_QUERY_FIELDS_H

#include <stdbool.h>

#include "common/text/analyzer.h"
#include "searcher/query/date.h"
#include "searcher/query/query.h"

/* What a name means. */
typedef struct dx_query_name {
    dx_query_field field;
    dx_query_side side; /* of dates: after: and before:, else ON */
} dx_query_name;

/** Reads "name:" at `p`, or "@name" and the blanks behind it, where what
 *  follows can be looked for there. Returns what follows, or NULL when there is
 *  no such name. */
const char *dx_query_field_at(dx_analyzer *a, const char *p, const char *end,
    dx_query_name *out);

/** The name that the echo uses; "" for DX_IN_ANY. Static. */
const char *dx_query_field_name(dx_query_field field);

/** Whether the field filters by a value, instead of looking for words. */
static inline bool dx_query_is_filter(dx_query_field f)
{
    return dx_query_field_find(f) != DX_FIND_WORDS;
}

/** Whether it filters by a range of days. */
static inline bool dx_query_is_date(dx_query_field f)
{
    return dx_query_field_find(f) == DX_FIND_DAY ||
           dx_query_field_find(f) == DX_FIND_DAYS;
}

#endif
