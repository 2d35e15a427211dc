/* request.h -- what a browser asked for: method and query string, decoded. */
#ifndef DX_SEARCHER_SERVE_REQUEST_H
#define DX_SEARCHER_SERVE_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "searcher/output/format.h"
#include "searcher/output/html/link.h"
#include "searcher/serve/head.h"

#define DX_REQUEST_LIMIT_MAX 100u
#define DX_REQUEST_FIELDS_BYTES_MAX 512u
/* Above what the engine takes, so that its warning is seen when it cuts. */
#define DX_REQUEST_QUERY_BYTES_MAX (2u * DX_QUERY_MAX_BYTES)

#define DX_REQUEST_FACETS_MAX 100u

typedef enum dx_web_method {
    DX_METHOD_GET,
    DX_METHOD_HEAD,
    DX_METHOD_OTHER
} dx_web_method;

/* What a request asks for: the first of these that it names. */
typedef enum dx_asked {
    DX_ASKED_SCRIPT,      /* script=VERSION */
    DX_ASKED_DESCRIPTION, /* opensearch= */
    DX_ASKED_SUGGESTIONS, /* suggest=TEXT, which is in `query` */
    DX_ASKED_ARTICLE,     /* id= */
    DX_ASKED_ADVANCED,    /* advanced=: a form with many fields */
    DX_ASKED_RESULTS      /* q= or like=; without these the form */
} dx_asked;

#define DX_REQUEST_VERSION_BYTES 24

typedef struct dx_web_request {
    dx_web_head head; /* borrowed */
    dx_web_method method;
    dx_asked asked;
    const dx_format *format;
    bool knows_format; /* false: another one was asked for */
    bool literal;
    bool counts; /* dx_view.counts */
    dx_scope scope;
    dx_order order;
    uint32_t facets; /* values of each field; 0..DX_REQUEST_FACETS_MAX */
    uint32_t page;   /* 1..DX_RANK_MAX */
    uint32_t limit;  /* hits; 0: as many as usual; at most DX_REQUEST_LIMIT_MAX */
    uint32_t offset; /* results to skip instead of pages; 0..DX_RANK_MAX … */
    bool has_offset; /* … where this says so */
    char version[DX_REQUEST_VERSION_BYTES]; /* of the script; "" */
    char base[DX_WEB_BASE_BYTES]; /* dx_web_head_base() */
    char fields[DX_REQUEST_FIELDS_BYTES_MAX + 1]; /* dx_view.fields */
    const char *lang;  /* "vi", "en", or "": none was named */
    char id[DX_LINK_LIKE_BYTES_MAX + 1];   /* of the article to be shown, or "" */
    char like[DX_LINK_LIKE_BYTES_MAX + 1]; /* of one that others shall be like, or "" */
    char query[DX_REQUEST_QUERY_BYTES_MAX + 1]; /* any bytes but NUL */
} dx_web_request;

/** Decodes head->query_string ("q=a+b%20c&page=2&format=json" or "like=ID"; NULL is "").
 *  Nothing but an unknown format is an error: a '%' without two hexadecimal digits stands
 *  for itself, %u1EC3 for the letter of which escape() of old scripts made it, a NUL becomes
 *  U+FFFD, a query that was encoded twice is decoded twice, one that is too long is cut
 *  between characters, a page that is none is the first, a limit that is too high the
 *  highest. The first of repeated names counts. Where there is a query, there is no `like`.
 *  Fields of forms (request/compose.h) become a part of the query. */
void dx_web_request_read(const dx_web_head *head, dx_web_request *out);

/** The ranks that are asked for, from `*first` on, `*count` of them: at least 1, and none
 *  from DX_RANK_MAX on. `usual`: how many where the request does not say. */
void dx_web_request_ranks(const dx_web_request *request, uint32_t usual,
    uint32_t *first, uint32_t *count);

/** Whether there is anything to search for: more than blanks, or `like`. */
bool dx_web_request_has_query(const dx_web_request *request);

#endif
