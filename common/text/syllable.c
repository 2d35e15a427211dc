/* Matches letters without marks against onset + nucleus + coda. It is meant to
 * tell Vietnamese from foreign words, not right spelling from wrong: "ghe" and
 * "nge" both pass. */
#include "common/text/syllable.h"

#include "common/text/letter.h"
#include "common/text/utf8.h"

#define SYLLABLE_LETTERS_MAX 7 /* nghieng */

static const char onsets[][4] = {"ngh", "ch", "gh", "gi", "kh", "ng", "nh",
    "ph", "qu", "th", "tr", "b", "c", "d", "g", "h", "k", "l", "m", "n", "p",
    "r", "s", "t", "v", "x", ""};

/* Vowel groups, and whether they occur without and with a final consonant. */
static const struct nucleus {
    char letters[4];
    bool open, closed;
} nuclei[] = {
    {"a", true, true},    {"e", true, true},    {"i", true, true},
    {"o", true, true},    {"u", true, true},    {"y", true, true},
    {"ai", true, false},  {"ao", true, false},  {"au", true, false},
    {"ay", true, false},  {"eo", true, false},  {"eu", true, false},
    {"ia", true, false},  {"ie", false, true},  {"iu", true, false},
    {"oa", true, true},   {"oe", true, true},   {"oi", true, false},
    {"oo", false, true},  {"ua", true, true},   {"ue", true, true},
    {"ui", true, false},  {"uo", true, true},   {"uu", true, false},
    {"uy", true, true},   {"ye", false, true},  {"ieu", true, false},
    {"oai", true, false}, {"oao", true, false}, {"oay", true, false},
    {"oeo", true, false}, {"uay", true, false}, {"uoi", true, false},
    {"uou", true, false}, {"uya", true, false}, {"uye", false, true},
    {"uyu", true, false}, {"yeu", true, false},
};

static const char codas[][4] = {"ch", "ng", "nh", "c", "m", "n", "p", "t"};

/* Letters of `piece` that `s` begins with, if it has all of them; else -1. Letter by
 * letter, because nearly always the first one differs. */
static inline int begins_with(const char *s, size_t len, const char piece[4])
{
    size_t n = 0;

    for (; n < 4 && piece[n]; n++)
        if (n >= len || s[n] != piece[n])
            return -1;
    return (int)n;
}

static bool is_coda(const char *s, size_t len)
{
    for (size_t i = 0; i < sizeof codas / sizeof *codas; i++)
        if (begins_with(s, len, codas[i]) == (int)len)
            return true;
    return false;
}

static bool is_rhyme(const char *s, size_t len)
{
    for (size_t i = 0; i < sizeof nuclei / sizeof *nuclei; i++) {
        int n = begins_with(s, len, nuclei[i].letters);
        if (n >= 0 && ((size_t)n == len
                              ? nuclei[i].open
                              : nuclei[i].closed && is_coda(s + n, len - (size_t)n)))
            return true;
    }
    return false;
}

bool dx_syllable_of_bases(const char *bases, size_t count)
{
    if (count == 0 || count > SYLLABLE_LETTERS_MAX)
        return false;
    for (size_t i = 0; i < sizeof onsets / sizeof *onsets; i++) {
        int n = begins_with(bases, count, onsets[i]);
        if (n >= 0 && (size_t)n < count &&
            is_rhyme(bases + n, count - (size_t)n))
            return true;
    }
    return false;
}

bool dx_syllable_is_valid(dx_str s)
{
    char bases[SYLLABLE_LETTERS_MAX];
    uint32_t parts[DX_DECOMPOSED_MAX], c;
    size_t count = 0;
    const char *p = s.ptr, *end = dx_str_end(s);

    while (p < end) {
        size_t n = dx_utf8_decode(p, end, &c);
        if (n == 0 || count == SYLLABLE_LETTERS_MAX)
            return false;
        p += n;
        if (dx_char_class_of(c) == DX_CHAR_MARK)
            continue;
        if (c == DX_LETTER_D_STROKE)
            c = 'd';
        else
            (void)dx_char_decompose(c, parts), c = parts[0];
        if (c < 'a' || c > 'z')
            return false;
        bases[count++] = (char)c;
    }
    return dx_syllable_of_bases(bases, count);
}
