/* The letters of old Vietnamese encodings, byte by byte. */
#include "indexer/input/chars/legacy/legacy.h"

#include <stdbool.h>
#include <string.h>

#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/legacy/viscii.h"

/* Rows and columns of dx_vowels. */
enum { ROW_A, ROW_A_BREVE, ROW_A_HAT, ROW_E, ROW_E_HAT, ROW_O = 6, ROW_O_HAT };
enum { TONE_GRAVE = 1, TONE_ACUTE, TONE_HOOK, TONE_TILDE, TONE_DOT };

/* Bytes 0xA0..0xFF; 0 where the encoding has nothing. */
static const uint16_t tcvn3[96] = {
    0x0020, 0x0102, 0x00C2, 0x00CA, 0x00D4, 0x01A0, 0x01AF, 0x0110,
    0x0103, 0x00E2, 0x00EA, 0x00F4, 0x01A1, 0x01B0, 0x0111, 0x0000,
    0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x00E0, 0x1EA3, 0x00E3,
    0x00E1, 0x1EA1, 0x0000, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x0000,
    0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x1EB7, 0x1EA7,
    0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD, 0x00E8, 0x0000, 0x1EBB, 0x1EBD,
    0x00E9, 0x1EB9, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7, 0x00EC,
    0x1EC9, 0x0000, 0x0000, 0x0000, 0x0129, 0x00ED, 0x1ECB, 0x00F2,
    0x0000, 0x1ECF, 0x00F5, 0x00F3, 0x1ECD, 0x1ED3, 0x1ED5, 0x1ED7,
    0x1ED1, 0x1ED9, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3, 0x00F9,
    0x0000, 0x1EE7, 0x0169, 0x00FA, 0x1EE5, 0x1EEB, 0x1EED, 0x1EEF,
    0x1EE9, 0x1EF1, 0x1EF3, 0x1EF7, 0x1EF9, 0x00FD, 0x1EF5, 0x0000,
};

/* The typographic signs of Windows, bytes 0x80..0x9F, which files in TCVN3
 * and VNI carry too. */
static const uint16_t windows_signs[32] = {
    0x20AC, 0x0000, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x0000, 0x017D, 0x0000,
    0x0000, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x0000, 0x017E, 0x0178,
};

static uint32_t upper(uint32_t c)
{
    return c < 0x100 ? c - 32 : c - 1;
}

/* Row of an untoned vowel (small letter), or -1. */
static int vowel_row(uint32_t lower)
{
    for (int i = 0; i < DX_VOWEL_ROWS; i++)
        if (dx_vowels[i][0] == lower)
            return i;
    return -1;
}

static uint32_t in_case_of(uint32_t model, uint32_t small)
{
    return dx_char_is_upper(model) ? upper(small) : small;
}

/* `base` with a tone, or 0 when it takes none. */
static uint32_t with_tone(uint32_t base, int tone)
{
    int row = tone ? vowel_row(dx_char_lower(base)) : -1;

    return row < 0 ? 0 : in_case_of(base, dx_vowels[row][tone]);
}

static uint32_t windows_1258(unsigned b)
{
    switch (b) {
    case 0xC3: return 0x102;
    case 0xD0: return 0x110;
    case 0xD5: return 0x1A0;
    case 0xDD: return 0x1AF;
    case 0xE3: return 0x103;
    case 0xF0: return 0x111;
    case 0xF5: return 0x1A1;
    case 0xFD: return 0x1B0;
    case 0xFE: return 0x20AB;
    case 0xCC: return 0x300;
    case 0xEC: return 0x301;
    case 0xDE: return 0x303;
    case 0xD2: return 0x309;
    case 0xF2: return 0x323;
    default: return b;
    }
}

static uint32_t join_1258(uint32_t base, unsigned b)
{
    static const struct { unsigned char byte, tone; } marks[] = {
        {0xCC, TONE_GRAVE}, {0xEC, TONE_ACUTE}, {0xD2, TONE_HOOK},
        {0xDE, TONE_TILDE}, {0xF2, TONE_DOT}};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i].byte == b)
            return with_tone(base, marks[i].tone);
    return 0;
}

/* VNI's letters of one byte. Its marks, which follow a base letter, are the
 * business of join_vni(). */
static uint32_t vni(unsigned b)
{
    uint32_t small;

    switch (b | 0x20u) {
    case 0xF1: small = 0x111; break;
    case 0xED: small = 0xED; break;
    case 0xEC: small = 0xEC; break;
    case 0xE6: small = 0x1EC9; break;
    case 0xF3: small = 0x129; break;
    case 0xF2: small = 0x1ECB; break;
    case 0xF4: small = 0x1A1; break;
    case 0xF6: small = 0x1B0; break;
    case 0xEE: small = 0x1EF5; break;
    default: return b < 0xC0 ? b : DX_CHAR_UNKNOWN;
    }
    return b & 0x20u ? small : upper(small);
}

