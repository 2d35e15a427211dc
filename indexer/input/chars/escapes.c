/* Entities and \u escapes to the letters that they stand for. */
#include "indexer/input/chars/escapes.h"

#include <stdint.h>
#include <string.h>

#include "common/base/escape.h"
#include "indexer/input/chars/chars.h"

static const struct named {
    const char *name;
    uint16_t code;
} signs[] = {
    {"nbsp;", 0xA0}, {"ldquo;", 0x201C}, {"rdquo;", 0x201D},
    {"lsquo;", 0x2018}, {"rsquo;", 0x2019}, {"ndash;", 0x2013},
    {"mdash;", 0x2014}, {"hellip;", 0x2026}, {"bull;", 0x2022},
    {"laquo;", 0xAB}, {"raquo;", 0xBB}, {"middot;", 0xB7}, {"deg;", 0xB0},
    {"Dstrok;", 0x110}, {"dstrok;", 0x111}, {"ETH;", 0xD0}, {"eth;", 0xF0},
    {"Abreve;", 0x102}, {"abreve;", 0x103},
}, markup_signs[] = {
    {"amp;", '&'}, {"lt;", '<'}, {"gt;", '>'}, {"quot;", '"'}, {"apos;", '\''},
    {"#39;", '\''}, {"#34;", '"'}, {"#38;", '&'}, {"#160;", 0xA0},
};

/* The mark's name behind a vowel, and its column: grave, acute, tilde,
 * circumflex, and breve (of a). */
static const struct mark {
    const char *name;
    uint16_t of[6]; /* a e i o u y */
} marks[] = {
    {"grave;", {0xE0, 0xE8, 0xEC, 0xF2, 0xF9, 0x1EF3}},
    {"acute;", {0xE1, 0xE9, 0xED, 0xF3, 0xFA, 0xFD}},
    {"tilde;", {0xE3, 0x1EBD, 0x129, 0xF5, 0x169, 0x1EF9}},
    {"circ;", {0xE2, 0xEA, 0, 0xF4, 0, 0}},
};

static bool is_text(uint32_t c)
{
    return (c >= 0xA0 && c < 0x250) || (c >= 0x1E00 && c < 0x1F00) ||
           (c >= 0x2010 && c < 0x2040) || (c >= 0x300 && c < 0x330) ||
           c == 0x20AB;
}

static size_t starts_with(const char *p, const char *end, const char *word)
{
    size_t n = strlen(word);

    return (size_t)(end - p) >= n && memcmp(p, word, n) == 0 ? n : 0;
}

static int digit(char c, unsigned base)
{
    int value = dx_hex_value(c);

    return value < (int)base ? value : -1;
}

/* Up to `max` digits at *p. */
static uint32_t number(const char **p, const char *end, unsigned base, int max)
{
    uint32_t c = 0;

    for (; max > 0 && *p < end && digit(**p, base) >= 0; max--)
        c = c * base + (uint32_t)digit(*(*p)++, base);
    return c;
}

static uint32_t marked_vowel(const char **p, const char *end)
{
    static const char vowels[] = "aeiouy";
    char small = (char)(**p | 32);
    const char *vowel = small ? strchr(vowels, small) : NULL;

    for (size_t i = 0; vowel && i < sizeof marks / sizeof *marks; i++) {
        size_t n = starts_with(*p + 1, end, marks[i].name);
        uint32_t c = marks[i].of[vowel - vowels];
        if (n && c) {
            bool capital = **p != small;
            *p += n + 1;
            return !capital ? c : c < 0x100 ? c - 32 : c - 1;
        }
    }
    return 0;
}

static uint32_t named(const char **p, const char *end,
    const struct named *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t n = starts_with(*p, end, names[i].name);
        if (n) {
            *p += n;
            return names[i].code;
        }
    }
    return 0;
}

/* The character of the entity at *p, behind its '&', however often that is
 * escaped itself; 0 when there is none that we know. */
static uint32_t entity(const char **p, const char *end, bool markup)
{
    const char *at = *p;
    uint32_t c;
    size_t n;

    while ((n = starts_with(at, end, "amp;")) != 0)
        at += n;
    if (at < end && *at == '#') {
        const char *digits = at + 1;
        bool hex = digits < end && (*digits | 32) == 'x';
        digits += hex;
        c = number(&digits, end, hex ? 16 : 10, 6);
        if (is_text(c) && digits < end && *digits == ';') {
            *p = digits + 1;
            return c;
        }
    } else if (at < end) {
        c = marked_vowel(&at, end);
        if (!c)
            c = named(&at, end, signs, sizeof signs / sizeof *signs);
        if (c) {
            *p = at;
            return c;
        }
    }
    if (!markup)
        return 0;
    c = named(p, end, markup_signs, sizeof markup_signs / sizeof *markup_signs);
    for (n = 1; c == '&' && n; *p += n) /* "&amp;quot;" */
        n = starts_with(*p, end, "amp;");
    at = *p;
    uint32_t inner = c == '&' ? named(&at, end, markup_signs,
                                    sizeof markup_signs / sizeof *markup_signs)
                              : 0;
    if (inner)
        *p = at;
    return inner ? inner : c;
}

/* "\u1ea1", also with more backslashes. */
static uint32_t unicode_escape(const char **p, const char *end)
{
    const char *at = *p;

    while (at < end && *at == '\\')
        at++;
    if (at == end || *at != 'u')
        return 0;
    const char *digits = ++at;
    uint32_t c = number(&at, end, 16, 4);
    if (at - digits != 4 || !is_text(c))
        return 0;
    *p = at;
    return c;
}

size_t dx_escapes_undo(dx_str in, bool markup, char *out)
{
    const char *p = in.ptr, *end = dx_str_end(in);
    size_t n = 0;

    while (p < end) {
        const char *at = p + 1;
        uint32_t c = *p == '&'    ? entity(&at, end, markup)
            : *p == '\\' ? unicode_escape(&at, end) : 0;
        if (c) {
            n += dx_char_put(out + n, c);
            p = at;
        } else {
            out[n++] = *p++;
        }
    }
    return n;
}
