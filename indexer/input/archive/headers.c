/* Takes header lines apart. */
#include "indexer/input/archive/headers.h"

#include <string.h>

#include "indexer/input/chars/chars.h"

dx_str dx_headers_line(dx_str *rest)
{
    const char *end = rest->len ? memchr(rest->ptr, '\n', rest->len) : NULL;
    size_t n = end ? (size_t)(end - rest->ptr) : rest->len;
    dx_str line = {rest->ptr, n};

    *rest = dx_str_from_offset(*rest, end ? n + 1 : n);
    if (line.len && line.ptr[line.len - 1] == '\r')
        line.len--;
    return line;
}

bool dx_headers_next(dx_str *rest, dx_str *name, dx_str *value)
{
    while (rest->len > 0) {
        dx_str line = dx_headers_line(rest);
        if (line.len == 0)
            return false;
        while (rest->len && (rest->ptr[0] == ' ' || rest->ptr[0] == '\t')) {
            dx_str more = dx_headers_line(rest);
            line.len = (size_t)(dx_str_end(more) - line.ptr);
        }
        const char *colon = memchr(line.ptr, ':', line.len);
        if (!colon)
            continue;
        *name = dx_str_trim((dx_str){line.ptr, (size_t)(colon - line.ptr)});
        *value = dx_str_trim(
            dx_str_from_offset(line, (size_t)(colon - line.ptr) + 1));
        return true;
    }
    return false;
}

dx_str dx_headers_first(dx_str value)
{
    const char *end = value.len ? memchr(value.ptr, ';', value.len) : NULL;

    return dx_str_trim(
        (dx_str){value.ptr, end ? (size_t)(end - value.ptr) : value.len});
}

/* Up to the ';' that ends a parameter, or all: one within quotes does not. */
static dx_str take_parameter(dx_str *rest)
{
    bool quoted = false;
    size_t n = 0;

    for (; n < rest->len && (quoted || rest->ptr[n] != ';'); n++)
        if (rest->ptr[n] == '"')
            quoted = !quoted;
    dx_str one = {rest->ptr, n};
    *rest = dx_str_from_offset(*rest, n < rest->len ? n + 1 : n);
    return dx_str_trim(one);
}

dx_str dx_headers_parameter(dx_str value, const char *name)
{
    (void)take_parameter(&value);
    while (value.len > 0) {
        dx_str one = take_parameter(&value);
        const char *equals = one.len ? memchr(one.ptr, '=', one.len) : NULL;
        if (!equals)
            continue;
        dx_str key = {one.ptr, (size_t)(equals - one.ptr)};
        if (!dx_equals(dx_str_trim(key), name))
            continue;
        one = dx_str_trim(dx_str_from_offset(one, key.len + 1));
        if (one.len >= 2 && one.ptr[0] == '"' && one.ptr[one.len - 1] == '"')
            one = (dx_str){one.ptr + 1, one.len - 2};
        return one;
    }
    return (dx_str){NULL, 0};
}
