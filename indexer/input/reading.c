/* Commands for types of files, and the keys of reasons. */
#include "indexer/input/reading.h"

#include <string.h>
#include <strings.h>

const char *dx_input_filter_command(const dx_input_options *options, dx_str name)
{
    for (unsigned i = 0; i < options->filter_count; i++) {
        dx_str type = options->filters[i].type;
        size_t at = name.len - type.len;
        if (name.len > type.len + 1 && name.ptr[at - 1] == '.' &&
            strncasecmp(name.ptr + at, type.ptr, type.len) == 0)
            return options->filters[i].command;
    }
    return NULL;
}

const char *dx_left_out_key(dx_left_out why)
{
    static const char *const keys[DX_LEFT_OUT_COUNT] = {
        [DX_LEFT_NOT] = "",
#define KEY(id, key, en, vi) [DX_LEFT_##id] = (key),
        DX_LEFT_OUT_MAP(KEY)
#undef KEY
    };

    return keys[why];
}
