/* What differs when files are read otherwise, and the keys of reasons. */
#include "indexer/input/reading.h"

#include "common/base/hash.h"

/* To be raised with every release whose readers find other articles or fields in the
 * same files: these are then read again. */
#define READERS_VERSION 1u

uint32_t dx_input_options_hash(const dx_input_options *options)
{
    uint8_t parts[] = {READERS_VERSION, options->keep_lists,
        options->ignore_robots};

    return (uint32_t)dx_hash128_of(parts, sizeof parts).lo;
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
