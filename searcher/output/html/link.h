/* link.h -- addresses of other pages of the search. */
#ifndef DX_SEARCHER_OUTPUT_HTML_LINK_H
#define DX_SEARCHER_OUTPUT_HTML_LINK_H

#include "searcher/output/format.h"

#define DX_LINK_LIKE_BYTES_MAX 2048u /* an id that may stand in an address */

typedef struct dx_link { /* strings are borrowed */
    const char *query, *like;
    const char *id; /* of an article to be shown, "" or NULL: results */
    const char *field, *value; /* of a filter to be added to the query, or NULL;
                                  see dx_link_can_filter() */
    dx_order order;
    bool literal;
    dx_scope scope;
    uint32_t page;  /* from 1 */
    uint32_t limit; /* hits a page, 0: as the site has it */
    const char *lang; /* as the request named it, "" or NULL: it did not */
} dx_link;

/** The first page of what `view` shows. */
dx_link dx_link_of(const dx_view *view);

/** Whether a query with its filter is not too long; false, too, when memory is
 *  short. */
bool dx_link_can_filter(const dx_link *link);

/** Appends `<a href="…">`, with ` rel="…"` unless `rel` is NULL. */
void dx_link_put(dx_buf *out, const dx_link *link, const char *rel);

/** Appends the address alone, not escaped: "?q=…&sort=newest". */
void dx_link_put_address(dx_buf *out, const dx_link *link);

/** Appends <input type="hidden"> for order, hits a page and language, so that a form keeps
 *  them: a search for other words begins anew in all else. */
void dx_link_put_hidden(dx_buf *out, const dx_link *link);

/** Bytes of the quotation mark of the query language at `p`, which ends with NUL; 0: none. They
 *  pair in any way. */
size_t dx_link_quote_len(const char *p);

/** Appends a filter as the query language has it: source:"Báo \"Lao Động\"". */
void dx_link_put_filter(dx_buf *out, const char *field, const char *value);

/** Appends `query` and `filters`, either of which may be "", as one query in which the filters
 *  hold for all, whatever the query leaves open. */
void dx_link_put_joined(dx_buf *out, const char *query, const char *filters);

/** The word for an order in addresses: relevance, newest, oldest. */
extern const char *const dx_link_orders[3];
/** That for a scope: all, exact, others. */
extern const char *const dx_link_scopes[3];

#endif
