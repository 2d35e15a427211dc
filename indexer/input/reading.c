/* The keys of reasons for which something is no article. */
#include "indexer/input/reading.h"

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
