/* The lexer: gaps, words, dates, document numbers and numbers by their
 * bytes. */
#include "common/text/lexer.h"

#include <stddef.h>
#include <stdint.h>

#include "common/text/plain.h"

#define DOCNO_DIGITS_MAX 6

enum { GAP, MIXED, LETTER, DIGIT };

/* Bytes from 0x80 on count as letters here. Which of them really are, the
 * analyzer decides, once per distinct word. A MIXED byte may also begin one of
 * the characters that portals put right beside words: quotation marks, dashes,
 * fixed spaces, bullets, emoji. */
static const uint8_t class_of[256] = {
    ['0'] = DIGIT, ['1'] = DIGIT, ['2'] = DIGIT, ['3'] = DIGIT, ['4'] = DIGIT,
    ['5'] = DIGIT, ['6'] = DIGIT, ['7'] = DIGIT, ['8'] = DIGIT, ['9'] = DIGIT,
    ['A'] = LETTER, ['B'] = LETTER, ['C'] = LETTER, ['D'] = LETTER,
    ['E'] = LETTER, ['F'] = LETTER, ['G'] = LETTER, ['H'] = LETTER,
    ['I'] = LETTER, ['J'] = LETTER, ['K'] = LETTER, ['L'] = LETTER,
    ['M'] = LETTER, ['N'] = LETTER, ['O'] = LETTER, ['P'] = LETTER,
    ['Q'] = LETTER, ['R'] = LETTER, ['S'] = LETTER, ['T'] = LETTER,
    ['U'] = LETTER, ['V'] = LETTER, ['W'] = LETTER, ['X'] = LETTER,
    ['Y'] = LETTER, ['Z'] = LETTER,
    ['a'] = LETTER, ['b'] = LETTER, ['c'] = LETTER, ['d'] = LETTER,
    ['e'] = LETTER, ['f'] = LETTER, ['g'] = LETTER, ['h'] = LETTER,
    ['i'] = LETTER, ['j'] = LETTER, ['k'] = LETTER, ['l'] = LETTER,
    ['m'] = LETTER, ['n'] = LETTER, ['o'] = LETTER, ['p'] = LETTER,
    ['q'] = LETTER, ['r'] = LETTER, ['s'] = LETTER, ['t'] = LETTER,
    ['u'] = LETTER, ['v'] = LETTER, ['w'] = LETTER, ['x'] = LETTER,
    ['y'] = LETTER, ['z'] = LETTER,
#define X2(n) [n] = LETTER, [n + 1] = LETTER
#define X4(n) X2(n), X2(n + 2)
#define X8(n) X4(n), X4(n + 4)
#define X16(n) X8(n), X8(n + 8)
    X16(0x80), X16(0x90), X16(0xA0), X16(0xB0),
    X2(0xC0), [0xC2] = MIXED, [0xC3] = LETTER, X4(0xC4), X8(0xC8), X16(0xD0),
    X2(0xE0), [0xE2] = MIXED, [0xE3] = LETTER, X4(0xE4), X4(0xE8), X2(0xEC),
    [0xEE] = LETTER, [0xEF] = MIXED, [0xF0] = MIXED, [0xF1] = LETTER,
    X2(0xF2), X4(0xF4), X8(0xF8),
#undef X16
#undef X8
#undef X4
#undef X2
};

static inline uint8_t class_at(const char *p)
{
    return class_of[(unsigned char)*p];
}

/* ---- characters between words ---- */

/* The letters and numbers among U+0080..00BF: ª ² ³ µ ¹ º ¼ ½ ¾, and the soft
 * hyphen, which the analyzer drops. */
#define LATIN1_IN_WORDS 0x762C240000000000u

/* The length of the mark, space or symbol at `p`, or 0. It knows only the
 * common ones; the analyzer knows them all. */
static size_t separator_len(const char *p, const char *end)
{
    unsigned char lead = (unsigned char)p[0];
    size_t left = (size_t)(end - p);
    unsigned char b = left > 1 ? (unsigned char)p[1] : 0;
    unsigned char c = left > 2 ? (unsigned char)p[2] : 0;

    if (lead == 0xC2 && b >= 0x80 && b < 0xC0)
        return LATIN1_IN_WORDS >> (b - 0x80) & 1 ? 0 : 2;
    if (lead == 0xE2 && c >= 0x80 && c < 0xC0) {
        bool space = b == 0x80 && (c < 0x8B || (c >= 0x90 && c < 0xAA) ||
                                      c >= 0xAF);
        bool mark = b == 0x81 && c < 0xA0;
        bool symbol = (b == 0x86 && c >= 0x90) || (b >= 0x87 && b < 0xB0);
        bool circled = (b == 0x91 && c >= 0xA0) || b == 0x92 || b == 0x93;
        return space || mark || (symbol && !circled) ? 3 : 0;
    }
    bool follows = left > 3 && (c & 0xC0) == 0x80 &&
                   ((unsigned char)p[3] & 0xC0) == 0x80;
    if (lead != 0xF0 || b != 0x9F || !follows)
        return 0;
    uint32_t symbol = 0x1F000u + ((c & 0x3Fu) << 6) +
                      ((unsigned char)p[3] & 0x3Fu);
    return symbol >= 0x1F130 && symbol < 0x1F18A ? 0 : 4; /* framed letters */
}

