/* VIQR to UTF-8. */
#include "indexer/input/chars/viqr.h"

#include <stdint.h>
#include <string.h>

#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/plausible.h"

static bool is_ascii_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

/* Row of dx_vowels for a vowel and the sign of its shape (0 for none), or -1. */
static int row_of(char vowel, char shape)
{
    static const struct { char vowel, shape; } rows[DX_VOWEL_ROWS] = {
        {'a', 0}, {'a', '('}, {'a', '^'}, {'e', 0}, {'e', '^'}, {'i', 0},
        {'o', 0}, {'o', '^'}, {'o', '+'}, {'u', 0}, {'u', '+'}, {'y', 0}};

    for (int i = 0; i < DX_VOWEL_ROWS; i++)
        if (rows[i].vowel == (vowel | 32) && rows[i].shape == shape)
            return i;
    return -1;
}

static int tone_of(char c)
{
    static const char tones[] = "`'?~.";
    const char *found = c ? strchr(tones, c) : NULL;

    return found ? (int)(found - tones) + 1 : 0;
}

/* Whether the letter before `p` is a vowel without a tone yet. */
static bool behind_open_vowel(const char *p, const char *start)
{
    char c = p > start ? p[-1] : ' ';

    return c && (row_of(c, 0) >= 0 || strchr("^(+", c));
}

static bool ends_word(const char *p, const char *end)
{
    return p + 1 >= end || !is_ascii_letter(p[1]);
}

/* What the signs that are punctuation, too, are in a paragraph. */
typedef struct usage {
    const char *start;
    bool sentences; /* it has full stops that cannot be tones */
    bool quoting;   /* what is decoded now stands in '…' */
    bool toned;     /* the word that is decoded now has its tone */
} usage;

static usage usage_of(dx_str s)
{
    const size_t headline = 200; /* bytes; longer ones have sentences */
    const char *end = dx_str_end(s);
    usage u = {s.ptr, s.len > headline, false, false};

    for (const char *p = s.ptr; p < end; p++)
        u.sentences |= *p == '.' && !behind_open_vowel(p, s.ptr) &&
                       p > s.ptr && !dx_is_digit(p[-1]) &&
                       (p + 1 == end || p[1] == ' ');
    return u;
}

/* Whether one of the signs behind `p` must be the quotation mark that closes what
 * is open, so that the one at `p` need not be. */
static bool closes_later(const char *p, const char *end)
{
    const char *start = p;

    for (p++; p < end; p++)
        if (*p == '\'' && ends_word(p, end)) {
            if (p[-1] == ' ')
                return false;
            if (!behind_open_vowel(p, start))
                return true;
        }
    return false;
}

/* Questions end in these: "ở đâu?", "là ai?" */
static bool asks(const char *p, const char *start)
{
    static const char *const words[] = {" ai", " sao", " ddau", " dda^u",
        " chu+a", " gi", " bao gio"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if ((size_t)(p - start) >= n && memcmp(p - n, words[i], n) == 0)
            return true;
    }
    return false;
}

/* Whether the vowel at `p` ends a group that has its tone before: "sai", "cao",
 * "bia", but not "qua", "gia", "quy". */
static bool is_glide(const char *p, const char *start)
{
    const char *first = p - 1;

    while (first > start && strchr("^(+", *first))
        first--;
    if (first < start || row_of(*first, 0) < 0)
        return false;
    char vowel = (char)(*p | 32), before = (char)(*first | 32);
    char onset = first > start ? (char)(first[-1] | 32) : ' ';
    if (vowel == 'a')
        return (before == 'u' && onset != 'q') ||
               (before == 'i' && onset != 'g');
    return vowel == 'i' || vowel == 'u' || vowel == 'o' ||
           (vowel == 'y' && before != 'u');
}

/* Whether the sign at `p`, behind a vowel, is a tone: "la. Sau" may end a
 * sentence, "U.23" has none. */