static int vni_tone(unsigned mark)
{
    switch (mark) {
    case 0xF8: return TONE_GRAVE;
    case 0xF9: return TONE_ACUTE;
    case 0xFB: return TONE_HOOK;
    case 0xF5: return TONE_TILDE;
    case 0xEF: return TONE_DOT;
    default: return 0;
    }
}

static uint32_t join_vni(uint32_t base, unsigned b)
{
    static const unsigned char hat[6] = {0xE2, 0xE0, 0xE1, 0xE5, 0xE3, 0xE4};
    static const unsigned char breve[6] = {0xEA, 0xE8, 0xE9, 0xFA, 0xFC, 0xEB};
    unsigned mark = b | 0x20u;
    int row = b < 0xC0 ? -1 : vowel_row(dx_char_lower(base));

    if (row < 0)
        return 0;
    if (vni_tone(mark))
        return with_tone(base, vni_tone(mark));
    bool takes_hat = row == ROW_A || row == ROW_E || row == ROW_O;
    for (int i = 0; i < 6; i++) {
        if (takes_hat && mark == hat[i])
            return in_case_of(base,
                dx_vowels[row == ROW_A ? ROW_A_HAT : row + 1][i]);
        if (row == ROW_A && mark == breve[i])
            return in_case_of(base, dx_vowels[ROW_A_BREVE][i]);
    }
    return 0;
}

/* TCVN3 has no toned capitals: a capital font shows the small ones, and
 * converters write the bare capital before the small toned letter. */
static uint32_t join_tcvn3(uint32_t base, unsigned b)
{
    if (b < 0xA0 || !dx_char_is_upper(base) || !tcvn3[b - 0xA0])
        return 0;
    int row = vowel_row(dx_char_lower(base));
    for (int tone = 1; row >= 0 && tone < 6; tone++)
        if (dx_vowels[row][tone] == tcvn3[b - 0xA0])
            return upper(dx_vowels[row][tone]);
    return 0;
}

static uint32_t join(dx_charset charset, uint32_t base, unsigned b)
{
    switch (charset) {
    case DX_CHARSET_CP1258: return join_1258(base, b);
    case DX_CHARSET_VNI: return join_vni(base, b);
    case DX_CHARSET_TCVN3: return join_tcvn3(base, b);
    case DX_CHARSET_UTF8:
    case DX_CHARSET_UTF16LE:
    case DX_CHARSET_UTF16BE:
    case DX_CHARSET_VISCII: break;
    }
    return 0;
}

static uint32_t single(dx_charset charset, unsigned b)
{
    uint32_t c;

    if (b < 0x80)
        return b;
    if (b < 0xA0)
        c = windows_signs[b - 0x80];
    else if (charset == DX_CHARSET_TCVN3)
        c = tcvn3[b - 0xA0];
    else
        c = charset == DX_CHARSET_VNI ? vni(b) : windows_1258(b);
    return c ? c : DX_CHAR_UNKNOWN;
}

static uint32_t windows_1252(unsigned b)
{
    uint32_t sign = b >= 0x80 && b < 0xA0 ? windows_signs[b - 0x80] : 0;

    return sign ? sign : b;
}

/* "40 m²": a sign of Windows that neither TCVN3 nor VISCII has, and files in both. */
static bool is_power(dx_str in, size_t at)
{
    const char *p = in.ptr;

    if (at < 2 || p[at - 1] != 'm' || ((unsigned char)p[at] | 1) != 0xB3 ||
        (at + 1 < in.len && (((unsigned char)p[at + 1] | 0x20) >= 'a')))
        return false;
    at -= 2;
    at -= at > 0 && strchr("kcdm", p[at]) ? 1 : 0;
    at -= at > 0 && p[at] == ' ' ? 1 : 0;
    return dx_is_digit(p[at]);
}

static uint32_t letter(dx_charset charset, dx_str in, size_t at)
{
    if (is_power(in, at))
        return (unsigned char)in.ptr[at];
    return charset == DX_CHARSET_VISCII ? dx_viscii_char(in, at)
                                        : single(charset, (unsigned char)in.ptr[at]);
}

