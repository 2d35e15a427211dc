/* utf8.h -- the one adapter of utf8proc: characters and their properties. Why
 * utf8proc: in Debian, MIT licence, all of Unicode's tables in one small
 * library. No state. */
#ifndef DX_TEXT_UTF8_H
#define DX_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"

/** Decodes the character at `p` (before `end`) into *c and returns its length;
 *  0 when the bytes are ill-formed. */
size_t dx_utf8_decode(const char *p, const char *end, uint32_t *c);

/** Writes 1 to 4 bytes and returns how many. */
size_t dx_utf8_encode(uint32_t c, char out[4]);

/** Makes typed text safe to show: turns ill-formed bytes and control characters
 *  into blanks, in place. */
void dx_utf8_clean(char *text, size_t len);

/** Whether `s` is well-formed and has no control characters but those in `controls`. */
bool dx_utf8_is_text(dx_str s, const char *controls);

typedef enum dx_char_class {
    DX_CHAR_PUNCTUATION, /* and spaces, symbols, emoji */
    DX_CHAR_LETTER,      /* letters, digits of any script, their vowel signs */
    DX_CHAR_MARK,        /* U+0300..036F: belongs to the letter before */
    DX_CHAR_IGNORED,     /* zero width: soft hyphen, joiners, selectors … */
    DX_CHAR_IDEOGRAPH    /* a word by itself */
} dx_char_class;

dx_char_class dx_char_class_of(uint32_t c);

#define DX_DECOMPOSED_MAX 18
/** Decomposes `c` in lower case (NFD; NFKD for letters and numbers in another
 *  style: full width, ligatures, superscripts, mathematical bold, circled ones, Roman
 *  numerals, units). Returns the number of code points; there may be punctuation
 *  among them: ⑴ is (1). */
size_t dx_char_decompose(uint32_t c, uint32_t out[DX_DECOMPOSED_MAX]);

/** Whether `c` has a lower-case form other than itself. */
bool dx_char_is_capital(uint32_t c);

/** How many columns `c` takes on a terminal: 0 for marks and controls, 2 for
 *  wide characters. */
unsigned dx_char_columns(uint32_t c);

/** Composes decomposed code points in place (NFC), whatever the order of their
 *  marks. Returns how many are left. */
size_t dx_chars_compose(uint32_t *chars, size_t count);

#endif
