/* plausible.h -- how much of a text can be Vietnamese, to tell right decodings
 * from wrong ones. */
#ifndef DX_INDEXER_INPUT_CHARS_PLAUSIBLE_H
#define DX_INDEXER_INPUT_CHARS_PLAUSIBLE_H

#include "common/base/str.h"

typedef struct dx_plausible {
    unsigned marked; /* words of two letters or more of which some are beyond ASCII,
                        or are what such letters become in a wrong decoding */
    unsigned valid;  /* of these, that can be Vietnamese syllables */
} dx_plausible;

/** Counts the words of a text in UTF-8. */
dx_plausible dx_plausible_count(dx_str utf8);

/** Valid ones of the marked words, per mille; 0 without any. */
static inline unsigned dx_plausible_share(dx_plausible count)
{
    return count.marked ? (unsigned)(count.valid * 1000ull / count.marked) : 0;
}

#endif