static bool is_tone(const char *p, const char *end, const usage *u)
{
    if (*p == '`' || *p == '~')
        return true;
    if (!ends_word(p, end)) {
        bool initial = p - u->start < 2 || !is_ascii_letter(p[-2]);
        return *p != '.' || !initial || !is_capital(p[-1]) || !is_capital(p[1]);
    }
    if (*p == '\'')
        return !u->quoting || (p + 1 < end && p[1] == '\'') ||
               closes_later(p, end);
    if (*p == '?')
        return !asks(p, u->start) || (p + 1 < end && strchr("?.,", p[1]));
    if (p + 1 < end && (p[1] == '.' || dx_is_digit(p[1])))
        return false;
    bool capital = p + 2 < end && p[1] == ' ' && is_capital(p[2]);
    return !u->sentences || (p + 1 < end && !capital);
}

/* A vowel at *p with its signs. */
static uint32_t vowel(const char **p, const char *end, usage *u)
{
    char base = **p;
    const char *at = *p + 1;
    int row = -1, tone = 0;

    if (at < end && (*at == '^' || *at == '(' || *at == '+') &&
        (row = row_of(base, *at)) >= 0)
        at++;
    if (row < 0)
        row = row_of(base, 0);
    if (row < 0)
        return 0;
    if (at < end && tone_of(*at) && !u->toned &&
        !(ends_word(at, end) && at == *p + 1 && is_glide(*p, u->start)) &&
        is_tone(at, end, u)) {
        tone = tone_of(*at++);
        u->toned = true;
    }
    *p = at;
    uint32_t small = dx_vowels[row][tone];
    return !is_capital(base) ? small : small < 0x100 ? small - 32 : small - 1;
}

static size_t decode(dx_str s, char *out)
{
    const char *p = s.ptr, *end = dx_str_end(s);
    usage u = usage_of(s);
    size_t n = 0;

    while (p < end) {
        uint32_t c = 0;
        u.toned = u.toned && is_ascii_letter(*p);
        if (*p == '\\' && p + 1 < end && (tone_of(p[1]) || strchr("^(+", p[1])))
            out[n++] = *++p, p++;
        else if ((*p | 32) == 'd' && p + 1 < end && (p[1] | 32) == 'd')
            c = is_capital(*p) ? 0x110 : 0x111, p += 2;
        else if (is_ascii_letter(*p))
            c = vowel(&p, end, &u);
        else if (*p == '\'')
            u.quoting = !ends_word(p, end);
        if (c)
            n += dx_char_put(out + n, c);
        else if (p < end)
            out[n++] = *p++;
    }
    return n;
}

static size_t count_words(dx_str s)
{
    size_t words = 0;

    for (size_t i = 0; i < s.len; i++)
        words += is_ascii_letter(s.ptr[i]) && (i == 0 || s.ptr[i - 1] == ' ');
    return words;
}

/* Characters beyond ASCII: no more words can have any. */
static size_t count_starts(dx_str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += (unsigned char)s.ptr[i] >= 0xC0;
    return n;
}

/* Inline, for all letters of all texts. */
static bool is_shape(char c)
{
    return c == '^' || c == '(' || c == '+' || c == '`' || c == '~';
}

bool dx_viqr_decode(dx_str para, char *out, size_t *len)
{
    size_t shapes = 0;

    for (size_t i = 0; i < para.len; i++) {
        if ((unsigned char)para.ptr[i] >= 0xC3 &&
            (unsigned char)para.ptr[i] != 0xE2) /* but for quotation marks */
            return false;
        shapes += i > 0 && is_shape(para.ptr[i]) &&
                  row_of(para.ptr[i - 1], 0) >= 0;
    }
    if (shapes < 2)
        return false;
    *len = decode(para, out);
    size_t words = count_words(para);
    if (words > 4 * count_starts((dx_str){out, *len}))
        return false;
    dx_plausible found = dx_plausible_count((dx_str){out, *len});
    return found.valid >= 3 && dx_plausible_share(found) >= 700 &&
           found.valid * 4 >= words;
}
