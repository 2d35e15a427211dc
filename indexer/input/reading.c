/* What differs when files are read otherwise, and the keys of reasons. */
#include "indexer/input/reading.h"

#include <string.h>
#include <strings.h>

#include "common/base/hash.h"
#include "indexer/input/html/marks/selectors.h"

/* To be raised with every release whose readers find other articles or fields in the
 * same files: these are then read again. */
#define READERS_VERSION 1u

static uint64_t hash_of(const char *s)
{
    return s ? dx_hash128_of(s, strlen(s)).lo : 0;
}

uint32_t dx_input_options_hash(const dx_input_options *options)
{
    enum { FLAGS = 7, FILTERS = FLAGS + 2 * DX_INPUT_FILTERS_MAX };
    uint64_t parts[FILTERS + 2 * DX_FIELD_MAP_MAX] = {READERS_VERSION,
        options->keep_lists, options->ignore_robots, options->split_articles,
        hash_of(options->ocr), options->sitemap != NULL,
        options->selectors ? options->selectors->hash : 0};

    for (unsigned i = 0; i < options->filter_count; i++) {
        const dx_input_filter *f = &options->filters[i];
        parts[FLAGS + 2 * i] = dx_hash128_of(f->type.ptr, f->type.len).lo;
        parts[FLAGS + 2 * i + 1] = hash_of(f->command);
    }
    for (unsigned i = 0; i < options->map.count; i++) {
        parts[FILTERS + 2 * i] = options->map.items[i].field;
        parts[FILTERS + 2 * i + 1] = hash_of(options->map.items[i].name);
    }
    return (uint32_t)dx_hash128_of(parts, sizeof parts).lo;
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
