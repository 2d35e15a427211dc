/* link.h -- addresses of other pages of the search. */
#ifndef DX_SEARCHER_OUTPUT_HTML_LINK_H
#define DX_SEARCHER_OUTPUT_HTML_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "searcher/output/html/request.h"

typedef struct dx_cgi_link { /* strings are borrowed */
    const char *query, *like;
    const char *field, *value; /* of a filter to be added to the query, or NULL;
                                  see dx_cgi_link_can_filter() */
    dx_order order;
    bool literal;
    uint32_t page;
} dx_cgi_link;

/** The first page of what `request` asks for. */
dx_cgi_link dx_cgi_link_of(const dx_cgi_request *request);

/** Whether `value` can be written in the query language. */
bool dx_cgi_link_can_filter(const char *value);

/** Appends `<a href="…">`, with ` rel="…"` unless `rel` is NULL. */
void dx_cgi_link_put(dx_buf *out, const dx_cgi_link *link, const char *rel);

/** The word for an order in addresses: relevance, newest, oldest. */
extern const char *const dx_cgi_orders[3];

#endif