/* The length of the character at `p` if it has no width: soft hyphen, zero
 * width space, direction mark, byte order mark. Before a word it belongs to the
 * gap, or it would hide that a number starts there; within a word it is
 * dropped. */
static size_t invisible_len(const char *p, const char *end)
{
    unsigned char lead = (unsigned char)p[0];
    size_t left = (size_t)(end - p);
    unsigned char b = left > 1 ? (unsigned char)p[1] : 0;
    unsigned char c = left > 2 ? (unsigned char)p[2] : 0;

    if (lead == 0xC2)
        return b == 0xAD ? 2 : 0;
    if (lead == 0xEF)
        return b == 0xBB && c == 0xBF ? 3 : 0;
    bool general = b == 0x80 && ((c >= 0x8B && c < 0x90) ||
                                    (c >= 0xAA && c < 0xAF));
    return lead == 0xE2 && (general || (b == 0x81 && c >= 0xA0 && c < 0xB0))
               ? 3
               : 0;
}

static const char *skip_gap(const char *p, const char *end)
{
    for (;;) {
        while (p < end && class_at(p) == GAP)
            p++;
        if (p == end || class_at(p) != MIXED)
            return p;
        size_t n = separator_len(p, end);
        if (n == 0 && (n = invisible_len(p, end)) == 0)
            return p;
        p += n;
    }
}

static const char *skip_digits(const char *p, const char *end)
{
    while (p < end && class_at(p) == DIGIT)
        p++;
    return p;
}

static const char *skip_run(const char *p, const char *end)
{
    for (; p < end; p++) {
        while (p < end && class_at(p) > MIXED)
            p++;
        if (p == end || class_at(p) == GAP || separator_len(p, end))
            break;
    }
    return p;
}

/* ---- dates ---- */

/* The end of the date at `p`: d/m/yyyy or yyyy-m-d, with the same one of "/-."
 * twice; NULL when there is none. Whether that day exists, the analyzer
 * asks. */
static const char *date_end(const char *p, const char *end)
{
    const char *first = skip_digits(p, end);
    char sep = first < end ? *first : '\0';

    if (sep != '/' && sep != '-' && sep != '.')
        return NULL;
    const char *second = skip_digits(first + 1, end);
    if (second >= end || *second != sep)
        return NULL;
    const char *third = skip_digits(second + 1, end);
    ptrdiff_t a = first - p, b = second - first - 1, c = third - second - 1;
    bool year_last = (a == 1 || a == 2) && c == 4;
    bool year_first = a == 4 && (c == 1 || c == 2) && sep == '-';
    bool ends = third == end || class_at(third) <= MIXED;
    return (b == 1 || b == 2) && (year_last || year_first) && ends ? third
                                                                   : NULL;
}

/* ---- document numbers ---- */

static const char *skip_blank(const char *p, const char *end)
{
    if (p < end && *p == ' ')
        return p + 1;
    return end - p > 1 && p[0] == '\xC2' && p[1] == '\xA0' ? p + 2 : p;
}

const char *dx_docno_separator(const char *p, const char *end, char *sep)
{
    p = skip_blank(p, end);
    if (p < end && (*p == '/' || *p == '-')) {
        *sep = *p++;
    } else if (end - p > 2 && p[0] == '\xE2' && p[1] == '\x80' &&
               (unsigned char)p[2] >= 0x90 && (unsigned char)p[2] <= 0x93) {
        *sep = '-'; /* hyphen, fixed hyphen, figure dash, en dash */
        p += 3;
    } else {
        return NULL;
    }
    return skip_blank(p, end);
}

/* The length of the capital at `p`, of those that codes of documents and
 * offices are made of; 0 when there is none. */
static size_t capital_len(const char *p, const char *end)
{
    unsigned char c = p < end ? (unsigned char)*p : 0;
    unsigned char next = end - p > 1 ? (unsigned char)p[1] : 0;

    if (c >= 'A' && c <= 'Z')
        return 1;
    bool d = (c == 0xC4 || c == 0xC3) && next == 0x90; /* Đ, eth */
    return d || (c == 0xC6 && next == 0xAF) ? 2 : 0;   /* Ư */
}

