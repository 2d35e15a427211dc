/* Cuts JSON that is not an object a line, without parsing it. */
#include "indexer/input/json/objects.h"

#include <string.h>

#include "indexer/input/chars/chars.h"
#include "indexer/input/lines.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_between(char c)
{
    return is_blank(c) || c == ',' || c == '[' || c == ']';
}

bool dx_json_is_over_lines(dx_str first)
{
    const char *p = first.ptr, *end = dx_str_end(first);

    while (p < end && is_blank(*p))
        p++;
    if (p == end || *p != '{')
        return p < end && is_between(*p);
    while (p < end && *p != '\n' && *p != '\r')
        p++;
    while (p < end && is_blank(*p))
        p++;
    return p < end && (*p == '"' || *p == '}');
}

/* Where a search for the end of an object stands. */
typedef struct object_scan {
    size_t at, depth;
    bool in_string;
} object_scan;

/* True: the object that `bytes` begins with ends at scan->at. */
static bool find_end(object_scan *scan, dx_str bytes)
{
    for (; scan->at < bytes.len; scan->at++) {
        char c = bytes.ptr[scan->at];
        if (scan->in_string) {
            if (c == '\\' && scan->at + 1 == bytes.len)
                return false; /* what it escapes is to come */
            if (c == '\\')
                scan->at++;
            else
                scan->in_string = c != '"';
        } else if (c == '"') {
            scan->in_string = true;
        } else if (c == '{' || c == '[') {
            scan->depth++;
        } else if ((c == '}' || c == ']') && --scan->depth == 0) {
            scan->at++;
            return true;
        }
    }
    return false;
}

/* Past what is between objects, and a byte order mark; *found: an object begins. */
static dx_status skip_between(dx_byte_stream *in, bool *found, dx_error *err)
{
    dx_str bytes;
    size_t n;

    do {
        DX_TRY(dx_byte_stream_ahead(in, 1, &bytes, err));
        for (n = 0; n < bytes.len; n++)
            if (!is_between(bytes.ptr[n]) && !strchr("\xEF\xBB\xBF", bytes.ptr[n]))
                break;
        dx_byte_stream_take(in, n, n && bytes.ptr[n - 1] == '\n');
    } while (n == bytes.len && bytes.len);
    *found = n < bytes.len;
    return DX_OK;
}

/* The rest of a line that is none of an object. */
static dx_status skip_line(dx_byte_stream *in, dx_error *err)
{
    dx_str line;
    dx_status rc = dx_byte_stream_line(in, &line, err);

    return rc == DX_ERR_LIMIT ? DX_OK : rc;
}

/* {NULL, 0}: it does not end, or is too long. */
static dx_status next_object(dx_byte_stream *in, dx_str *object, dx_error *err)
{
    object_scan scan = {0};
    dx_str bytes = {NULL, 0};

    *object = bytes;
    do {
        DX_TRY(dx_byte_stream_ahead(in, bytes.len + 1, &bytes, err));
        if (find_end(&scan, bytes)) {
            *object = (dx_str){bytes.ptr, scan.at};
            dx_byte_stream_take(in, scan.at, false);
            return DX_OK;
        }
    } while (bytes.len <= dx_byte_stream_record_max(in) && !dx_byte_stream_is_at_end(in));
    return DX_OK;
}

dx_status dx_json_cut_objects(dx_byte_stream *in, dx_record_each each,
    void *ctx, dx_error *err)
{
    dx_record record = {0};

    for (;;) {
        bool found;
        dx_str bytes;
        DX_TRY(skip_between(in, &found, err));
        if (!found)
            return DX_OK;
        record.number++;
        DX_TRY(dx_byte_stream_ahead(in, 1, &bytes, err));
        bool is_object = bytes.ptr[0] == '{';
        record.bytes = (dx_str){NULL, 0};
        DX_TRY(is_object ? next_object(in, &record.bytes, err)
                         : skip_line(in, err));
        record.fault = record.bytes.ptr ? NULL
                       : is_object
                           ? "a JSON object that does not end, or is too large (see --memory)"
                           : "not JSON articles: expected an object {…}";
        DX_TRY(each(ctx, &record));
        if (is_object && record.fault)
            return DX_OK;
    }
}
