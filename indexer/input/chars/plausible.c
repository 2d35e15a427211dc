/* How much of a text can be Vietnamese. */
#include "indexer/input/chars/plausible.h"

#include <stdbool.h>
#include <string.h>

#include "common/text/syllable.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/legacy.h"

/* Rows of dx_vowels. */
enum { ROW_NONE = -1, ROW_A, ROW_A_BREVE, ROW_A_HAT, ROW_E_HAT = 4, ROW_I, ROW_Y = 11 };

/* The tone of a Vietnamese letter: 0 for none, a column of dx_vowels; -1 when it
 * is no letter of Vietnamese. *row: of a vowel. */
static int tone_of(uint32_t small, int *row)
{
    int at = dx_vowel_at(small);

    *row = at < 0 ? ROW_NONE : at / 6;
    if (at >= 0)
        return at % 6;
    return small < 0x80 || small == 0x111 ? 0 : -1;
}

/* What the bases do not tell: c, ch, p, t have the tone ´ or . and no other; ch and
 * nh follow a, ê, i, y; ă and â end no syllable. */
static bool ending_fits(const char *small, size_t n, int tone, int row,
    bool open)
{
    char last = small[n - 1];
    bool with_h = last == 'h' && n > 1 &&
                  (small[n - 2] == 'c' || small[n - 2] == 'n');
    bool stop = last == 'c' || last == 'p' || last == 't' ||
                (with_h && small[n - 2] == 'c');

    if (stop && tone != 2 && tone != 5)
        return false;
    if (with_h && n > 2)
        return row == ROW_A || row == ROW_E_HAT || row == ROW_I || row == ROW_Y;
    return !(open && (row == ROW_A_BREVE || row == ROW_A_HAT));
}

/* A capital after a small letter is how wrong decodings look. */
static void judge_word(const char *p, const char *end, dx_plausible *count)
{
    char small[64];
    size_t n = 0;
    int tone = 0, letters = 0, row = ROW_NONE, vowel = ROW_NONE;
    bool marked = false, seen_small = false, broken = false;

    while (p < end && n + 4 <= sizeof small) {
        uint32_t c = dx_char_next(&p, end), lower = dx_char_lower(c);
        bool capital = lower != c;
        letters++;
        int its_tone = tone_of(lower, &row);
        vowel = row == ROW_NONE ? vowel : row;
        marked |= c >= 0x80;
        broken |= (capital && seen_small) || its_tone < 0 ||
                  (its_tone > 0 && tone > 0);
        tone = its_tone > 0 ? its_tone : tone;
        seen_small |= !capital;
        n += dx_char_put(small + n, lower);
    }
    if (!marked || letters == 1)
        return;
    count->marked++;
    if (!broken && p == end && dx_syllable_is_valid((dx_str){small, n}) &&
        ending_fits(small, n, tone, vowel, row != ROW_NONE))
        count->valid++;
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

    if (dx_char_is_letter(c) || c == DX_LEGACY_UNKNOWN)
        return true;
    if (c < 0x80 || (c >= 0xC0 && c != 0xD7 && c != 0xF7))
        return false;
    return (c < 0xC0 && !strchr(usual, (int)c)) ||
           (after_letter && is_letter_at(next, end));
}

dx_plausible dx_plausible_count(dx_str utf8)
{
    const char *p = utf8.ptr, *end = dx_str_end(utf8), *start = NULL;
    dx_plausible count = {0, 0};

    while (p < end) {
        const char *at = p;
        uint32_t c = dx_char_next(&p, end);
        if (is_word_char(c, start != NULL, p, end)) {
            if (!start)
                start = at;
        } else if (start) {
            judge_word(start, at, &count);
            start = NULL;
        }
    }
    if (start)
        judge_word(start, end, &count);
    return count;
}
