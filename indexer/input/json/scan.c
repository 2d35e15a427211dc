/* Walking over JSON text that is not parsed. */
#include "indexer/input/json/scan.h"

#include <string.h>

const char *dx_json_skip_blanks(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n'))
        p++;
    return p;
}

/* Past a string that starts at `p`, or NULL. */
static const char *string_end(const char *p, const char *end)
{
    for (p++; p < end; p++) {
        if (*p == '\\')
            p++;
        else if (*p == '"')
            return p + 1;
    }
    return NULL;
}

/* Past the object or array that starts at `p`. */
static const char *container_end(const char *p, const char *end)
{
    size_t depth = 0;

    while (p < end) {
        if (*p == '"') {
            p = string_end(p, end);
            if (!p)
                return NULL;
            continue;
        }
        if (*p == '{' || *p == '[')
            depth++;
        else if ((*p == '}' || *p == ']') && --depth == 0)
            return p + 1;
        p++;
    }
    return NULL;
}

const char *dx_json_value_end(const char *p, const char *end)
{
    if (p >= end)
        return NULL;
    if (*p == '{' || *p == '[')
        return container_end(p, end);
    if (*p == '"')
        return string_end(p, end);
    while (p < end && *p != ',' && *p != '}' && *p != ']')
        p++;
    return p;
}

dx_json_scan dx_json_scan_start(dx_str text)
{
    const char *start = text.len ? text.ptr + 1 : text.ptr;

    return (dx_json_scan){start, dx_str_end(text), {NULL, 0}, {NULL, 0}};
}

bool dx_json_scan_next(dx_json_scan *scan)
{
    const char *p = dx_json_skip_blanks(scan->p, scan->end), *end = scan->end;

    if (p < end && *p == ',')
        p = dx_json_skip_blanks(p + 1, end);
    scan->key = (dx_str){NULL, 0};
    if (p >= end || *p == '}' || *p == ']')
        return false;
    const char *after = dx_json_value_end(p, end);
    if (!after || after == p)
        return false;
    scan->value = (dx_str){p, (size_t)(after - p)};
    const char *colon = dx_json_skip_blanks(after, end);
    if (*p == '"' && colon < end && *colon == ':') {
        scan->key = (dx_str){p + 1, (size_t)(after - p) - 2};
        p = dx_json_skip_blanks(colon + 1, end);
        after = dx_json_value_end(p, end);
        if (!after || after == p)
            return false;
        scan->value = (dx_str){p, (size_t)(after - p)};
    }
    scan->p = after;
    return true;
}
