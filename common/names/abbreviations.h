/* abbreviations.h -- what officials, laws and newspapers abbreviate.
 *
 * The table has only what means one thing. TT may be a circular, a centre, a
 * town or communication, so it is here only as part of TT&TT; the same goes for
 * BC, CĐ, CP, CT, DN, HD, HĐ, KH, KL, TB, TP and TS. It makes no difference
 * whether "&", "-", "." or nothing stands between the letters. */
#ifndef DX_NAMES_ABBREVIATIONS_H
#define DX_NAMES_ABBREVIATIONS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct dx_abbreviation {
    const char *spellings; /* separated by '|', the usual one first; each is also
                              recognised with nothing between its letters */
    const char *phrase;    /* written out */
    bool one_way;          /* whoever searches for the phrase does not mean the
                              abbreviation: the phrase has other meanings too, or
                              hardly any text uses the abbreviation alone */
} dx_abbreviation;

extern const dx_abbreviation dx_abbreviations[];
extern const size_t dx_abbreviations_count;

#endif
