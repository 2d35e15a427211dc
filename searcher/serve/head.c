/* A request's method and headers from the variables of CGI. */
#include "searcher/serve/head.h"

#include <stddef.h>
#include <string.h>

void dx_web_head_read(dx_web_head *head, dx_variable_of variable_of, void *ctx)
{
    const char *https = variable_of(ctx, "HTTPS");
    const char *proxied = variable_of(ctx, "HTTP_X_FORWARDED_PROTO");

    *head = (dx_web_head){.method = variable_of(ctx, "REQUEST_METHOD"),
        .query_string = variable_of(ctx, "QUERY_STRING"),
        .path = variable_of(ctx, "SCRIPT_NAME"),
        .host = variable_of(ctx, "HTTP_HOST"),
        .origin = variable_of(ctx, "HTTP_ORIGIN"),
        .accept_language = variable_of(ctx, "HTTP_ACCEPT_LANGUAGE"),
        .if_none_match = variable_of(ctx, "HTTP_IF_NONE_MATCH"),
        .if_modified_since = variable_of(ctx, "HTTP_IF_MODIFIED_SINCE"),
        .https = (https && *https && strcmp(https, "off") != 0) ||
                 (proxied && strcmp(proxied, "https") == 0)};
}
