/* request.h -- what a browser asked for: method and query string, decoded. */
#ifndef DX_SEARCHER_OUTPUT_HTML_REQUEST_H
#define DX_SEARCHER_OUTPUT_HTML_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "searcher/include/dx/search.h"

#define DX_CGI_HITS_PER_PAGE 10u
#define DX_CGI_PAGE_MAX (DX_RANK_MAX / DX_CGI_HITS_PER_PAGE)
/* Above what the engine takes, so that its warning is seen when it cuts. */
#define DX_CGI_QUERY_BYTES_MAX (2u * DX_QUERY_MAX_BYTES)

#define DX_CGI_FACETS_MAX 100u
#define DX_CGI_LIKE_BYTES_MAX 2048u

typedef enum dx_cgi_method {
    DX_CGI_GET,
    DX_CGI_HEAD,
    DX_CGI_OTHER
} dx_cgi_method;

typedef struct dx_cgi_request {
    dx_cgi_method method;
    bool json, literal;
    dx_order order;
    uint32_t facets; /* values of each field, for JSON; 0..DX_CGI_FACETS_MAX */
    uint32_t page; /* 1..DX_CGI_PAGE_MAX */
    char like[DX_CGI_LIKE_BYTES_MAX + 1];   /* an article's id, or "" */
    char query[DX_CGI_QUERY_BYTES_MAX + 1]; /* any bytes but NUL */
} dx_cgi_request;

/** Decodes `query_string` ("q=a+b%20c&page=2&format=json" or "like=ID"; NULL is ""). Nothing
 *  in it is an error: a '%' without two hexadecimal digits stands for itself, a
 *  NUL becomes U+FFFD, a query that is too long is cut between characters, a
 *  page that is none is the first. Of repeated names the first counts. Where
 *  there is a query, there is no `like`. */
void dx_cgi_request_read(const char *method, const char *query_string,
    dx_cgi_request *out);

/** Whether there is anything to search for: more than blanks, or `like`. */
bool dx_cgi_request_has_query(const dx_cgi_request *request);

#endif
