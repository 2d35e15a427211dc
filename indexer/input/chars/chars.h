/* chars.h -- single characters and short pieces of text, for the readers.
 *
 * Not an analyzer: terms are common/text's business. Here we only need to
 * walk UTF-8, tell capital from small letters and compare a line with a known
 * phrase. Everything works on borrowed bytes and allocates nothing. */
#ifndef DX_INDEXER_INPUT_CHARS_CHARS_H
#define DX_INDEXER_INPUT_CHARS_CHARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"

/** The Vietnamese vowels as composed small letters: rows a ă â e ê i o ô ơ u ư
 *  y, columns no tone, grave, acute, hook, tilde, dot below. */
#define DX_VOWEL_ROWS 12
extern const uint16_t dx_vowels[DX_VOWEL_ROWS][6];

/** Where dx_vowels has the small letter `c`: its row times 6 and its column; -1
 *  where it has not. */
int dx_vowel_at(uint32_t c);

/** Length 1..4 of the well-formed UTF-8 character at `p`, not past `end`, or 0
 *  when the bytes there are ill-formed. */
size_t dx_char_len(const char *p, const char *end);

/** For text of many characters, a block of bytes at once: how many of the `count`
 *  blocks from `p` on, up to the first that does not, go on with well-formed text.
 *  p[-2] and p[-1] must be readable and belong to such; a block may begin and end
 *  within a character. Some rare characters stop it, too, so that dx_char_len()
 *  must decide. */
#define DX_CHARS_BLOCK_BYTES 64
size_t dx_chars_sound_blocks(const char *p, size_t count);

/** The start of the character that `p` points into, at most 2 bytes back. */
static inline const char *dx_char_start(const char *p)
{
    for (int i = 0; i < 2 && ((unsigned char)*p & 0xC0) == 0x80; i++)
        p--;
    return p;
}

/* What bytes without a meaning come out as. */
#define DX_CHAR_UNKNOWN 0xFFFDu

/** The character at *p, advancing *p; an ill-formed byte is passed over and
 *  comes out as DX_CHAR_UNKNOWN. Call only while *p < end. */
uint32_t dx_char_next(const char **p, const char *end);

/** Writes `c` as UTF-8 (1..4 bytes) and returns the length. */
size_t dx_char_put(char *out, uint32_t c);

/** Small form of an ASCII, Latin-1 or Vietnamese letter; others unchanged. */
uint32_t dx_char_lower(uint32_t c);

static inline bool dx_char_is_upper(uint32_t c)
{
    return dx_char_lower(c) != c;
}

/** A letter for our purposes: ASCII letters and anything from U+00C0 on that
 *  is not general punctuation. */
bool dx_char_is_letter(uint32_t c);

static inline bool dx_is_digit(char c) { return c >= '0' && c <= '9'; }

/** Without ASCII blanks and NBSP at both ends. */
dx_str dx_trim(dx_str s);

static inline dx_str dx_str_from_offset(dx_str s, size_t at)
{
    return (dx_str){at ? s.ptr + at : s.ptr, s.len - at};
}

/** Bytes of `s` that match `phrase` (small composed letters) ignoring case and
 *  whether marks are composed or follow their letter; 0 when `s` does not
 *  start with it. */
size_t dx_starts_with(dx_str s, const char *phrase);

/** The same, and a text typed without any marks matches, too ("Cap nhat" for
 *  "cập nhật"). */
size_t dx_starts_with_typed(dx_str s, const char *phrase);

/** Whether `s` is `phrase` (small letters), ignoring case. */
bool dx_equals(dx_str s, const char *phrase);

/** Whether `s` ends so (small letters) behind something else, ignoring case. */
bool dx_ends_with(dx_str s, const char *ending);

/** Offset of the first `needle` (ASCII small letters) in `s` ignoring ASCII
 *  case, or -1. */
ptrdiff_t dx_find_ascii(dx_str s, const char *needle);

/** Cuts `s` to at most `max_chars` characters, at a word boundary where there
 *  is one; no blank or comma remains at the end. */
dx_str dx_cut_words(dx_str s, size_t max_chars);

/** Characters in `s`, each ill-formed byte counting as one. */
size_t dx_count_chars(dx_str s);

#endif
