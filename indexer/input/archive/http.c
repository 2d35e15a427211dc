/* Status line, headers, chunks. */
#include "indexer/input/archive/http.h"

#include <string.h>

#include "common/base/escape.h"
#include "indexer/input/archive/headers.h"
#include "indexer/input/chars/chars.h"

bool dx_http_read(dx_str answer, dx_http *out)
{
    dx_str rest = answer, name, value;

    *out = (dx_http){.status = 0};
    if (answer.len < 12 || memcmp(answer.ptr, "HTTP/", 5) != 0)
        return false;
    dx_str line = dx_headers_line(&rest);
    const char *blank = memchr(line.ptr, ' ', line.len);
    for (const char *p = blank ? blank + 1 : dx_str_end(line);
         p < dx_str_end(line) && dx_is_digit(*p) && out->status < 1000; p++)
        out->status = out->status * 10 + (unsigned)(*p - '0');
    while (dx_headers_next(&rest, &name, &value)) {
        if (dx_equals(name, "content-type"))
            out->type = dx_headers_first(value);
        else if (dx_equals(name, "content-encoding"))
            out->encoding = value;
        else if (dx_equals(name, "last-modified"))
            out->modified = value;
        else if (dx_equals(name, "transfer-encoding"))
            out->is_chunked = dx_find_ascii(value, "chunked") >= 0;
    }
    out->body = rest;
    return true;
}

/* The length in front of a chunk, its line passed over. */
static bool take_length(dx_str *rest, size_t *out)
{
    size_t n = 0, digits = 0;
    dx_str line = dx_headers_line(rest);

    for (; digits < line.len && dx_hex_value(line.ptr[digits]) >= 0; digits++) {
        if (digits == 8)
            return false;
        n = n * 16 + (size_t)dx_hex_value(line.ptr[digits]);
    }
    *out = n;
    return digits > 0 &&
           (digits == line.len || strchr("; \t", line.ptr[digits]) != NULL);
}

dx_status dx_http_join_chunks(dx_str body, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    dx_str rest = body;
    size_t n, len = 0;

    *out = body;
    if (!take_length(&rest, &n))
        return DX_OK;
    char *text = dx_arena_alloc(arena, body.len + 1);
    if (!text)
        return dx_fail_nomem(err);
    while (n > 0 && rest.len > 0) {
        n = n < rest.len ? n : rest.len;
        memcpy(text + len, rest.ptr, n);
        len += n;
        rest = dx_str_from_offset(rest, n);
        (void)dx_headers_line(&rest); /* the end of the chunk */
        if (!take_length(&rest, &n))
            break;
    }
    *out = (dx_str){text, len};
    return DX_OK;
}

const char *dx_media_type_name(dx_str type)
{
    static const struct { const char *type, *name; } known[] = {
        {"text/html", "x.html"}, {"application/xhtml+xml", "x.html"},
        {"text/plain", "x.txt"}, {"text/csv", "x.csv"},
        {"text/tab-separated-values", "x.tsv"},
        {"application/json", "x.json"}, {"application/ld+json", "x.json"},
        {"application/x-ndjson", "x.jsonl"}, {"application/rss+xml", "x.rss"},
        {"application/atom+xml", "x.atom"}, {"application/pdf", "x.pdf"},
        {"application/msword", "x.doc"}, {"application/rtf", "x.rtf"},
        {"text/rtf", "x.rtf"}, {"application/zip", "x.zip"},
        {"message/rfc822", "x.eml"}, {"multipart/related", "x.mhtml"}};
    static const char *const none[] = {"image/", "video/", "audio/", "font/",
        "text/css", "text/javascript", "application/javascript",
        "application/x-javascript", "application/ecmascript",
        "application/font", "application/x-font", "application/vnd.ms-fontobject",
        "application/wasm", "application/x-shockwave-flash"};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (dx_equals(type, known[i].type))
            return known[i].name;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (dx_starts_with(type, none[i]))
            return NULL;
    return "";
}
