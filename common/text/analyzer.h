/* analyzer.h -- decides what a term is, for indexing and querying alike.
 *
 * It turns one word, as the lexer cut it (lexer.h), into terms, by the rules of
 * tests/spec. The result depends on the word's bytes alone, never on its
 * neighbours, so callers cache it per distinct word (82 million running
 * syllables have only some 160,000). */
#ifndef DX_TEXT_ANALYZER_H
#define DX_TEXT_ANALYZER_H

#include <stddef.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/text/term.h"

/* Raised whenever any text yields different terms; stored in every index, so
 * that an index is never searched with another analyzer's terms. */
#define DX_ANALYZER_ID 2u

typedef struct dx_analyzer dx_analyzer; /* one per thread */

/** NULL when memory is short. */
dx_analyzer *dx_analyzer_new(void);
void dx_analyzer_free(dx_analyzer *a); /* NULL is a no-op */

/** Analyses one word as the lexer gave it. `*terms` points to `*count` terms
 *  (none for a lone quotation mark) in the analyzer's memory, valid until the
 *  next call. They are in order of `pos`, an overlay before the part that it
 *  shares `pos` with. Running (non-overlay) terms have pos 0, 1, 2 … without a
 *  hole. Ill-formed UTF-8 is treated as punctuation. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_analyzer_word(dx_analyzer *a, dx_str word,
    const dx_term **terms, size_t *count);

#endif
