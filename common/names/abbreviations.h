/* abbreviations.h -- what officials, laws and newspapers write short.
 *
 * Only what means one thing: TT is a circular, a centre, a town or
 * communication, so it is here in what it is part of, TT&TT, and not alone; the
 * same goes for BC, CĐ, CP, CT, DN, HD, HĐ, KH, KL, TB, TP and TS. Between the
 * letters "&", "-", "." or nothing is all the same. */
#ifndef DX_NAMES_ABBREVIATIONS_H
#define DX_NAMES_ABBREVIATIONS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct dx_abbreviation {
    const char *spellings; /* with '|' between, the usual one first. Also known
                              with nothing between the letters */
    const char *phrase;    /* written out */
    bool one_way;          /* the phrase is no reason to look for the
                              abbreviation: it is said of other things too, or
                              the short form is hardly ever alone in a text */
} dx_abbreviation;

extern const dx_abbreviation dx_abbreviations[];
extern const size_t dx_abbreviations_count;

#endif
