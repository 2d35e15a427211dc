/* Matches an abbreviation's letters with the initials of the words before
 * it. */
#include "indexer/gather/initials.h"

#include <string.h>

#include "common/text/lexer.h"
#include "common/text/utf8.h"

/* Two letters could be short for too much. */
#define LETTERS_MIN 3u
#define LETTERS_MAX 8u
#define WORDS_MAX 32u
#define JOINT_MAX_BYTES 5u /* between two words of a name: " - " */

typedef struct words {    /* of the text before the letters */
    dx_str at[WORDS_MAX]; /* the first ones; callers give fewer */
    bool joint[WORDS_MAX]; /* whether the next one may be of the same name */
    size_t count;
} words;

/* The small base letter of a character; 0 if it is no letter. */
static char base_of(uint32_t c)
{
    uint32_t parts[DX_DECOMPOSED_MAX];

    (void)dx_char_decompose(c, parts);
    if (parts[0] == 0x111) /* đ */
        return 'd';
    return parts[0] >= 'a' && parts[0] <= 'z' ? (char)parts[0] : '\0';
}

/* ---- the abbreviation ---- */

/* Puts the letters alone into `out`, their base letters into `bases`. */
static bool read_letters(dx_str s, char bases[LETTERS_MAX], size_t *count,
    char *out, size_t *len)
{
    const char *p = s.ptr, *end = dx_str_end(s);
    uint32_t c;

    *count = *len = 0;
    for (size_t n; p < end; p += n) {
        if ((n = dx_utf8_decode(p, end, &c)) == 0)
            return false;
        if ((c == '&' || c == '-') && *count > 0)
            continue;
        if (*count == LETTERS_MAX || !dx_char_is_capital(c) || !base_of(c))
            return false;
        bases[(*count)++] = base_of(c);
        memcpy(out + *len, p, n);
        *len += n;
    }
    return *count >= LETTERS_MIN;
}

/* ---- what it is short for ---- */

static bool is_joint(dx_str gap)
{
    for (size_t i = 0; i < gap.len; i++)
        if (!strchr(" ,-&", gap.ptr[i]) && (unsigned char)gap.ptr[i] < 0x80)
            return false;
    return gap.len > 0 && gap.len <= JOINT_MAX_BYTES;
}

static void read_words(dx_str text, words *w)
{
    dx_lexer lx = dx_lexer_new(text);
    dx_str gap, word;

    w->count = 0;
    while (dx_lexer_next(&lx, &gap, &word)) {
        if (w->count > 0)
            w->joint[w->count - 1] = is_joint(gap);
        if (word.len > 0 && w->count < WORDS_MAX)
            w->at[w->count++] = word;
    }
}

static char initial_of(dx_str word)
{
    uint32_t c;

    return dx_utf8_decode(word.ptr, dx_str_end(word), &c) ? base_of(c) : '\0';
}

static bool is_and(dx_str word)
{
    return dx_str_eq(word, DX_STR_LIT("và")) ||
           dx_str_eq(word, DX_STR_LIT("VÀ")) ||
           dx_str_eq(word, DX_STR_LIT("Và"));
}

/* Whether `count` letters are the initials of the words up to `end`; *from is
 * the first of these. */
static bool match(const words *w, size_t end, const char *letters,
    size_t count, size_t *from)
{
    *from = end;
    if (count == 0)
        return true;
    if (end == 0 || (end < w->count && !w->joint[end - 1]))
        return false;
    dx_str word = w->at[end - 1];
    bool and = is_and(word);
    if (and && end < w->count && is_and(w->at[end]))
        return false; /* no name has two "và"; there would be too many ways */
    if (and && end < w->count && match(w, end - 1, letters, count, from))
        return true;
    return !(and && count == 1) && initial_of(word) == letters[count - 1] &&
           match(w, end - 1, letters, count - 1, from);
}

bool dx_initials_match(dx_str before, dx_str letters,
    char out[DX_ATTRIBUTE_MAX_BYTES], dx_str *value)
{
    char bases[LETTERS_MAX];
    size_t count, len, from;
    words w;

    if (letters.len + 1 >= DX_ATTRIBUTE_MAX_BYTES ||
        !read_letters(letters, bases, &count, out, &len))
        return false;
    read_words(before, &w);
    if (!match(&w, w.count, bases, count, &from))
        return false;
    const char *start = w.at[from].ptr;
    size_t size = (size_t)(dx_str_end(w.at[w.count - 1]) - start);
    if (size > DX_ATTRIBUTE_MAX_BYTES - len - 1)
        return false;
    out[len++] = '=';
    memcpy(out + len, start, size);
    *value = (dx_str){out, len + size};
    return true;
}
