/* What differs when files are read otherwise; commands, and the keys of reasons. */
#include "indexer/input/reading.h"

#include <string.h>
#include <strings.h>

#include "common/base/hash.h"
#include "indexer/input/html/marks/selectors.h"

/* To be raised with every release whose readers find other articles or fields in the
 * same files: these are then read again. */
#define READERS_VERSION 1u

static void add(dx_hash128 *hash, const void *bytes, size_t len)
{
    const dx_hash128 parts[] = {*hash, dx_hash128_of(bytes, len)};

    *hash = dx_hash128_of(parts, sizeof parts);
}

static void add_text(dx_hash128 *hash, const char *text)
{
    add(hash, text, text ? strlen(text) : 0);
}

uint32_t dx_input_options_hash(const dx_input_options *options)
{
    const uint8_t flags[] = {READERS_VERSION, options->keep_lists,
        options->ignore_robots, options->sitemap != NULL,
        options->split_articles};
    dx_hash128 hash = {0, 0};

    add(&hash, flags, sizeof flags);
    add_text(&hash, options->format);
    for (unsigned i = 0; i < options->map.count; i++) {
        uint8_t field = (uint8_t)options->map.items[i].field;
        add(&hash, &field, 1);
        add_text(&hash, options->map.items[i].name);
    }
    if (options->selectors)
        add(&hash, &options->selectors->hash, sizeof options->selectors->hash);
    add_text(&hash, options->ocr);
    for (unsigned i = 0; i < options->filter_count; i++) {
        add(&hash, options->filters[i].type.ptr, options->filters[i].type.len);
        add_text(&hash, options->filters[i].command);
    }
    return (uint32_t)hash.lo;
}

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
