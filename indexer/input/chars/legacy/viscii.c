/* The letters of VISCII, and the signs of Windows in their places. */
#include "indexer/input/chars/legacy/viscii.h"

#include <stdbool.h>
#include <string.h>

#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/legacy/plausible.h"

/* Bytes 0x80..0xFF. Six capitals sit among the control characters. */
static const uint16_t letters[128] = {
    0x1EA0, 0x1EAE, 0x1EB0, 0x1EB6, 0x1EA4, 0x1EA6, 0x1EA8, 0x1EAC,
    0x1EBC, 0x1EB8, 0x1EBE, 0x1EC0, 0x1EC2, 0x1EC4, 0x1EC6, 0x1ED0,
    0x1ED2, 0x1ED4, 0x1ED6, 0x1ED8, 0x1EE2, 0x1EDA, 0x1EDC, 0x1EDE,
    0x1ECA, 0x1ECE, 0x1ECC, 0x1EC8, 0x1EE6, 0x0168, 0x1EE4, 0x1EF2,
    0x00D5, 0x1EAF, 0x1EB1, 0x1EB7, 0x1EA5, 0x1EA7, 0x1EA9, 0x1EAD,
    0x1EBD, 0x1EB9, 0x1EBF, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EC7, 0x1ED1,
    0x1ED3, 0x1ED5, 0x1ED7, 0x1EE0, 0x01A0, 0x1ED9, 0x1EDD, 0x1EDF,
    0x1ECB, 0x1EF0, 0x1EE8, 0x1EEA, 0x1EEC, 0x01A1, 0x1EDB, 0x01AF,
    0x00C0, 0x00C1, 0x00C2, 0x00C3, 0x1EA2, 0x0102, 0x1EB3, 0x1EB5,
    0x00C8, 0x00C9, 0x00CA, 0x1EBA, 0x00CC, 0x00CD, 0x0128, 0x1EF3,
    0x0110, 0x1EE9, 0x00D2, 0x00D3, 0x00D4, 0x1EA1, 0x1EF7, 0x1EEB,
    0x1EED, 0x00D9, 0x00DA, 0x1EF9, 0x1EF5, 0x00DD, 0x1EE1, 0x01B0,
    0x00E0, 0x00E1, 0x00E2, 0x00E3, 0x1EA3, 0x0103, 0x1EEF, 0x1EAB,
    0x00E8, 0x00E9, 0x00EA, 0x1EBB, 0x00EC, 0x00ED, 0x0129, 0x1EC9,
    0x0111, 0x1EF1, 0x00F2, 0x00F3, 0x00F4, 0x00F5, 0x1ECF, 0x1ECD,
    0x1EE5, 0x00F9, 0x00FA, 0x0169, 0x1EE7, 0x00FD, 0x1EE3, 0x1EEE,
};

static uint32_t control(unsigned b)
{
    switch (b) {
    case 0x02: return 0x1EB2;
    case 0x05: return 0x1EB4;
    case 0x06: return 0x1EAA;
    case 0x14: return 0x1EF6;
    case 0x19: return 0x1EF8;
    case 0x1E: return 0x1EF4;
    default: return b;
    }
}


static uint32_t letter(unsigned char b)
{
    return b < 0x20 ? control(b) : b < 0x80 ? b : letters[b - 0x80];
}

/* What windows-1252 has there: … ‘ ’ “ ” • – —; 0: nothing that texts have. */
static uint32_t sign(unsigned char b)
{
    static const uint16_t signs[7] = {
        0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014};

    return b == 0x85 ? 0x2026 : b >= 0x91 && b <= 0x97 ? signs[b - 0x91] : 0;
}

static bool is_letter(dx_str in, size_t at)
{
    return dx_char_is_letter(letter((unsigned char)in.ptr[at]));
}

static bool is_blank(dx_str in, size_t at)
{
    return at >= in.len || strchr(" \t\r\n", in.ptr[at]);
}

/* "Ổ dịch", "Ở Huế" begin sentences; in the middle of one a dash stands there. The
 * rest are no words. */
static bool is_word_alone(dx_str in, size_t at)
{
    unsigned char b = (unsigned char)in.ptr[at];
    size_t before = at;

    if ((b != 0x91 && b != 0x97) || !is_blank(in, at + 1))
        return false;
    while (before > 0 && in.ptr[before - 1] == ' ')
        before--;
    return before == 0 || !is_letter(in, before - 1) ||
           dx_char_is_upper(letter((unsigned char)in.ptr[before - 1]));
}

enum { PLACES_MAX = 4, LETTERS_MAX = 24 };

/* A stretch of letters, of which some may be signs. */
typedef struct stretch {
    size_t start, end;
    size_t places[PLACES_MAX]; /* of the first of these */
    unsigned count;
} stretch;

/* Around `at`; false if it is too long for a word. */
static bool stretch_at(dx_str in, size_t at, stretch *out)
{
    *out = (stretch){.start = at, .end = at + 1};
    while (out->start > 0 && is_letter(in, out->start - 1))
        if (at - --out->start > LETTERS_MAX)
            return false;
    while (out->end < in.len && is_letter(in, out->end))
        if (++out->end - at > LETTERS_MAX)
            return false;
    for (size_t i = out->start; i < out->end; i++)
        if (sign((unsigned char)in.ptr[i]) && out->count++ < PLACES_MAX)
            out->places[out->count - 1] = i;
    return true;
}

/* Whether in[start, end) is nothing or a syllable. */
static bool is_word(dx_str in, size_t start, size_t end)
{
    char text[2 * (LETTERS_MAX + 1) * 3];
    size_t n = 0;

    if (end - start == 1 && sign((unsigned char)in.ptr[start]))
        return is_word_alone(in, start);
    for (size_t i = start; i < end; i++)
        n += dx_char_put(text + n, letter((unsigned char)in.ptr[i]));
    return n == 0 || dx_plausible_word((dx_str){text, n});
}

/* Whether words are left when the places of `mask` are signs. */
static bool leaves_words(dx_str in, const stretch *s, unsigned mask)
{
    size_t start = s->start;

    for (unsigned i = 0; i < s->count; i++)
        if (mask >> i & 1) {
            if (!is_word(in, start, s->places[i]))
                return false;
            start = s->places[i] + 1;
        }
    return is_word(in, start, s->end);
}

/* The signs of a stretch: as few as leave words, a bit each; false if none do. */
static bool find_signs(dx_str in, const stretch *s, unsigned *signs)
{
    unsigned least = PLACES_MAX + 1;

    for (unsigned mask = 0; mask < 1u << s->count; mask++) {
        unsigned count = (unsigned)__builtin_popcount(mask);
        if (count < least && leaves_words(in, s, mask)) {
            *signs = mask;
            least = count;
        }
    }
    return least <= PLACES_MAX;
}

/* In no word of Vietnamese a sign stands at its ends, and behind small letters. */
static bool is_sign(dx_str in, size_t at)
{
    unsigned signs = 0;
    stretch s;

    if (!stretch_at(in, at, &s))
        return false;
    if (s.count > PLACES_MAX || !find_signs(in, &s, &signs))
        return at == s.start || at + 1 == s.end ||
               !dx_char_is_upper(letter((unsigned char)in.ptr[at - 1]));
    for (unsigned i = 0; i < s.count; i++)
        if (s.places[i] == at)
            return (signs >> i & 1) != 0;
    return false;
}

uint32_t dx_viscii_char(dx_str in, size_t at)
{
    unsigned char b = (unsigned char)in.ptr[at];
    uint32_t other = sign(b);

    return other && is_sign(in, at) ? other : letter(b);
}
