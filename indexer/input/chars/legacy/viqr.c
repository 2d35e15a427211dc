/* VIQR to UTF-8. */
#include "indexer/input/chars/legacy/viqr.h"

#include <stdint.h>
#include <string.h>

#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/legacy/plausible.h"

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

static size_t put_vowel(char base, int row, int tone, char *out)
{
    uint32_t small = dx_vowels[row][tone];

    return dx_char_put(out, !is_capital(base) ? small
                            : small < 0x100 ? small - 32 : small - 1);
}

static int tone_of(char c)
{
    static const char tones[] = "`'?~.";
    const char *found = c ? strchr(tones, c) : NULL;

    return found ? (int)(found - tones) + 1 : 0;
}

/* Whether the letter before `p` is a vowel, with or without its shape. */
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
                       p > s.ptr && !dx_is_digit(p[-1]) && p[-1] != '.' &&
                       (p + 1 == end || p[1] == ' ');
    return u;
}

/* Whether the letters at `word`, up to `end` and with all signs among them, are a
 * syllable. */
static bool is_syllable(const char *word, const char *end)
{
    char text[64];
    size_t n = 0;

    while (word < end && n + 4 <= sizeof text) {
        char base = *word++;
        if (!is_ascii_letter(base))
            return false;
        if ((base | 32) == 'd' && word < end && (*word | 32) == 'd') {
            word++;
            n += dx_char_put(text + n, is_capital(base) ? 0x110 : 0x111);
            continue;
        }
        int row = word < end && strchr("^(+", *word) ? row_of(base, *word) : -1;
        word += row >= 0;
        row = row < 0 ? row_of(base, 0) : row;
        int tone = row >= 0 && word < end ? tone_of(*word) : 0;
        word += tone > 0;
        n += row < 0 ? dx_char_put(text + n, (unsigned char)base)
                     : put_vowel(base, row, tone, text + n);
    }
    return word == end && dx_plausible_word((dx_str){text, n});
}

static bool is_sign(char c) { return tone_of(c) || strchr("^(+", c); }

/* The word around the sign at `p`, which ends in it or goes on behind it. */
static bool is_in_syllable(const char *p, const char *end, const char *start)
{
    const char *word = p, *stop = p + 1;

    while (word > start &&
           (is_ascii_letter(word[-1]) ||
               (is_sign(word[-1]) && behind_open_vowel(word - 1, start))))
        word--;
    if (ends_word(p, end))
        return is_syllable(word, stop);
    while (stop < end && (is_ascii_letter(*stop) || is_sign(*stop)))
        stop++;
    if (is_syllable(word, stop))
        return true;
    while (stop > p + 1 && !is_ascii_letter(stop[-1]))
        stop--;
    return is_syllable(word, stop);
}

/* Whether the vowel at `p` ends a group that has its tone before: "sai", "cao",
 * "bia", but not "qua", "gia", "gio", "quy", "qui". */
static bool is_glide(const char *p, const char *start)
{
    const char *first = p - 1;

    while (first > start && strchr("^(+", *first))
        first--;
    if (first < start || row_of(*first, 0) < 0)
        return false;
    char vowel = (char)(*p | 32), before = (char)(*first | 32);
    char onset = first > start ? (char)(first[-1] | 32) : ' ';
    if ((before == 'u' && onset == 'q') || (before == 'i' && onset == 'g'))
        return false;
    if (vowel == 'a')
        return before == 'u' || before == 'i';
    return vowel == 'i' || vowel == 'u' || vowel == 'o' ||
           (vowel == 'y' && before != 'u');
}

/* Whether the sign at `p`, behind a vowel, can be its tone. */
static bool may_be_tone(const char *p, const char *end, const char *start)
{
    bool shaped = strchr("^(+", p[-1]) != NULL;

    if (!shaped && ends_word(p, end) && is_glide(p - 1, start))
        return false;
    return (shaped && !ends_word(p, end)) || is_in_syllable(p, end, start);
}

/* Whether a sign behind `p` closes the quotation, so that the one at `p` need not: one
 * that can be nothing else, or one with no blank behind it; else the first does. */
static bool closes_later(const char *p, const char *end, const char *start)
{
    if (p + 1 < end && p[1] != ' ')
        return false;
    for (p++; p < end; p++) {
        if (end - p >= 3 && memcmp(p, "\xE2\x80\x99", 3) == 0) /* ’ */
            return true;
        if (*p != '\'')
            continue;
        if (p[-1] == ' ')
            return false;
        if (ends_word(p, end) && (p + 1 == end || p[1] != ' ' ||
                                     !behind_open_vowel(p, start) ||
                                     !may_be_tone(p, end, start)))
            return true;
    }
    return false;
}

static bool ends_with(const char *p, const char *start, const char *word)
{
    size_t n = strlen(word);

    return (size_t)(p - start) >= n && memcmp(p - n, word, n) == 0;
}

/* Whether the text up to the sign at `p` is a question: it ends like one ("ở đâu?"),
 * or, if that is the end of all, has a word that asks. */
static bool asks(const char *p, const char *end, const char *start)
{
    static const char *const last[] = {" ai", " sao", " ddau", " dda^u", " chu+a",
        " gi", " bao gio"};
    static const char *const any[] = {"ai", "Ai", "sao", "dda^u", "gi`", "na`o", "nhie^u",
        "lie^.u"};
    const char *word = p;

    for (size_t i = 0; i < sizeof last / sizeof *last; i++)
        if (ends_with(p, start, last[i]))
            return true;
    for (p++; p < end; p++)
        if (*p != '\'' && *p != '"' && *p != ' ')
            return false;
    while (word > start) {
        const char *stop = word;
        while (word > start && word[-1] != ' ')
            word--;
        for (size_t i = 0; i < sizeof any / sizeof *any; i++)
            if (dx_str_eq((dx_str){word, (size_t)(stop - word)}, dx_str_from(any[i])))
                return true;
        word -= word > start;
    }
    return false;
}

