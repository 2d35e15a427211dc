#include "indexer/input/chars/chars.h"
#include "indexer/input/input.h"

static bool ends_with(dx_str name, const char *suffix)
{
    size_t n = strlen(suffix);

    return name.len > n &&
           dx_equals(dx_str_from_offset(name, name.len - n), suffix);
}

dx_input_type dx_input_type_of(dx_str name, bool *compressed)
{
    static const struct {
        const char *suffix;
        dx_input_type type;
    } types[] = {{".txt", DX_INPUT_TEXT}, {".html", DX_INPUT_HTML},
        {".htm", DX_INPUT_HTML}, {".xhtml", DX_INPUT_HTML},
        {".json", DX_INPUT_JSON}, {".jsonl", DX_INPUT_JSONL},
        {".ndjson", DX_INPUT_JSONL}};

    *compressed = false;
    if (name.len == 1 && name.ptr[0] == '-')
        return DX_INPUT_JSONL;
    if (ends_with(name, ".gz") || ends_with(name, ".zst")) {
        *compressed = true;
        while (name.ptr[--name.len] != '.')
            ;
    }
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (ends_with(name, types[i].suffix))
            return types[i].type;
    return DX_INPUT_UNKNOWN;
}
