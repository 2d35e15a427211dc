/* A request's method and headers from the variables of CGI. */
#include "searcher/serve/head.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

/* A name or an address, with a port or without (RFC 3986, 3.2.2). */
static bool is_host(const char *host)
{
    size_t len = *host == '[' ? strspn(host + 1, DIGITS "abcdefABCDEF:.") + 1
                              : strspn(host, LETTERS DIGITS "-._");
    const char *rest = host + len;

    if (*host == '[' && *rest++ != ']')
        return false;
    if (*rest == ':')
        rest += 1 + strspn(rest + 1, DIGITS);
    return len > 0 && *rest == '\0';
}

static bool is_path(const char *path)
{
    return *path == '/' && path[1] != '/' &&
           path[strspn(path, LETTERS DIGITS "-._~!$&'()*+,;=:@/%")] == '\0';
}

void dx_web_head_base(const dx_web_head *head, char out[DX_WEB_BASE_BYTES])
{
    *out = '\0';
    if (!head->host || !head->path || !is_host(head->host) || !is_path(head->path))
        return;
    int len = snprintf(out, DX_WEB_BASE_BYTES, "%s://%s%s",
        head->https ? "https" : "http", head->host, head->path);
    if (len < 0 || (size_t)len >= DX_WEB_BASE_BYTES)
        *out = '\0';
}

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
