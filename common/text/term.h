/* term.h -- a term: what a word is indexed and searched as.
 *
 * It has two forms. *exact*: NFC (NFKC for full-width forms), lower case, tone
 * mark on its canonical vowel (hòa = hoà), zero-width characters dropped.
 * *folded*: exact without marks, đ and its look-alikes as d; for a word that
 * cannot be a Vietnamese syllable and is ASCII letters only, its English stem. */
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
    bool overlay;       /* names the whole number/date, beside its parts: it
                           shares `pos` with its first part and is not part
                           of the running sequence (pairs, phrases, length) */
} dx_term;

/** Whether the exact form carries a mark or đ that its folded form lacks: an
 *  English word differs from its stem, but has none. */
bool dx_term_is_marked(const dx_term *t);

#endif
