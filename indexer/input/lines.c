/* Lines, as long as they are not too long. */
#include "indexer/input/lines.h"

#include <string.h>

static dx_status skip_line(dx_byte_stream *s, dx_error *err)
{
    const char *nl = NULL;
    dx_str bytes = {NULL, 1};

    while (!nl && bytes.len > 0) {
        DX_TRY(dx_byte_stream_ahead(s, 1, &bytes, err));
        nl = bytes.len ? memchr(bytes.ptr, '\n', bytes.len) : NULL;
        dx_byte_stream_take(s, nl ? (size_t)(nl - bytes.ptr) + 1 : bytes.len,
            nl != NULL);
    }
    size_t max = dx_byte_stream_record_max(s);
    if (max < DX_INPUT_LINE_MAX_BYTES)
        return dx_fail(err, DX_ERR_LIMIT,
            "a line of more than %zu MiB; more with a larger --memory", max >> 20);
    return dx_fail(err, DX_ERR_LIMIT, "a line of more than %zu MiB", max >> 20);
}

dx_status dx_byte_stream_line(dx_byte_stream *s, dx_str *line, dx_error *err)
{
    size_t seen = 0; /* bytes known to hold no line end */
    dx_str bytes;

    *line = (dx_str){NULL, 0};
    for (;;) {
        DX_TRY(dx_byte_stream_ahead(s, seen + 1, &bytes, err));
        bool is_all = bytes.len <= seen;
        const char *nl =
            is_all ? NULL : memchr(bytes.ptr + seen, '\n', bytes.len - seen);
        size_t n = nl ? (size_t)(nl - bytes.ptr) : bytes.len;
        if (n > dx_byte_stream_record_max(s))
            return skip_line(s, err);
        if (nl || is_all) {
            if (bytes.len == 0)
                return DX_OK;
            dx_byte_stream_take(s, nl ? n + 1 : n, nl != NULL);
            *line = (dx_str){bytes.ptr,
                n > 0 && bytes.ptr[n - 1] == '\r' ? n - 1 : n};
            return DX_OK;
        }
        seen = bytes.len;
    }
}
