/* Vietnamese letters: their code points, case, and marks. */
#include "indexer/input/chars/chars.h"

#include "common/base/simd.h"

const uint16_t dx_vowels[DX_VOWEL_ROWS][6] = {
    {0x0061, 0x00E0, 0x00E1, 0x1EA3, 0x00E3, 0x1EA1},
    {0x0103, 0x1EB1, 0x1EAF, 0x1EB3, 0x1EB5, 0x1EB7},
    {0x00E2, 0x1EA7, 0x1EA5, 0x1EA9, 0x1EAB, 0x1EAD},
    {0x0065, 0x00E8, 0x00E9, 0x1EBB, 0x1EBD, 0x1EB9},
    {0x00EA, 0x1EC1, 0x1EBF, 0x1EC3, 0x1EC5, 0x1EC7},
    {0x0069, 0x00EC, 0x00ED, 0x1EC9, 0x0129, 0x1ECB},
    {0x006F, 0x00F2, 0x00F3, 0x1ECF, 0x00F5, 0x1ECD},
    {0x00F4, 0x1ED3, 0x1ED1, 0x1ED5, 0x1ED7, 0x1ED9},
    {0x01A1, 0x1EDD, 0x1EDB, 0x1EDF, 0x1EE1, 0x1EE3},
    {0x0075, 0x00F9, 0x00FA, 0x1EE7, 0x0169, 0x1EE5},
    {0x01B0, 0x1EEB, 0x1EE9, 0x1EED, 0x1EEF, 0x1EF1},
    {0x0079, 0x1EF3, 0x00FD, 0x1EF7, 0x1EF9, 0x1EF5},
};

/* dx_vowels the other way round, as rows and columns are asked for with nearly
 * every letter. */
int dx_vowel_at(uint32_t c)
{
    /* "aeiouy" and, of Latin-1, à to ÿ */
    static const int8_t latin[32] = {1, 2, 12, 4, -1, -1, -1, -1, 19, 20, 24, -1,
        31, 32, -1, -1, -1, -1, 37, 38, 42, 40, -1, -1, -1, 55, 56, -1, -1, 68,
        -1, -1};
    /* Each second letter from U+1EA1 ạ to U+1EF9 ỹ */
    static const int8_t viet[45] = {5, 3, 14, 13, 15, 16, 17, 8, 7, 9, 10, 11,
        23, 21, 22, 26, 25, 27, 28, 29, 33, 35, 41, 39, 44, 43, 45, 46, 47, 50,
        49, 51, 52, 53, 59, 57, 62, 61, 63, 64, 65, 67, 71, 69, 70};

    if (c >= 0x1EA1 && c <= 0x1EF9)
        return c % 2 ? viet[(c - 0x1EA1) / 2] : -1;
    if (c >= 0xE0 && c <= 0xFF)
        return latin[c - 0xE0];
    switch (c) {
    case 'a': return 0;
    case 'e': return 18;
    case 'i': return 30;
    case 'o': return 36;
    case 'u': return 54;
    case 'y': return 66;
    case 0x103: return 6;
    case 0x129: return 34;
    case 0x169: return 58;
    case 0x1A1: return 48;
    case 0x1B0: return 60;
    default: return -1;
    }
}

size_t dx_char_len(const char *p, const char *end)
{
    const unsigned char *s = (const unsigned char *)p;
    size_t left = (size_t)(end - p);

    if (s[0] < 0x80)
        return 1;
    if (s[0] < 0xC2 || left < 2 || (s[1] & 0xC0) != 0x80)
        return 0;
    if (s[0] < 0xE0)
        return 2;
    if (left < 3 || (s[2] & 0xC0) != 0x80)
        return 0;
    if (s[0] < 0xF0) {
        bool overlong = s[0] == 0xE0 && s[1] < 0xA0;
        bool surrogate = s[0] == 0xED && s[1] > 0x9F;
        return overlong || surrogate ? 0 : 3;
    }
    if (s[0] > 0xF4 || left < 4 || (s[3] & 0xC0) != 0x80)
        return 0;
    if ((s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F))
        return 0;
    return 4;
}