/* A blank may stand only before what looks like a code: QĐ, TTg, UBND. */
static bool is_code(const char *p, const char *end)
{
    size_t n = capital_len(p, end);

    return n && capital_len(p + n, end);
}

/* The end of the part of a document number at `p`: one that begins with a
 * letter, or a year after the first slash; NULL when it is neither. */
static const char *docno_part_end(const char *p, const char *end, bool may_year)
{
    if (p == end || class_at(p) <= MIXED)
        return NULL;
    if (class_at(p) == LETTER)
        return skip_run(p, end);
    const char *digits = skip_digits(p, end);
    bool year = may_year && digits - p == 4 && digits < end && *digits == '/';
    return year ? digits : NULL;
}

static bool has_blank(const char *from, const char *part)
{
    return *from == ' ' || *from == '\xC2' || part[-1] == ' ' ||
           part[-1] == '\xA0';
}

/* The end of a document number: 749/QĐ-TTg, 13/2023/NĐ-CP, 57-NQ/TW,
 * 18/2026/QH15, in small letters too, and with blanks as in 102 - QĐ/TW. It
 * needs a slash, and either a code after a hyphen or, after the year, a code
 * that ends with a number. So 100/kg is none, nor is 749/QĐ, which somebody
 * began to type. */
static const char *docno_end(const char *p, const char *end)
{
    const char *at = skip_digits(p, end), *part;
    bool slash = false, year = false, codes = false, complete = false;
    char sep;

    if (at - p > DOCNO_DIGITS_MAX)
        return NULL;
    while ((part = dx_docno_separator(at, end, &sep)) != NULL) {
        bool may_year = sep == '/' && !year && !codes;
        const char *part_end = docno_part_end(part, end, may_year);
        if (!part_end ||
            (has_blank(at, part) && (complete || !is_code(part, end))))
            break;
        bool code = class_at(part) == LETTER;
        bool numbered = class_at(part_end - 1) == DIGIT;
        slash |= sep == '/';
        year |= !code;
        codes |= code;
        complete |= code && (sep == '-' || (year && numbered));
        at = part_end;
    }
    return slash && complete ? at : NULL;
}

/* ---- numbers ---- */

/* The end of a number with its inner points and commas, and of a unit written
 * directly after it (3.600m2, 10.000đ). */
static const char *number_end(const char *p, const char *end)
{
    const char *at = skip_digits(p, end);

    while (at + 1 < end && (*at == '.' || *at == ',') &&
           class_at(at + 1) == DIGIT)
        at = skip_digits(at + 1, end);
    return skip_run(at, end);
}

static const char *digit_word_end(const char *p, const char *end)
{
    const char *at = skip_digits(p, end);
    const char *longer;

    if (at == end || class_at(at) == LETTER)
        return skip_run(at, end);
    if ((longer = date_end(p, end)) == NULL &&
        (longer = docno_end(p, end)) == NULL)
        longer = number_end(p, end);
    return longer - p <= (ptrdiff_t)DX_WORD_MAX_BYTES ? longer : at;
}

/* Cuts a run that is too long, between two characters. */
static const char *limit(const char *p, const char *stop)
{
    if (stop - p <= (ptrdiff_t)DX_WORD_MAX_BYTES)
        return stop;
    stop = p + DX_WORD_MAX_BYTES;
    for (unsigned i = 0; i < 3 && ((unsigned char)*stop & 0xC0) == 0x80; i++)
        stop--;
    return stop;
}

static const char *word_end(const char *p, const char *end)
{
    if (end - p >= (ptrdiff_t)DX_PLAIN_ROOM) {
        dx_plain_run run = dx_plain_run_at(p);
        if (dx_plain_is_word(run))
            return p + run.len;
    }
    /* No run is read further than it can be taken, or a text without blanks
     * would be read once for each word cut off it. */
    if (end - p > (ptrdiff_t)DX_WORD_SEEN_BYTES)
        end = p + DX_WORD_SEEN_BYTES;
    return limit(p, p < end && class_at(p) == DIGIT ? digit_word_end(p, end)
                                                    : skip_run(p, end));
}

bool dx_lexer_next(dx_lexer *lx, dx_str *gap, dx_str *word)
{
    const char *p = lx->at, *end = lx->end;

    if (p >= end)
        return false;
    p = skip_gap(p, end);
    *gap = (dx_str){lx->at, (size_t)(p - lx->at)};
    lx->at = word_end(p, end);
    *word = (dx_str){p, (size_t)(lx->at - p)};
    return true;
}
