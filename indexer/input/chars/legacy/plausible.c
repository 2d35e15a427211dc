/* How much of a text can be Vietnamese. */
#include "indexer/input/chars/legacy/plausible.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "common/text/syllable.h"
#include "indexer/input/chars/chars.h"

/* Rows of dx_vowels. */
enum { ROW_NONE = -1, ROW_A, ROW_A_BREVE, ROW_A_HAT, ROW_E, ROW_E_HAT, ROW_I, ROW_O,
    ROW_O_HAT, ROW_O_HORN, ROW_U, ROW_U_HORN, ROW_Y };

/* How frequent each letter of dx_vowels is in Vietnamese news and laws, those of
 * ASCII aside: four more is twice as frequent. Counted in 28,000 articles. */
static const uint8_t frequency[DX_VOWEL_ROWS][6] = {
    {0, 40, 39, 36, 29, 36},
    {30, 22, 27, 13, 12, 26},
    {33, 30, 34, 24, 23, 33},
    {0, 15, 23, 24, 21, 18},
    {35, 34, 36, 34, 23, 37},
    {0, 30, 31, 26, 22, 34},
    {0, 27, 34, 23, 15, 28},
    {35, 29, 35, 32, 20, 35},
    {32, 33, 34, 30, 16, 34},
    {0, 26, 28, 33, 22, 31},
    {39, 28, 31, 26, 28, 32},
    {0, 16, 26, 18, 21, 0},
};
enum { FREQUENCY_OF_D = 42 }; /* of đ */

/* What the bases do not tell: c, ch, p, t have the tone ´ or . and no other; ch and
 * nh follow a, ê, i, y; c and ng do not follow ê, i, ơ, y, but in "iê", "ươ"; ă and
 * â end no syllable. */
static bool ending_fits(const char *small, size_t n, int tone, const int rows[2],
    bool open)
{
    char last = small[n - 1], other = n > 1 ? small[n - 2] : ' ';
    bool with_h = last == 'h' && (other == 'c' || other == 'n');
    bool velar = last == 'c' || (last == 'g' && other == 'n');
    bool stop = last == 'c' || last == 'p' || last == 't' ||
                (with_h && other == 'c');
    int row = rows[0];

    if (stop && tone != 2 && tone != 5)
        return false;
    if (with_h && n > 2)
        return row == ROW_A || row == ROW_E_HAT || row == ROW_I || row == ROW_Y;
    if (row == ROW_O && rows[1] == ROW_O) /* "xoong", "moóc" */
        return velar;
    if (velar && rows[1] == ROW_NONE)
        return row != ROW_E_HAT && row != ROW_I && row != ROW_O_HORN && row != ROW_Y;
    return !(open && (row == ROW_A_BREVE || row == ROW_A_HAT));
}

/* Nor do they tell which vowels stand behind which: "uô", "ươ", "giữ", "ây", but not
 * "aô". For each row those that may stand before it, a bit each. */
static const uint16_t vowels_before[DX_VOWEL_ROWS] = {
    [ROW_A] = 1 << ROW_I | 1 << ROW_O | 1 << ROW_U | 1 << ROW_U_HORN | 1 << ROW_Y,
    [ROW_A_BREVE] = 1 << ROW_I | 1 << ROW_O | 1 << ROW_U,
    [ROW_A_HAT] = 1 << ROW_I | 1 << ROW_U,
    [ROW_E] = 1 << ROW_I | 1 << ROW_O | 1 << ROW_U,
    [ROW_E_HAT] = 1 << ROW_I | 1 << ROW_U | 1 << ROW_Y,
    [ROW_I] = 1 << ROW_A | 1 << ROW_O | 1 << ROW_O_HAT | 1 << ROW_O_HORN | 1 << ROW_U |
              1 << ROW_U_HORN,
    [ROW_O] = 1 << ROW_A | 1 << ROW_E | 1 << ROW_I | 1 << ROW_O,
    [ROW_O_HAT] = 1 << ROW_I | 1 << ROW_U,
    [ROW_O_HORN] = 1 << ROW_I | 1 << ROW_U | 1 << ROW_U_HORN,
    [ROW_U] = 1 << ROW_A | 1 << ROW_A_HAT | 1 << ROW_E | 1 << ROW_E_HAT | 1 << ROW_I |
              1 << ROW_O_HORN | 1 << ROW_U_HORN | 1 << ROW_Y,
    [ROW_U_HORN] = 1 << ROW_I,
    [ROW_Y] = 1 << ROW_A | 1 << ROW_A_HAT | 1 << ROW_U,
};