/* Without a branch, so that compilers make vector code of it. Leads that are
 * never right (C0, C1, F5..FF) or right before some bytes only (E0, ED, F0,
 * F4) are all taken for wrong, and with them 4-byte characters. */
static inline bool is_sound(const unsigned char *s)
{
    unsigned char wrong = 0;

    for (int i = 0; i < DX_CHARS_BLOCK_BYTES; i++) {
        unsigned char b = s[i];
        int due = ((s[i - 1] & 0xC0) == 0xC0) | ((s[i - 2] & 0xE0) == 0xE0);
        int rare = ((b & 0xFE) == 0xC0) | (b == 0xE0) | (b == 0xED) |
                   ((b & 0xF0) == 0xF0);
        wrong |= (unsigned char)((due ^ ((b & 0xC0) == 0x80)) | rare);
    }
    return wrong == 0;
}

DX_SIMD_CLONES static size_t sound_blocks(const unsigned char *s, size_t count)
{
    size_t n = 0;

    while (n < count && is_sound(s + n * DX_CHARS_BLOCK_BYTES))
        n++;
    return n;
}

size_t dx_chars_sound_blocks(const char *p, size_t count)
{
    return sound_blocks((const unsigned char *)p, count);
}

uint32_t dx_char_next(const char **p, const char *end)
{
    const unsigned char *s = (const unsigned char *)*p;
    size_t n = dx_char_len(*p, end);

    *p += n ? n : 1;
    switch (n) {
    case 1:
        return s[0];
    case 2:
        return (s[0] & 0x1Fu) << 6 | (s[1] & 0x3Fu);
    case 3:
        return (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
    case 4:
        return (s[0] & 0x07u) << 18 | (s[1] & 0x3Fu) << 12 |
               (s[2] & 0x3Fu) << 6 | (s[3] & 0x3Fu);
    default:
        return 0xFFFD;
    }
}

size_t dx_char_put(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

uint32_t dx_char_lower(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c < 0x100)
        return c >= 0xC0 && c <= 0xDE && c != 0xD7 ? c + 32 : c;
    if ((c >= 0x100 && c < 0x138) || (c >= 0x14A && c < 0x178) ||
        (c >= 0x1EA0 && c < 0x1F00))
        return c | 1; /* pairs: capital even, small odd */
    if (c == 0x1A0 || c == 0x1AF) /* Ơ Ư */
        return c + 1;
    return c;
}

bool dx_char_is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 32) >= 'a' && (c | 32) <= 'z';
    return c >= 0xC0 && c != 0xD7 && c != 0xF7 &&
           !(c >= 0x2000 && c < 0x2C00) && c < 0xFE00;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

dx_str dx_trim(dx_str s)
{
    for (;;) {
        if (s.len && is_blank(s.ptr[0]))
            s = dx_str_from_offset(s, 1);
        else if (s.len > 1 && memcmp(s.ptr, "\xC2\xA0", 2) == 0)
            s = dx_str_from_offset(s, 2);
        else
            break;
    }
    for (;;) {
        if (s.len && is_blank(s.ptr[s.len - 1]))
            s.len--;
        else if (s.len > 1 && memcmp(s.ptr + s.len - 2, "\xC2\xA0", 2) == 0)
            s.len -= 2;
        else
            return s;
    }
}

/* A letter as its base and a set of marks, so that composed and decomposed
 * spelling, in any order of marks, come out equal. */
typedef struct letter {
    uint32_t base;
    unsigned marks;
} letter;

static unsigned mark_bit(uint32_t c)
{
    switch (c) {
    case 0x300: return 1u << 1;
    case 0x301: return 1u << 2;
    case 0x309: return 1u << 3;
    case 0x303: return 1u << 4;
    case 0x323: return 1u << 5;
    case 0x302: return 1u << 6;
    case 0x306: return 1u << 7;
    case 0x31B: return 1u << 8;
    default: return 0;
    }
}

