/* head.h -- what came before a request's parameters: the method and the headers that matter
 * here. Each front door (CGI, FastCGI, HTTP) fills one; nothing behind it knows which. */
#ifndef DX_SEARCHER_SERVE_HEAD_H
#define DX_SEARCHER_SERVE_HEAD_H

#include <stdbool.h>

/* Strings are borrowed, as they were sent; NULL: there was none. */
typedef struct dx_web_head {
    const char *method;            /* NULL: GET */
    const char *query_string;      /* after the '?' */
    const char *path;              /* before it: "/tim-kiem" */
    const char *host;              /* "tinh.vn", "localhost:8080" */
    const char *origin;            /* of the page whose script asks (CORS) */
    const char *accept_language;
    const char *if_none_match;
    const char *if_modified_since;
    bool https;                    /* the reader's address begins with https: */
} dx_web_head;

#define DX_WEB_BASE_BYTES 512u

/** The address of the search as its host and path say, "https://tinh.vn/tim-kiem"; "" where
 *  they are missing, too long, or have a character that no host name or path has: whoever
 *  asks can send any. */
void dx_web_head_base(const dx_web_head *head, char out[DX_WEB_BASE_BYTES]);

/** The value of a CGI variable, or NULL. */
typedef const char *(*dx_variable_of)(void *ctx, const char *name);

/** Reads the variables of CGI/1.1 (RFC 3875, 4.1), which FastCGI has, too. Values must outlive
 *  the head. */
void dx_web_head_read(dx_web_head *head, dx_variable_of variable_of, void *ctx);

#endif
