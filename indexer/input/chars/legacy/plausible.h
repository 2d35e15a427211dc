/* plausible.h -- how much of a text can be Vietnamese, to tell right decodings
 * from wrong ones. */
#ifndef DX_INDEXER_INPUT_CHARS_LEGACY_PLAUSIBLE_H
#define DX_INDEXER_INPUT_CHARS_LEGACY_PLAUSIBLE_H

#include <stdbool.h>

#include "common/base/str.h"

typedef struct dx_plausible {
    unsigned marked; /* words of two letters or more of which some are beyond ASCII,
                        or are what such letters become in a wrong decoding */
    unsigned valid;  /* of these, that can be Vietnamese syllables */
    unsigned letters; /* of the valid words, that are beyond ASCII … */
    unsigned common;  /* … and how frequent these are in Vietnamese, added up: one
                         more is twice as frequent */
} dx_plausible;

/** Counts the words of a text in UTF-8. */
dx_plausible dx_plausible_count(dx_str utf8);

/** Valid ones of the marked words, per mille; 0 without any. */
static inline unsigned dx_plausible_share(dx_plausible count)
{
    return count.marked ? (unsigned)(count.valid * 1000ull / count.marked) : 0;
}

/** Whether `a` rather than `b` is the right one of two decodings of the same bytes:
 *  a larger share of its words is valid; or it makes words of more, or is made of
 *  more usual letters: "Hà kinh doanh" and "Hộ kinh doanh" are both valid. */
bool dx_plausible_is_better(dx_plausible a, dx_plausible b);

/** Whether `word` can be a Vietnamese syllable, with or without marks. */
bool dx_plausible_word(dx_str word);

#endif
