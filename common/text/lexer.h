/* lexer.h -- cuts text into *words* and the *gaps* between them. It looks only
 * at the class of each byte and a few ranges, so it is fast and needs no
 * Unicode tables.
 *
 * A word is a run of ASCII letters, digits and bytes from 0x80 on, except
 * common punctuation (typographic quotes, dashes, NBSP, bullets); or a number,
 * date or document number with its inner punctuation: "3.600", "57,5",
 * "16/12/2021", "749/QĐ-TTg", "13/2023/NĐ-CP", "102 - QĐ/TW". */
#ifndef DX_TEXT_LEXER_H
#define DX_TEXT_LEXER_H

#include <stdbool.h>

#include "common/base/str.h"

#define DX_WORD_MAX_BYTES 128u /* a longer run is cut, between characters */

/* What is looked at from a word's first byte on: the longest word, and beyond it
 * a separator, blanks around it, and a year or a code. So the time is linear. */
#define DX_WORD_SEEN_BYTES (DX_WORD_MAX_BYTES + 16u)

typedef struct dx_lexer { /* by value, no resources */
    const char *at, *end; /* borrowed */
} dx_lexer;

static inline dx_lexer dx_lexer_new(dx_str text)
{
    return (dx_lexer){text.ptr, dx_str_end(text)};
}

/** Gives the next gap (possibly empty) and the word after it (empty only at the
 *  end of the text, when a last gap remains). All gaps and words joined give
 *  the text back byte for byte. False when nothing is left. The gap between two
 *  words is empty only where a run over DX_WORD_MAX_BYTES was cut, and where a
 *  letter beyond ASCII directly follows a date. A gap and a word never start
 *  with the same character. Never fails, whatever the bytes. */
bool dx_lexer_next(dx_lexer *lx, dx_str *gap, dx_str *word);

/** Skips the hyphen or slash between two parts of a document number at `p`, and
 *  a blank on either side of it. Returns the first byte after them, with '-' or
 *  '/' in *sep; NULL when there is none. */
const char *dx_docno_separator(const char *p, const char *end, char *sep);

#endif
