/* The kinds of slips, and which of them makes one word of another. */
#include "searcher/understand/typos/likelihood.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "common/text/letter.h"
#include "common/text/utf8.h"

#define LETTERS_MAX 12u

/* Logarithms of rough shares: what is frequent among slips, divided by how many
 * words such a slip may give. They only have to order the kinds. */
#define NEIGHBOUR_KEY (-4.0)
#define OTHER_KEY (-7.0)
#define SWAPPED (-3.5)
#define DOUBLED (-3.0)
#define DROPPED (-4.0)
#define ADDED_NEIGHBOUR (-5.0)
#define ADDED (-7.0)
#define OTHER_MARK (-3.5) /* ô for o, ă for â */
#define OTHER_TONE (-3.5)
/* A slip often costs the word its tone, too. */
#define TONE_LOST (-2.0)

typedef struct word {
    uint32_t base[LETTERS_MAX], quality[LETTERS_MAX];
    size_t count;
    uint32_t tone; /* dx_tone */
    size_t toned;  /* the letter that has it */
} word;

static bool is_quality(uint32_t c)
{
    return c == DX_QUALITY_CIRCUMFLEX || c == DX_QUALITY_BREVE ||
           c == DX_QUALITY_HORN;
}

static bool is_tone(uint32_t c)
{
    return c == DX_TONE_GRAVE || c == DX_TONE_ACUTE || c == DX_TONE_TILDE ||
           c == DX_TONE_HOOK || c == DX_TONE_DOT;
}

/* A doubled letter may have the tone twice. */
static bool add_part(word *w, uint32_t c)
{
    if (is_quality(c) && w->count > 0) {
        w->quality[w->count - 1] = c;
        return true;
    }
    if (is_tone(c) && w->count > 0) {
        bool same = w->tone == DX_TONE_NONE || w->tone == c;
        w->tone = c;
        w->toned = w->count - 1;
        return same;
    }
    if (w->count == LETTERS_MAX)
        return false;
    w->base[w->count++] = c;
    return true;
}

/* False where it is no word that slips are looked for in. */
static bool take_apart(dx_str s, word *out)
{
    uint32_t parts[DX_DECOMPOSED_MAX], c;
    const char *p = s.ptr, *end = dx_str_end(s);

    *out = (word){.tone = DX_TONE_NONE};
    while (p < end) {
        if ((unsigned char)*p < 0x80) {
            if (!add_part(out, (unsigned char)*p++))
                return false;
            continue;
        }
        size_t n = dx_utf8_decode(p, end, &c);
        if (n == 0)
            return false;
        p += n;
        size_t count = dx_char_decompose(c, parts);
        for (size_t i = 0; i < count; i++)
            if (!add_part(out, parts[i]))
                return false;
    }
    return out->count > 0;
}

static bool same_letter(const word *a, size_t i, const word *b, size_t k)
{
    return a->base[i] == b->base[k] && a->quality[i] == b->quality[k];
}

/* Whether all from a's letter `i` on is what b has from `k` on. */
static bool same_rest(const word *a, size_t i, const word *b, size_t k)
{
    if (a->count - i != b->count - k)
        return false;
    while (i < a->count && same_letter(a, i, b, k))
        i++, k++;
    return i == a->count;
}

bool dx_keys_are_neighbours(uint32_t a, uint32_t b)
{
    static const char *const rows[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};

    if (a >= 0x80 || b >= 0x80 || a == 0 || b == 0)
        return false;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *at = strchr(rows[i], (int)a);
        if (at && ((at > rows[i] && at[-1] == (char)b) || at[1] == (char)b))
            return true;
    }
    return false;
}

/* Of a letter too many, the one at `i`: the second of two is the first that
 * differs. */
static double added_letter(const word *typed, size_t i)
{
    uint32_t before = i > 0 ? typed->base[i - 1] : 0;
    uint32_t after = i + 1 < typed->count ? typed->base[i + 1] : 0;
    uint32_t letter = typed->base[i];

    if (letter == before)
        return DOUBLED;
    return dx_keys_are_neighbours(letter, before) ||
                   dx_keys_are_neighbours(letter, after)
               ? ADDED_NEIGHBOUR
               : ADDED;
}

/* Of letters that differ first at `i`; *touched is the letter of `meant` that
 * was hit, or its count. */
static double letter_slip(const word *typed, const word *meant, size_t i,
    size_t *touched)
{
    *touched = i;
    if (typed->count == meant->count) {
        if (same_rest(typed, i + 1, meant, i + 1)) {
            if (typed->base[i] == meant->base[i])
                return OTHER_MARK;
            return dx_keys_are_neighbours(typed->base[i], meant->base[i])
                       ? NEIGHBOUR_KEY
                       : OTHER_KEY;
        }
        bool swapped = i + 1 < typed->count &&
                       same_letter(typed, i, meant, i + 1) &&
                       same_letter(typed, i + 1, meant, i) &&
                       same_rest(typed, i + 2, meant, i + 2);
        return swapped ? SWAPPED : -INFINITY;
    }
    if (typed->count + 1 == meant->count)
        return same_rest(typed, i, meant, i + 1) ? DROPPED : -INFINITY;
    *touched = meant->count;
    if (typed->count != meant->count + 1 ||
        !same_rest(typed, i + 1, meant, i))
        return -INFINITY;
    return added_letter(typed, i);
}

double dx_slip_likelihood(dx_str typed, dx_str meant)
{
    word t, m;
    size_t i = 0, touched;

    if (!take_apart(typed, &t) || !take_apart(meant, &m))
        return -INFINITY;
    while (i < t.count && i < m.count && same_letter(&t, i, &m, i))
        i++;
    if (i == t.count && i == m.count)
        return t.tone == m.tone ? -INFINITY : OTHER_TONE;
    double slip = letter_slip(&t, &m, i, &touched);
    if (t.tone == m.tone)
        return slip;
    if (t.tone != DX_TONE_NONE)
        return -INFINITY;
    return m.toned == touched ? slip : slip + TONE_LOST;
}

bool dx_slip_is_mark(dx_str typed, dx_str meant)
{
    word t, m;

    if (!take_apart(typed, &t) || !take_apart(meant, &m) ||
        t.count != m.count)
        return false;
    for (size_t i = 0; i < t.count; i++)
        if (t.base[i] != m.base[i])
            return false;
    return true;
}
