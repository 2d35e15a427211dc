/* analyzer.h -- the only judge of what a term is, for indexing and querying.
 *
 * Text goes through two stages:
 *
 *   lexer      cuts bytes into *words* and the *gaps* between them, by byte
 *              class and a few ranges alone, so it is fast and needs no tables.
 *              A word is a run of ASCII letters/digits and bytes >= 0x80 but
 *              for common punctuation (typographic quotes, dashes, NBSP,
 *              bullets), or a number, date or document number with its inner
 *              punctuation: "3.600", "57,5", "16/12/2021", "749/QĐ-TTg",
 *              "13/2023/NĐ-CP", "102 - QĐ/TW".
 *   analyzer   turns one word into its terms, by the rules of tests/spec. It
 *              depends on the word's bytes alone, never on its neighbours, so
 *              a caller caches the result per distinct word (there are only
 *              ~160,000 in 82 million running syllables).
 *
 * A term has two forms. *exact*: NFC (NFKC for full-width forms), lower case,
 * tone mark on its canonical vowel (hòa = hoà), zero-width characters dropped.
 * *folded*: exact without marks, đ and its look-alikes as d; for a word that
 * cannot be a Vietnamese syllable and is ASCII letters only, its English stem.
 */
#ifndef DX_TEXT_ANALYZER_H
#define DX_TEXT_ANALYZER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"

/* Raised whenever any text yields different terms; stored in every index, so
 * that an index is never searched with another analyzer's terms. */
#define DX_ANALYZER_ID 1u

#define DX_WORD_MAX_BYTES 128u  /* a longer run is cut, between characters */
#define DX_TERM_MAX_BYTES 128u  /* of exact and of folded */
#define DX_WORD_MAX_TERMS 64u   /* of one word; the rest is ignored */

/* ---- lexer ---- */

typedef struct dx_lexer { /* by value, no resources */
    const char *at, *end; /* borrowed */
} dx_lexer;

static inline dx_lexer dx_lexer_new(dx_str text)
{
    return (dx_lexer){text.ptr, dx_str_end(text)};
}

/** Next gap (possibly empty) and the word after it (empty only at the end of
 *  the text, when a last gap remains). Concatenating all gaps and words gives
 *  the text back byte for byte. False when nothing is left. Two words have
 *  an empty gap between them only where a run over DX_WORD_MAX_BYTES was cut,
 *  and after a date that a letter beyond ASCII follows. A gap and a word never
 *  start with the same character. Never fails, whatever the bytes. */
bool dx_lexer_next(dx_lexer *lx, dx_str *gap, dx_str *word);

/* ---- analyzer ---- */

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

typedef struct dx_analyzer dx_analyzer; /* one per thread */

/** NULL when memory is short. */
dx_analyzer *dx_analyzer_new(void);
void dx_analyzer_free(dx_analyzer *a); /* NULL is a no-op */

/** Analyses one word as the lexer gave it. `*terms` points to `*count` terms
 *  (may be 0: a lone quotation mark) in the analyzer's memory, valid until the
 *  next call; in order of `pos`, an overlay before the part it shares `pos`
 *  with. Running (non-overlay) terms have pos 0, 1, 2 … without a hole.
 *  Ill-formed UTF-8 is treated as punctuation. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_analyzer_word(dx_analyzer *a, dx_str word,
    const dx_term **terms, size_t *count);

/** Whether `s` (folded or exact, lower case NFC) can be a Vietnamese syllable
 *  by structure: onset + nucleus + coda, tones allowed on stops. */
bool dx_syllable_is_valid(dx_str s);

/** Whether the exact form carries a mark or đ that its folded form lacks: an
 *  English word differs from its stem, but has none. */
bool dx_term_is_marked(const dx_term *t);

#endif