/* Writes to `out` unless it is NULL; the length in bytes either way. */
static size_t decode_bytes(dx_charset charset, dx_str in, bool as_shown,
    char *out)
{
    char scratch[4] = "";
    size_t n = 0;

    for (size_t i = 0; i < in.len; i++) {
        uint32_t c = letter(charset, in, i);
        if (i + 1 < in.len && (unsigned char)in.ptr[i + 1] >= 0x80) {
            uint32_t whole = join(charset, c, (unsigned char)in.ptr[i + 1]);
            if (whole) {
                c = whole;
                i++;
            }
        }
        if (c == DX_CHAR_UNKNOWN && as_shown)
            c = windows_1252((unsigned char)in.ptr[i]);
        n += dx_char_put(out ? out + n : scratch, c);
    }
    return n;
}

static size_t decode_utf16(bool big, dx_str in, char *out)
{
    const unsigned char *p = (const unsigned char *)in.ptr;
    char scratch[4] = "";
    size_t n = 0;
    uint32_t high = 0;

    for (size_t i = 0; i + 1 < in.len; i += 2) {
        uint32_t c = big ? (uint32_t)p[i] << 8 | p[i + 1]
                         : (uint32_t)p[i + 1] << 8 | p[i];
        if (c >= 0xD800 && c < 0xDC00) {
            high = c;
            continue;
        }
        if (c >= 0xDC00 && c < 0xE000)
            c = high ? 0x10000 + ((high - 0xD800) << 10) + (c - 0xDC00)
                     : DX_CHAR_UNKNOWN;
        high = 0;
        n += dx_char_put(out ? out + n : scratch, c);
    }
    return n;
}

/* ---- letters of capital fonts ---- */

typedef struct word { /* [start, end) of the text */
    char *start, *end;
    unsigned capitals, smalls; /* of ASCII */
    bool marked_small;  /* a small letter beyond ASCII */
    bool capital_after; /* a capital of ASCII behind such a one */
} word;

static bool next_word(char *p, char *end, word *w)
{
    *w = (word){.start = NULL};
    while (p < end) {
        const char *next = p;
        uint32_t c = dx_char_next(&next, end);
        if (dx_char_is_letter(c)) {
            w->start = w->start ? w->start : p;
            if (c >= 0x80)
                w->marked_small |= !dx_char_is_upper(c);
            else if (dx_char_is_upper(c))
                w->capitals++, w->capital_after |= w->marked_small;
            else
                w->smalls++;
            w->end = p + (next - p);
        } else if (w->start) {
            break;
        }
        p += next - p;
    }
    return w->start != NULL;
}

/* Small letters and their capitals are of the same length in UTF-8. */
static void raise(char *p, char *end)
{
    while (p < end) {
        const char *next = p;
        uint32_t c = dx_char_next(&next, end);
        if (c >= 0x80 && dx_char_lower(upper(c)) == c && !dx_char_is_upper(c))
            dx_char_put(p, upper(c));
        p += next - p;
    }
}

/* A capital font shows TCVN3's small letters with tones as capitals, so "S¾C
 * LÖNH" comes out as "SắC LệNH". "Số" may be the beginning of a sentence: it is
 * raised in lines that are all capitals only. */
static void raise_line(char *p, char *end)
{
    unsigned capitals = 0, smalls = 0;
    word w;

    for (char *at = p; next_word(at, end, &w); at = w.end) {
        capitals += w.capitals;
        smalls += w.smalls;
    }
    bool all = capitals >= 4 && smalls * 8 <= capitals;
    for (; next_word(p, end, &w); p = w.end)
        if (w.marked_small && w.smalls == 0 &&
            (all || w.capitals > 1 || w.capital_after))
            raise(w.start, w.end);
}

static void raise_capitals(char *text, size_t len)
{
    char *p = text, *end = text + len;

    while (p < end) {
        char *nl = memchr(p, '\n', (size_t)(end - p));
        raise_line(p, nl ? nl : end);
        p = nl ? nl + 1 : end;
    }
}

int dx_legacy_byte_shown_as(uint32_t c)
{
    if (c < 0x100)
        return (int)c;
    if (c == 0x3BC) /* Greek mu for the micro sign */
        return 0xB5;
    if (c >= 0xF020 && c < 0xF100) /* a font without Unicode */
        return (int)(c - 0xF000);
    if (c < 0x152 || (c > 0x2DC && c < 0x2013)) /* most letters of Unicode */
        return -1;
    for (int i = 0; i < 32; i++)
        if (windows_signs[i] == c)
            return 0x80 + i;
    return -1;
}

size_t dx_legacy_decode(dx_charset charset, dx_str in, bool as_shown, char *out)
{
    if (charset == DX_CHARSET_UTF16LE || charset == DX_CHARSET_UTF16BE)
        return decode_utf16(charset == DX_CHARSET_UTF16BE, in, out);
    size_t n = decode_bytes(charset, in, as_shown, out);
    if (out && charset == DX_CHARSET_TCVN3)
        raise_capitals(out, n);
    return n;
}