static bool follows(int row, int before)
{
    return row == ROW_NONE || before == ROW_NONE || (vowels_before[row] >> before & 1);
}

typedef struct word {
    unsigned letters, marked;  /* of these, beyond ASCII */
    unsigned common;           /* these, by frequency */
    bool valid;
} word;

/* A capital after a small letter is how wrong decodings look. */
static word judge_word(const char *p, const char *end)
{
    char small[64];
    size_t n = 0;
    int tone = 0, before = ROW_NONE;
    int vowels[2] = {ROW_NONE, ROW_NONE}; /* the last, and what it follows */
    bool seen_small = false, broken = p == end;
    word w = {0, 0, 0, false};

    while (p < end && n + 4 <= sizeof small) {
        uint32_t c = dx_char_next(&p, end), lower = dx_char_lower(c);
        int at = dx_vowel_at(lower), row = at < 0 ? ROW_NONE : at / 6;
        bool foreign = at < 0 && lower >= 0x80 && lower != 0x111;
        int its_tone = at < 0 ? 0 : at % 6;
        assert(row < DX_VOWEL_ROWS);
        broken |= foreign || (lower != c && seen_small) ||
                  (its_tone > 0 && tone > 0) ||
                  !follows(row, before);
        tone = its_tone > 0 ? its_tone : tone;
        if (row != ROW_NONE)
            vowels[1] = before, vowels[0] = row;
        before = row;
        seen_small |= lower == c;
        w.letters++;
        w.marked += c >= 0x80;
        w.common += row >= 0 ? frequency[row][its_tone]
                            : lower == 0x111 ? FREQUENCY_OF_D : 0;
        n += dx_char_put(small + n, lower);
    }
    w.valid = !broken && p == end && dx_syllable_is_valid((dx_str){small, n}) &&
              ending_fits(small, n, tone, vowels, before != ROW_NONE);
    return w;
}

bool dx_plausible_word(dx_str s)
{
    return judge_word(s.ptr, dx_str_end(s)).valid;
}

bool dx_plausible_is_better(dx_plausible a, dx_plausible b)
{
    unsigned share = dx_plausible_share(a), other = dx_plausible_share(b);

    if (share != other)
        return share > other;
    if (a.valid != b.valid)
        return a.valid > b.valid;
    return (uint64_t)a.common * b.letters > (uint64_t)b.common * a.letters;
}

static void count_word(const char *p, const char *end, dx_plausible *count)
{
    word w = judge_word(p, end);

    if (!w.marked || w.letters == 1)
        return;
    count->marked++;
    if (!w.valid)
        return;
    count->valid++;
    count->letters += w.marked;
    count->common += w.common;
}

static bool is_letter_at(const char *p, const char *end)
{
    return p < end && dx_char_is_letter(dx_char_next(&p, end));
}

/* Letters, and the signs that letters become in a wrong decoding: "s¯" for
 * "số". Signs that texts do have count between two letters only. */
static bool is_word_char(uint32_t c, bool after_letter, const char *next,
    const char *end)
{
    static const char usual[] = "\xA0\xA7\xA9\xAB\xAE\xB0\xB1\xB2\xB3\xB7\xBB"
                                "\xBC\xBD\xBE";

    if (dx_char_is_letter(c) || c == DX_CHAR_UNKNOWN)
        return true;
    if (c < 0x80 || (c >= 0xC0 && c != 0xD7 && c != 0xF7))
        return false;
    return (c < 0xC0 && !strchr(usual, (int)c)) ||
           (after_letter && is_letter_at(next, end));
}

dx_plausible dx_plausible_count(dx_str utf8)
{
    const char *p = utf8.ptr, *end = dx_str_end(utf8), *start = NULL;
    dx_plausible count = {0, 0, 0, 0};

    while (p < end) {
        const char *at = p;
        uint32_t c = dx_char_next(&p, end);
        if (is_word_char(c, start != NULL, p, end)) {
            if (!start)
                start = at;
        } else if (start) {
            count_word(start, at, &count);
            start = NULL;
        }
    }
    if (start)
        count_word(start, end, &count);
    return count;
}
