#include "common/text/analyzer.h"

enum { GAP, LETTER, DIGIT };

/* Bytes from 0x80 on are letters here: which of them really are is the
 * analyzer's business, once per distinct word. */
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
#define X4(n) [n] = LETTER, [n + 1] = LETTER, [n + 2] = LETTER, [n + 3] = LETTER
#define X16(n) X4(n), X4(n + 4), X4(n + 8), X4(n + 12)
    X16(0x80), X16(0x90), X16(0xA0), X16(0xB0),
    X16(0xC0), X16(0xD0), X16(0xE0), X16(0xF0),
#undef X16
#undef X4
};

static inline uint8_t class_at(const char *p)
{
    return class_of[(unsigned char)*p];
}

static const char *skip_digits(const char *p, const char *end)
{
    while (p < end && class_at(p) == DIGIT)
        p++;
    return p;
}

static const char *skip_run(const char *p, const char *end)
{
    while (p < end && class_at(p) != GAP)
        p++;
    return p;
}

/* A closing quotation mark, dash or fixed space may follow directly; these
 * blocks of Unicode hold no letters. */
static bool starts_punctuation(const char *p)
{
    return (unsigned char)*p == 0xE2 || (unsigned char)*p == 0xC2;
}

/* The end of a date from `p` on: d/m/yyyy or yyyy-m-d with one separator of
 * "/-." throughout; NULL when there is none. Whether there is such a day is
 * the analyzer's question. */
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
    bool ends = third == end || class_at(third) == GAP ||
                starts_punctuation(third);
    return (b == 1 || b == 2) && (year_last || year_first) && ends ? third
                                                                   : NULL;
}

typedef struct docno_shape {
    unsigned parts, slashes, letter_parts;
    bool has_capital, second_is_year, has_hyphen;
} docno_shape;

static bool is_capital(const char *p, const char *end)
{
    unsigned char c = (unsigned char)*p;

    return (c >= 'A' && c <= 'Z') ||
           (c == 0xC4 && end - p > 1 && (unsigned char)p[1] == 0x90) ||
           (c == 0xC3 && end - p > 1 && (unsigned char)p[1] == 0x90);
}

static void add_part(docno_shape *s, const char *p, const char *part_end)
{
    bool digits = skip_digits(p, part_end) == part_end;

    s->parts++;
    s->letter_parts += class_at(p) == LETTER;
    s->has_capital |= is_capital(p, part_end);
    s->second_is_year |= s->parts == 2 && digits && part_end - p == 4;
}

/* The end of a document number: 749/QĐ-TTg, 13/2023/NĐ-CP, 57-NQ/TW; in small
 * letters only in the shapes that nothing else has (100/kg is no number). */
static const char *docno_end(const char *p, const char *end)
{
    const char *at = skip_digits(p, end);
    docno_shape s = {.parts = 1};

    if (at - p > 6)
        return NULL;
    while (at < end && (*at == '/' || *at == '-') && at + 1 < end &&
           class_at(at + 1) != GAP && s.parts < 6) {
        const char *part_end = skip_run(at + 1, end);
        s.slashes += *at == '/';
        s.has_hyphen |= *at == '-';
        add_part(&s, at + 1, part_end);
        at = part_end;
    }
    bool shaped = s.second_is_year ? s.slashes >= 2 : s.has_hyphen;
    return s.slashes && s.letter_parts && (s.has_capital || shaped) ? at : NULL;
}

/* The end of a number with its inner points and commas; a unit written
 * directly after it (3.600m2, 10.000đ) belongs to the word. */
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

/* Cuts a run that is too long, before a character. */
static const char *limit(const char *p, const char *stop)
{
    if (stop - p <= (ptrdiff_t)DX_WORD_MAX_BYTES)
        return stop;
    stop = p + DX_WORD_MAX_BYTES;
    for (unsigned i = 0; i < 3 && ((unsigned char)*stop & 0xC0) == 0x80; i++)
        stop--;
    return stop;
}

bool dx_lexer_next(dx_lexer *lx, dx_str *gap, dx_str *word)
{
    const char *p = lx->at, *end = lx->end;

    if (p >= end)
        return false;
    while (p < end && class_at(p) == GAP)
        p++;
    *gap = (dx_str){lx->at, (size_t)(p - lx->at)};
    const char *stop = p < end && class_at(p) == DIGIT ? digit_word_end(p, end)
                                                       : skip_run(p, end);
    stop = limit(p, stop);
    *word = (dx_str){p, (size_t)(stop - p)};
    lx->at = stop;
    return true;
}
