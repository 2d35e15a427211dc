/* term.h -- a term: what a word is indexed and searched as.
 *
 * It has two forms. *exact*: NFC (NFKC for full-width forms), lower case, the
 * tone mark on its canonical vowel (hòa = hoà), zero-width characters dropped.
 * *folded*: exact without marks, with d for đ and its look-alikes. A word of
 * ASCII letters only that cannot be a Vietnamese syllable folds to its English
 * stem. */
#ifndef DX_TEXT_TERM_H
#define DX_TEXT_TERM_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"

#define DX_TERM_MAX_BYTES 128u /* of exact and of folded */
#define DX_WORD_MAX_TERMS 64u  /* of one word; the rest is ignored */

typedef enum dx_term_kind {
    DX_TERM_SYLLABLE, /* a possible Vietnamese syllable, marked or not */
    DX_TERM_WORD,     /* any other run of letters, or letters and digits */
    DX_TERM_NUMBER,   /* 3600 (from 3.600), 57,5 */
    DX_TERM_DATE,     /* overlay: 2021-12-16 (from 16/12/2021) */
    DX_TERM_DOCNO     /* overlay: 749/qđ-ttg */
} dx_term_kind;

typedef struct dx_term {
    dx_str exact;       /* in the analyzer's memory, until its next call */
    dx_str folded;      /* likewise; equal to exact when nothing was folded */
    uint16_t start, end; /* byte range in the word */
    uint16_t pos;       /* syllable position in the word, from 0 */
    uint8_t kind;       /* dx_term_kind */
    bool overlay;       /* stands for the whole number or date beside its
                           parts: it shares `pos` with the first part, and pairs,
                           phrases and the length do not count it */
} dx_term;

/** Whether the exact form has a mark or đ that the folded form lacks. An
 *  English word differs from its stem too, but has no mark. */
bool dx_term_is_marked(const dx_term *t);

#endif