static letter take_apart(uint32_t lower)
{
    static const char bases[] = "aaaeeiooouuy";
    static const uint16_t shapes[] = {0, 0x306, 0x302, 0, 0x302, 0, 0, 0x302,
        0x31B, 0, 0x31B, 0};

    int at = lower < 0x80 ? -1 : dx_vowel_at(lower);

    if (at < 0)
        return (letter){lower, 0};
    return (letter){(unsigned char)bases[at / 6],
        (at % 6 ? 1u << at % 6 : 0) | mark_bit(shapes[at / 6])};
}

static letter next_letter(const char **p, const char *end)
{
    letter out = take_apart(dx_char_lower(dx_char_next(p, end)));

    while (*p < end && (unsigned char)**p == 0xCC) { /* U+0300..U+033F */
        const char *at = *p;
        unsigned mark = mark_bit(dx_char_next(&at, end));
        if (!mark)
            break;
        out.marks |= mark;
        *p = at;
    }
    return out;
}

static inline char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* `bare`: the text has the phrase's base letters and no marks. */
static size_t match(dx_str s, const char *phrase, bool bare)
{
    const char *p = s.ptr, *end = dx_str_end(s);
    const char *q = phrase, *q_end = phrase + strlen(phrase);

    while (q < q_end) {
        if (p >= end)
            return 0;
        if (((*p | *q) & 0x80) == 0) {
            if (small(*p) != small(*q))
                return 0;
            char after = end - p > 1 ? p[1] : '\0';
            if (((after | q[1]) & 0x80) == 0) { /* no marks follow */
                p++;
                q++;
                continue;
            }
        }
        letter a = next_letter(&p, end), b = next_letter(&q, q_end);
        if (bare)
            b = (letter){b.base == 0x111 ? 'd' : b.base, 0};
        if (a.base != b.base || a.marks != b.marks)
            return 0;
    }
    return (size_t)(p - s.ptr);
}

size_t dx_starts_with(dx_str s, const char *phrase)
{
    return match(s, phrase, false);
}

size_t dx_starts_with_typed(dx_str s, const char *phrase)
{
    size_t n = match(s, phrase, false);

    return n ? n : match(s, phrase, true);
}

bool dx_equals(dx_str s, const char *phrase)
{
    return s.len && dx_starts_with(s, phrase) == s.len;
}

bool dx_ends_with(dx_str s, const char *ending)
{
    size_t n = strlen(ending);

    return s.len > n && dx_equals(dx_str_from_offset(s, s.len - n), ending);
}

ptrdiff_t dx_find_ascii(dx_str s, const char *needle)
{
    size_t n = strlen(needle);

    for (size_t i = 0; i + n <= s.len; i++) {
        size_t k = 0;
        while (k < n && dx_char_lower((unsigned char)s.ptr[i + k]) ==
                            (unsigned char)needle[k])
            k++;
        if (k == n)
            return (ptrdiff_t)i;
    }
    return -1;
}

dx_str dx_cut_words(dx_str s, size_t max_chars)
{
    const char *p = s.ptr, *end = dx_str_end(s);
    const char *word_end = NULL;

    for (size_t n = 0; p < end; n++) {
        const char *at = p;
        uint32_t c = dx_char_next(&p, end);
        if (c == ' ' || c == '\n' || c == '\t')
            word_end = at;
        if (n == max_chars) {
            s.len = (size_t)((word_end ? word_end : at) - s.ptr);
            break;
        }
    }
    s = dx_trim(s);
    while (s.len && (s.ptr[s.len - 1] == ',' || s.ptr[s.len - 1] == ' '))
        s.len--;
    return s;
}

size_t dx_count_chars(dx_str s)
{
    size_t n = 0;

    for (const char *p = s.ptr, *end = p + s.len; p < end; n++)
        dx_char_next(&p, end);
    return n;
}
