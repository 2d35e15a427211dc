/* UTF-8 and the properties of characters, by utf8proc. */
#include "common/text/utf8.h"

#include <string.h>

#include <utf8proc.h>

size_t dx_utf8_decode(const char *p, const char *end, uint32_t *c)
{
    utf8proc_int32_t out;

    if (p < end && (unsigned char)*p < 0x80) {
        *c = (unsigned char)*p;
        return 1;
    }
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)p,
        end - p, &out);

    if (n <= 0)
        return 0;
    *c = (uint32_t)out;
    return (size_t)n;
}

size_t dx_utf8_encode(uint32_t c, char out[4])
{
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)c,
        (utf8proc_uint8_t *)out);
}

void dx_utf8_clean(char *text, size_t len)
{
    uint32_t c;

    for (size_t at = 0; at < len;) {
        size_t n = dx_utf8_decode(text + at, text + len, &c);
        if (n == 0 || c < 0x20 || c == 0x7F)
            text[at] = ' ';
        at += n ? n : 1;
    }
}

bool dx_utf8_is_text(dx_str s, const char *controls)
{
    const char *end = dx_str_end(s);
    uint32_t c;

    for (const char *p = s.ptr; p < end;) {
        bool is_ascii = (unsigned char)*p < 0x80;
        if (is_ascii && ((unsigned char)*p < 0x20 || *p == 0x7F) &&
            (!*p || !strchr(controls, *p)))
            return false;
        size_t n = is_ascii ? 1 : dx_utf8_decode(p, end, &c);
        if (n == 0)
            return false;
        p += n;
    }
    return true;
}

static bool is_ideograph(uint32_t c)
{
    return (c >= 0x3400 && c <= 0x4DBF) || /* extension A */
           (c >= 0x4E00 && c <= 0x9FFF) || /* unified */
           (c >= 0xF900 && c <= 0xFAFF) || /* compatibility */
           (c >= 0x20000 && c <= 0x3FFFF); /* supplementary planes */
}

static bool is_ignored(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) ||
           c == 0xFEFF || c == 0x034F;
}

/* Letters in circles, squares and parentheses, and units of measure in one
 * character, are symbols for Unicode: Ⓐ 🄰 🅰 ⒜ ㎏. */
static bool is_letter_in_frame(uint32_t c)
{
    return (c >= 0x249C && c <= 0x24E9) || (c >= 0x1F130 && c <= 0x1F149) ||
           (c >= 0x1F150 && c <= 0x1F169) || (c >= 0x1F170 && c <= 0x1F189) ||
           (c >= 0x3380 && c <= 0x33DF);
}

/* Whether `c` belongs in words: letters, numbers, and the vowel signs of
 * scripts that write them as marks. */
static bool is_of_word(uint32_t c)
{
    const uint32_t categories =
        1u << UTF8PROC_CATEGORY_LU | 1u << UTF8PROC_CATEGORY_LL |
        1u << UTF8PROC_CATEGORY_LT | 1u << UTF8PROC_CATEGORY_LM |
        1u << UTF8PROC_CATEGORY_LO | 1u << UTF8PROC_CATEGORY_MN |
        1u << UTF8PROC_CATEGORY_MC | 1u << UTF8PROC_CATEGORY_ND |
        1u << UTF8PROC_CATEGORY_NL | 1u << UTF8PROC_CATEGORY_NO;

    return (categories >> utf8proc_category((utf8proc_int32_t)c) & 1) ||
           is_letter_in_frame(c);
}

/* Of Latin script, which nearly all are: utf8proc's tables need not be asked. */
static bool is_latin_letter(uint32_t c)
{
    return (c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7) ||
           (c >= 0x1E00 && c < 0x1F00);
}

static bool is_ascii_letter(uint32_t c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9');
}

dx_char_class dx_char_class_of(uint32_t c)
{
    if (c < 0x80)
        return is_ascii_letter(c) ? DX_CHAR_LETTER : DX_CHAR_PUNCTUATION;
    if (is_latin_letter(c))
        return DX_CHAR_LETTER;
    if (is_ignored(c))
        return DX_CHAR_IGNORED;
    if (c >= 0x300 && c <= 0x36F)
        return DX_CHAR_MARK;
    if (!is_of_word(c))
        return DX_CHAR_PUNCTUATION;
    return is_ideograph(c) ? DX_CHAR_IDEOGRAPH : DX_CHAR_LETTER;
}

/* What is an ordinary letter or number in another style: full width, ligatures,
 * superscripts, Roman numerals, circled ones, units, and the bold and
 * italic of mathematics, which social media are full of. */
static bool is_compatible(uint32_t c)
{
    return (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0xFB00 && c <= 0xFB06) ||
           c == 0xB2 || c == 0xB3 || c == 0xB9 ||
           (c >= 0x2070 && c <= 0x2089) || (c >= 0x2102 && c <= 0x2149) ||
           (c >= 0x2160 && c <= 0x217F) || (c >= 0x2460 && c <= 0x24EA) ||
           (c >= 0x3380 && c <= 0x33DF) || (c >= 0x1D400 && c <= 0x1D7FF) ||
           (c >= 0x1F130 && c <= 0x1F149);
}

/* White letters on black, which Unicode leaves as they are. */
static uint32_t without_frame(uint32_t c)
{
    if (c >= 0x1F150 && c <= 0x1F169)
        return 'a' + (c - 0x1F150);
    return c >= 0x1F170 && c <= 0x1F189 ? 'a' + (c - 0x1F170) : c;
}

size_t dx_char_decompose(uint32_t c, uint32_t out[DX_DECOMPOSED_MAX])
{
    utf8proc_int32_t parts[DX_DECOMPOSED_MAX];

    c = without_frame(c);
    utf8proc_option_t options =
        UTF8PROC_DECOMPOSE | (is_compatible(c) ? UTF8PROC_COMPAT : 0);
    int boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, parts,
        DX_DECOMPOSED_MAX, options, &boundary);

    if (n < 1 || n > DX_DECOMPOSED_MAX) {
        out[0] = c;
        return 1;
    }
    for (utf8proc_ssize_t i = 0; i < n; i++)
        out[i] = (uint32_t)utf8proc_tolower(parts[i]);
    return (size_t)n;
}

bool dx_char_is_capital(uint32_t c)
{
    return utf8proc_tolower((utf8proc_int32_t)c) != (utf8proc_int32_t)c;
}

unsigned dx_char_columns(uint32_t c)
{
    return (unsigned)utf8proc_charwidth((utf8proc_int32_t)c);
}

static utf8proc_propval_t mark_class(uint32_t c)
{
    return utf8proc_get_property((utf8proc_int32_t)c)->combining_class;
}

/* Sorts marks by their combining class, as Unicode does. Marks of one class,
 * and characters that are no marks, keep their places. */
static void order_marks(uint32_t *chars, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint32_t c = chars[i];
        size_t at = i;
        for (; at > 0 && mark_class(c) > 0 &&
               mark_class(chars[at - 1]) > mark_class(c); at--)
            chars[at] = chars[at - 1];
        chars[at] = c;
    }
}

size_t dx_chars_compose(uint32_t *chars, size_t count)
{
    order_marks(chars, count);
    utf8proc_ssize_t n = utf8proc_normalize_utf32((utf8proc_int32_t *)chars,
        (utf8proc_ssize_t)count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);

    return n < 0 ? count : (size_t)n;
}
