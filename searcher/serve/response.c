/* A response: status, headers, body. */
#include "searcher/serve/response.h"

#include <stdio.h>
#include <string.h>

#define BODY_BYTES_MAX ((size_t)16 << 20)
#define LOG_BYTES_MAX ((size_t)1 << 16)
#define VALUES_BYTES_MAX ((size_t)1 << 16)
#define NUMBER_BYTES 24

void dx_response_init(dx_response *r)
{
    *r = (dx_response){.status = "200 OK", .mime = "text/html"};
    dx_buf_init(&r->values, VALUES_BYTES_MAX);
    dx_buf_init(&r->body, BODY_BYTES_MAX);
    dx_buf_init(&r->log, LOG_BYTES_MAX);
}

void dx_response_clear(dx_response *r)
{
    r->status = "200 OK";
    r->mime = "text/html";
    r->head_only = r->timed_out = false;
    r->header_count = 0;
    dx_buf_clear(&r->values);
    dx_buf_clear(&r->body);
    dx_buf_clear(&r->log);
}

void dx_response_free(dx_response *r)
{
    dx_buf_free(&r->values);
    dx_buf_free(&r->body);
    dx_buf_free(&r->log);
}

void dx_response_set(dx_response *r, const char *name, const char *value)
{
    unsigned i = 0;

    while (i < r->header_count && strcmp(r->headers[i].name, name) != 0)
        i++;
    if (i == DX_RESPONSE_HEADERS_MAX)
        return;
    r->headers[i] = (dx_header){name, r->values.len};
    r->header_count += i == r->header_count;
    for (; *value; value++)
        dx_buf_putc(&r->values,
            (unsigned char)*value < ' ' || *value == 0x7F ? ' ' : *value);
    dx_buf_putc(&r->values, '\0');
}

bool dx_response_is_ok(const dx_response *r)
{
    return r->status[0] == '2' || strncmp(r->status, "304", 3) == 0;
}

bool dx_response_is_whole(const dx_response *r)
{
    return r->body.status == DX_OK && r->values.status == DX_OK;
}

static bool may_have_body(const dx_response *r)
{
    return strncmp(r->status, "304", 3) != 0 &&
           strncmp(r->status, "204", 3) != 0;
}

bool dx_response_has_body(const dx_response *r)
{
    return !r->head_only && may_have_body(r);
}

void dx_response_each_header(const dx_response *r,
    void (*put)(void *ctx, const char *name, const char *value), void *ctx)
{
    char text[NUMBER_BYTES * 4];

    if (may_have_body(r)) {
        snprintf(text, sizeof text, "%s; charset=utf-8", r->mime);
        put(ctx, "Content-Type", text);
        snprintf(text, sizeof text, "%zu", r->body.len);
        put(ctx, "Content-Length", text);
    }
    for (unsigned i = 0; i < r->header_count && dx_response_is_whole(r); i++)
        put(ctx, r->headers[i].name,
            (const char *)r->values.data + r->headers[i].value);
}

static void put_line(void *ctx, const char *name, const char *value)
{
    dx_buf_printf(ctx, "%s: %s\n", name, value);
}

void dx_response_put_cgi(const dx_response *r, dx_buf *out)
{
    dx_buf_printf(out, "Status: %s\n", r->status);
    dx_response_each_header(r, put_line, out);
    dx_buf_putc(out, '\n');
    if (dx_response_has_body(r))
        dx_buf_put(out, r->body.data, r->body.len);
    if (!dx_response_is_whole(r))
        out->status = DX_ERR_NOMEM;
}