/* Whether the sign at `p`, behind a vowel, is a tone: "la. Sau" may end a
 * sentence, "U.23" has none. */
static bool is_tone(const char *p, const char *end, const usage *u)
{
    if (*p == '`' || *p == '~')
        return true;
    if (!may_be_tone(p, end, u->start))
        return false;
    if (!ends_word(p, end)) {
        bool initial = p - u->start < 2 || !is_ascii_letter(p[-2]);
        return *p != '.' || !initial || !is_capital(p[-1]) || !is_capital(p[1]);
    }
    if (*p == '\'')
        return !u->quoting || (p + 1 < end && p[1] == '\'') ||
               closes_later(p, end, u->start);
    bool capital = p + 2 < end && p[1] == ' ' && is_capital(p[2]);
    if (*p == '?')
        return (p + 1 < end && (strchr("?.,", p[1]) || (p[1] == ' ' && !capital))) ||
               !asks(p, end, u->start);
    if (p + 1 < end && (p[1] == '.' || dx_is_digit(p[1]))) /* "la...", "la...." */
        return end - p >= 4 && memcmp(p, "....", 4) == 0;
    return !u->sentences || (p + 1 < end && !capital);
}

/* Writes the letter at *p, with its signs if it is a vowel. */
static size_t put_letter(const char **p, const char *end, usage *u, char *out)
{
    char base = **p;
    const char *at = *p + 1;
    int row = -1, tone = 0;

    if (at < end && (*at == '^' || *at == '(' || *at == '+') &&
        (row = row_of(base, *at)) >= 0)
        at++;
    if (row < 0)
        row = row_of(base, 0);
    if (row >= 0 && at < end && tone_of(*at) && !u->toned && is_tone(at, end, u)) {
        tone = tone_of(*at++);
        u->toned = true;
    }
    *p = at;
    if (row >= 0)
        return put_vowel(base, row, tone, out);
    out[0] = base;
    return 1;
}

/* "dda^`u", "HDDND", but not "daddy", "DDR5": in small letters a word with no other
 * sign has to be a syllable. */
static bool is_barred(const char *p, const char *end)
{
    const char *stop = p;
    bool capitals = true;

    if ((*p | 32) != 'd' || p + 1 >= end || (p[1] | 32) != 'd')
        return false;
    for (; stop < end && is_ascii_letter(*stop); stop++)
        capitals &= is_capital(*stop);
    if (stop < end && (is_sign(*stop) || dx_is_digit(*stop)))
        return is_sign(*stop);
    return capitals || is_syllable(p, stop);
}

static size_t decode(dx_str s, char *out)
{
    const char *p = s.ptr, *end = dx_str_end(s);
    usage u = usage_of(s);
    size_t n = 0;

    while (p < end) {
        u.toned = u.toned && is_ascii_letter(*p);
        if (*p == '\\' && p + 1 < end && is_sign(p[1])) {
            out[n++] = p[1];
            p += 2;
        } else if (is_barred(p, end)) {
            n += dx_char_put(out + n, is_capital(*p) ? 0x110 : 0x111);
            p += 2;
        } else if (is_ascii_letter(*p)) {
            n += put_letter(&p, end, &u, out + n);
        } else {
            if (*p == '\'')
                u.quoting = !ends_word(p, end);
            out[n++] = *p++;
        }
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

/* What tells VIQR from other text. */
typedef struct evidence {
    size_t shapes; /* signs behind vowels that are no punctuation */
    size_t pairs;  /* of these, with a tone behind: "e^.", "u+'" */
    size_t inner;  /* other tones within words: "ho.c" */
} evidence;

static evidence evidence_of(dx_str para)
{
    evidence e = {0, 0, 0};
    const char *s = para.ptr;

    for (size_t i = 1; i < para.len; i++) {
        if (is_ascii_letter(s[i]) || s[i] == ' ' || row_of(s[i - 1], 0) < 0)
            continue;
        bool more = i + 1 < para.len;
        if (is_shape(s[i])) {
            e.shapes++;
            e.pairs += more && s[i] != '`' && s[i] != '~' && tone_of(s[i + 1]);
        } else {
            e.inner += i > 1 && more && tone_of(s[i]) && is_ascii_letter(s[i - 2]) &&
                       is_ascii_letter(s[i + 1]);
        }
    }
    return e;
}

bool dx_viqr_decode(dx_str para, char *out, size_t *len)
{
    for (size_t i = 0; i < para.len; i++)
        if ((unsigned char)para.ptr[i] >= 0xC3 &&
            (unsigned char)para.ptr[i] != 0xE2) /* but for quotation marks */
            return false;
    evidence e = evidence_of(para);
    if (e.shapes == 0 || e.shapes + e.inner < 2)
        return false;
    *len = decode(para, out);
    size_t words = count_words(para);
    if (words > 4 * count_starts((dx_str){out, *len}))
        return false;
    dx_plausible found = dx_plausible_count((dx_str){out, *len});
    bool sure = e.pairs >= 2 || (e.pairs == 1 && e.shapes + e.inner >= 3);
    return found.valid >= (sure ? 2 : 3) &&
           dx_plausible_share(found) >= 700 && found.valid * 4 >= words;
}
