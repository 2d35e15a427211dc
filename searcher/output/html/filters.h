/* filters.h -- the filters of a query, told from its words: what stands in the box, and what
 * the page shows as chips that can be taken away. */
#ifndef DX_SEARCHER_OUTPUT_HTML_FILTERS_H
#define DX_SEARCHER_OUTPUT_HTML_FILTERS_H

#include "common/base/buf.h"
#include "common/index/field/field.h"
#include "searcher/output/format.h"

#define DX_FILTERS_MAX 12u

typedef enum dx_filter_kind {
    DX_FILTER_FIELD, /* `field` says which */
    DX_FILTER_DATE,
    DX_FILTER_AFTER,
    DX_FILTER_BEFORE,
    DX_FILTER_COPIES /* dup: */
} dx_filter_kind;

typedef struct dx_filter {
    dx_filter_kind kind;
    dx_field field;
    bool is_negated;
    dx_str text;  /* of the query: -source:"VTV" */
    size_t value; /* where it begins in `values`, NUL-terminated */
} dx_filter;

typedef struct dx_filters {
    const char *query; /* borrowed */
    dx_filter at[DX_FILTERS_MAX];
    uint32_t count;
    dx_buf values; /* owned */
} dx_filters;

/** Finds the filters of `query`. None where it has operators or parentheses, in which what a
 *  filter is for cannot be told so simply: such a query is its reader's own. To be freed;
 *  where memory is short there are none. */
void dx_filters_read(const char *query, dx_filters *out);
void dx_filters_free(dx_filters *f);

/** Appends `query` without its filters: the words that were looked for. */
void dx_filters_put_words(const char *query, dx_buf *out);

/** The value of filter `i`: VTV. */
const char *dx_filters_value(const dx_filters *f, uint32_t i);

/** Appends the query without filter `i`; DX_FILTERS_MAX: without all of them. */
void dx_filters_put_without(const dx_filters *f, uint32_t i, dx_buf *out);

/** Appends the query without filters of dates, but for those that exclude some. */
void dx_filters_put_without_dates(const dx_filters *f, dx_buf *out);

/** Appends the query to which a filter by `period` ("2024", "2024-03") will be added: without
 *  those filters of dates that this one makes needless. */
void dx_filters_put_for_period(const dx_filters *f, const char *period, dx_buf *out);

/** Appends the filters alone; with `without_form` only those that the advanced form has no
 *  field for. */
void dx_filters_put(const dx_filters *f, bool without_form, dx_buf *out);

/** The value of the first filter by `field` that the advanced form can hold; "" for none. */
const char *dx_filters_value_of(const dx_filters *f, dx_field field);

/** Whether there is one of dates. */
bool dx_filters_has_dates(const dx_filters *f);

/** The days that the query asks for, "2024-01-31" each, "" where it is open: for the form of
 *  dates. */
void dx_filters_days(const dx_filters *f, char from[11], char to[11]);

/** Appends the chips, one a filter, each a link that takes it away. */
void dx_filters_put_chips(const dx_output *o, const dx_filters *f, dx_buf *out);

#endif
