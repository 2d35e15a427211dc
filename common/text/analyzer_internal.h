/* analyzer_internal.h -- what lexer.c, analyzer.c (runs of letters) and digits.c
 * (numbers, dates, document numbers) share. */
#ifndef DX_TEXT_ANALYZER_INTERNAL_H
#define DX_TEXT_ANALYZER_INTERNAL_H

#include "common/text/analyzer.h"
#include "common/text/letter.h"
#include "common/text/stem.h"

#define DX_STEM_MIN_LETTERS 4
/* A character of a word gives at most DX_DECOMPOSED_MAX letters, but no script
 * in use makes words of such characters: the rest of a longer run is lost. */
#define DX_RUN_LETTERS_MAX (2 * DX_WORD_MAX_BYTES)
#define DX_ANALYZER_TEXT_BYTES                                                 \
    ((DX_WORD_MAX_TERMS + 1) * 2 * DX_TERM_MAX_BYTES)

struct dx_analyzer {
    dx_stemmer *stemmer;
    dx_term terms[DX_WORD_MAX_TERMS];
    size_t count;
    uint16_t pos;
    char text[DX_ANALYZER_TEXT_BYTES]; /* of the terms */
    size_t text_len;
    dx_letter letters[DX_RUN_LETTERS_MAX]; /* the run under way */
    size_t letter_count, run_start, run_end;
};

/** The hyphen or slash between parts of a document number at `p`, with a blank
 *  on either side or none: the first byte after it, and '-' or '/' in *sep; NULL
 *  when there is none. */
const char *dx_docno_separator(const char *p, const char *end, char *sep);

/** Adds a term; an overlay takes the position of the running one after it. */
void dx_analyzer_add(dx_analyzer *a, dx_str exact, dx_str folded,
    dx_term_kind kind, size_t start, size_t end, bool overlay);

/** Gives term `i` other forms. */
void dx_analyzer_rename(dx_analyzer *a, size_t i, dx_str exact, dx_str folded);

/** Adds the terms of a piece of the word that starts at `offset` in it, cut at
 *  anything but letters. */
void dx_analyzer_runs(dx_analyzer *a, dx_str s, size_t offset);

/** Adds the terms of a word that starts with a digit and has something but
 *  letters and digits in it; false, with nothing added, for any other word. */
bool dx_analyzer_digits(dx_analyzer *a, dx_str word);

#endif
