/* runs.h -- turns a word's runs of letters into terms, and keeps the list of
 * its terms. */
#ifndef DX_TEXT_RUNS_H
#define DX_TEXT_RUNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"
#include "common/text/letter.h"
#include "common/text/lexer.h"
#include "common/text/stem.h"
#include "common/text/term.h"

/* A character can decompose into as many as DX_DECOMPOSED_MAX letters, but no
 * script in use writes words with such characters. The rest of a longer run is
 * lost. */
#define DX_RUN_LETTERS_MAX (2 * DX_WORD_MAX_BYTES)
#define DX_RUNS_TEXT_BYTES ((DX_WORD_MAX_TERMS + 1) * 2 * DX_TERM_MAX_BYTES)

typedef struct dx_runs {
    dx_stemmer *stemmer; /* owned */
    dx_term terms[DX_WORD_MAX_TERMS]; /* of the word under way */
    size_t count;
    uint16_t pos;
    char text[DX_RUNS_TEXT_BYTES]; /* of the terms */
    size_t text_len;
    dx_letter letters[DX_RUN_LETTERS_MAX]; /* the run under way */
    size_t letter_count, run_start, run_end;
} dx_runs;

/** False when memory is short. */
bool dx_runs_init(dx_runs *r);
void dx_runs_free(dx_runs *r);

/** Begins a word: drops the terms of the last one. */
void dx_runs_begin(dx_runs *r);

/** Adds the terms of `s`, the piece of the word at `offset`; it is cut at
 *  anything but letters. */
void dx_runs_add(dx_runs *r, dx_str s, size_t offset);

/** Adds a term. An overlay gets the position of the next running term. */
void dx_runs_add_term(dx_runs *r, dx_str exact, dx_str folded,
    dx_term_kind kind, size_t start, size_t end, bool overlay);

/** Replaces the forms of term `i`. */
void dx_runs_rename_term(dx_runs *r, size_t i, dx_str exact, dx_str folded);

#endif
