/* Text in UTF-8 that was written as UTF-8 twice. */
#include "indexer/input/chars/mojibake.h"

#include <stdint.h>
#include <string.h>

#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/legacy/legacy.h"

/* What Vietnamese texts have beyond ASCII, and what that becomes when it is
 * written twice. */
static bool is_expected(uint32_t c)
{
    static const uint16_t letters[] = {0x102, 0x103, 0x110, 0x111, 0x128, 0x129,
        0x168, 0x169, 0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x300, 0x301, 0x303, 0x309,
        0x323, 0x20AB};

    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (c == letters[i])
            return true;
    return (c >= 0x1EA0 && c <= 0x1EF9) || (c >= 0x2010 && c <= 0x2033) ||
           (c >= 0x80 && dx_legacy_byte_shown_as(c) >= 0x80 && c < 0xF000);
}

/* Quotation marks and dashes end words, so a letter before one is mostly just
 * that: “ĐÃ” */
static bool is_usual_sign(uint32_t c)
{
    return c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D ||
           c == 0x2013 || c == 0x2014 || c == 0x2026 || c == 0xBB;
}

static bool ends_here(const char *p, const char *end)
{
    return p >= end || dx_legacy_byte_shown_as(dx_char_next(&p, end)) < 0x80;
}

typedef struct sequence {
    uint32_t c; /* the character whose bytes were taken for some; 0: none */
    bool sure;  /* it can hardly be anything else */
    bool three; /* of three bytes, which nothing sound looks like */
} sequence;

/* What stands at *p, which is behind it then if it is one. */
static sequence next_sequence(const char **p, const char *end)
{
    const sequence none = {0, false, false};
    sequence s = none;
    char bytes[4] = "";
    const char *at = *p, *inner = bytes;
    size_t n = 0, need = 2;

    while (n < need) {
        if (n == 2 && memcmp(bytes, "\xE2\x80", 2) == 0 && ends_here(at, end)) {
            *p = at; /* ”, whose last byte windows-1252 does not have */
            return (sequence){0x201D, true, true};
        }
        if (at >= end)
            return none;
        uint32_t c = dx_char_next(&at, end);
        int byte = dx_legacy_byte_shown_as(c);
        if (byte < 0x80)
            return none;
        bytes[n++] = (char)byte;
        if (n == 1)
            need = byte >= 0xE0 ? 3 : 2;
        else
            s.sure |= n > 2 || !is_usual_sign(c);
    }
    if (dx_char_len(bytes, bytes + n) != n)
        return none;
    s.three = n == 3;
    s.c = dx_char_next(&inner, bytes + n);
    if (!is_expected(s.c))
        return none;
    *p = at;
    return s;
}

/* "à" or NBSP, whose second byte, NBSP itself, became a blank; or 0. */
static uint32_t before_blank(uint32_t c, const char *p, const char *end)
{
    if (p < end && *p != ' ')
        return 0;
    return c == 0xC3 ? 0xE0 : c == 0xC2 ? 0xA0 : 0;
}

typedef enum extent { NOTHING, THREES, ALL } extent;

/* Within sound text, only sequences of three bytes are wrong for certain. */
static extent extent_of(dx_str para)
{
    const char *p = para.ptr, *end = dx_str_end(para);
    size_t sure = 0, threes = 0, others = 0;

    while (p < end) {
        if ((unsigned char)*p < 0x80) {
            p++;
            continue;
        }
        sequence s = next_sequence(&p, end);
        sure += s.sure;
        threes += s.three;
        if (!s.c) {
            uint32_t c = dx_char_next(&p, end);
            others += c >= 0xC0 && c < 0x100 && !before_blank(c, p, end);
        }
    }
    return sure > others ? ALL : threes ? THREES : NOTHING;
}

bool dx_mojibake_undo(dx_str para, char *out, size_t *len)
{
    const char *p = para.ptr, *end = dx_str_end(para);
    extent how_much = extent_of(para);
    size_t n = 0;

    while (how_much != NOTHING && p < end) {
        const char *at = p;
        sequence s = {0, false, false};
        if ((unsigned char)*p >= 0x80)
            s = next_sequence(&p, end);
        if (!s.c) {
            uint32_t plain = dx_char_next(&p, end);
            s.c = before_blank(plain, p, end);
        }
        if (s.c && (how_much == ALL || s.three)) {
            n += dx_char_put(out + n, s.c);
        } else {
            memcpy(out + n, at, (size_t)(p - at));
            n += (size_t)(p - at);
        }
    }
    *len = n;
    return how_much != NOTHING;
}
