/* Words joined, and cut in other places. */
#include "searcher/understand/forms/groups.h"

#include <stdio.h>
#include <string.h>

#include "common/text/keys.h"
#include "common/text/syllable.h"
#include "searcher/understand/count.h"

/* What more documents have is known well enough as it was typed. */
#define RARE 2u

#define TEXT_BYTES 48u
#define GROUPS_MAX 6u
#define GROUP_BYTES 16u
#define JOINED_MAX 5u   /* words */
#define SHORT_WORDS 4u  /* of a query */
#define LETTERS_MIN 3u  /* that are cut */
#define PHONE_MIN 7u    /* digits that are */
#define TRIES_MAX 400u  /* groups that are looked up for one word */

/* ---- cutting ---- */

typedef struct cutter {
    dx_finder *finder;
    char text[TEXT_BYTES]; /* small letters and digits */
    size_t len;
    bool only_letters;
    unsigned tries;
    char groups[2 * TEXT_BYTES + GROUPS_MAX]; /* so far, a blank between */
    char best[2 * TEXT_BYTES + GROUPS_MAX];
    uint64_t best_documents; /* that have its rarest pair */
} cutter;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_inside(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

static size_t count_digits(const char *text, size_t len)
{
    size_t count = 0;

    for (size_t i = 0; i < len; i++)
        count += is_digit(text[i]);
    return count;
}

static dx_status cut_from(cutter *c, size_t at, size_t groups_len,
    uint32_t depth, const char *before, uint64_t rarest);

static bool is_one_character(dx_str s)
{
    size_t count = 0;

    for (size_t i = 0; i < s.len; i++)
        count += !is_inside(s.ptr[i]);
    return count == 1;
}

/* Whether letters and digits meet at `at`, or the text ends. */
static bool is_seam(const cutter *c, size_t at)
{
    return at == 0 || at == c->len ||
           is_digit(c->text[at - 1]) != is_digit(c->text[at]);
}

/* One letter by itself begins a name, as H'leo or e-mail do; of more than two
 * parts each is a syllable, as in #hoihoaxuan. One digit by itself has letters
 * around it: H5N1. */
static bool may_be_group(const cutter *c, size_t at, size_t end, uint32_t depth)
{
    dx_str group = {c->text + at, end - at};
    bool one = is_one_character(group);

    if (end - at > GROUP_BYTES)
        return false;
    if (!c->only_letters)
        return !one || (is_seam(c, at) && is_seam(c, end));
    if (depth == 0)
        return true;
    return !one && ((depth == 1 && end == c->len) ||
                       dx_syllable_is_valid(group));
}

/* Looks up one more group, written as `shown`, and goes on behind it. */
static dx_status try_group(cutter *c, size_t end, size_t groups_len,
    uint32_t depth, const char *before, uint64_t rarest, dx_str shown)
{
    dx_name_words words;
    char folded[GROUP_BYTES * 2];
    uint64_t documents;

    if (c->tries++ >= TRIES_MAX)
        return DX_OK;
    dx_status rc = dx_finder_analyse(c->finder, shown, &words);
    if (rc != DX_OK || words.count != 1 ||
        words.folded[0].len >= sizeof folded)
        return rc == DX_ERR_LIMIT ? DX_OK : rc;
    memcpy(folded, words.folded[0].ptr, words.folded[0].len);
    folded[words.folded[0].len] = '\0';
    dx_str f = words.folded[0];
    DX_TRY(depth == 0 ? dx_count_word(c->finder->generation, f, &documents)
                      : dx_count_pair(c->finder->generation,
                            dx_str_from(before), f, &documents));
    if (documents < rarest)
        rarest = documents;
    if (rarest <= c->best_documents)
        return DX_OK;
    if (depth > 0)
        c->groups[groups_len++] = ' ';
    memcpy(c->groups + groups_len, shown.ptr, shown.len);
    return cut_from(c, end, groups_len + shown.len, depth + 1, folded, rarest);
}

/* Numbers are also written with one point that makes them decimals: 123.45 on a
 * number plate, 024.38251234. */
static dx_status try_digits(cutter *c, size_t at, size_t end, size_t groups_len,
    uint32_t depth, const char *before, uint64_t rarest)
{
    char shown[GROUP_BYTES + 2];
    size_t len = end - at;

    if ((len != 5 && len < 10) || count_digits(c->text + at, len) < len)
        return DX_OK;
    memcpy(shown, c->text + at, 3);
    shown[3] = '.';
    memcpy(shown + 4, c->text + at + 3, len - 3);
    return try_group(c, end, groups_len, depth, before, rarest,
        (dx_str){shown, len + 1});
}

static dx_status keep(cutter *c, size_t groups_len, uint64_t rarest)
{
    uint64_t documents;

    /* with the marks that were typed, too */
    DX_TRY(dx_wording_count(c->finder, (dx_str){c->groups, groups_len},
        &documents));
    if (documents == 0)
        return DX_OK;
    memcpy(c->best, c->groups, groups_len);
    c->best[groups_len] = '\0';
    c->best_documents = rarest;
    return DX_OK;
}

static dx_status cut_from(cutter *c, size_t at, size_t groups_len,
    uint32_t depth, const char *before, uint64_t rarest)
{
    if (at == c->len)
        return keep(c, groups_len, rarest);
    for (size_t end = at + 1; end <= c->len && depth < GROUPS_MAX; end++) {
        if (end < c->len && is_inside(c->text[end]))
            continue;
        if (!may_be_group(c, at, end, depth))
            continue;
        DX_TRY(try_group(c, end, groups_len, depth, before, rarest,
            (dx_str){c->text + at, end - at}));
        DX_TRY(try_digits(c, at, end, groups_len, depth, before, rarest));
    }
    return DX_OK;
}

static dx_status offer_cut(dx_wordings *w, const char *text, size_t len)
{
    cutter c = {.finder = w->finder, .len = len};

    memcpy(c.text, text, len);
    c.only_letters = count_digits(text, len) == 0;
    DX_TRY(cut_from(&c, 0, 0, 0, "", UINT64_MAX));
    return c.best_documents > 0 ? dx_wordings_offer(w, "%s", c.best) : DX_OK;
}

/* ---- words as they were typed ---- */

/* Words at .. at + count - 1 without what is between them; 0 when they are too
 * long. A number has its points and zeros as typed. */
static size_t join(const dx_finder *f, uint32_t at, uint32_t count,
    char text[TEXT_BYTES])
{
    size_t len = 0;

    for (uint32_t i = at; i < at + count; i++) {
        const dx_query_word *w = dx_finder_word(f, i);
        dx_str s = w->exact;
        if (is_digit(*s.ptr))
            s = (dx_str){f->query->text.ptr + w->start, w->end - w->start};
        for (size_t k = 0; k < s.len; k++) {
            bool point = strchr(".,-", s.ptr[k]) != NULL;
            if (len + 1 >= TEXT_BYTES)
                return 0;
            if (!point)
                text[len++] = s.ptr[k] >= 'A' && s.ptr[k] <= 'Z'
                                  ? (char)(s.ptr[k] | 0x20)
                                  : s.ptr[k];
        }
    }
    return len;
}

/* 29a12345, 51ab67890: two digits, a letter or two, the rest digits. */
static bool is_plate(const char *text, size_t len)
{
    size_t at = 2;

    if (len < 7 || count_digits(text, 2) < 2 || is_digit(text[2]))
        return false;
    while (at < len && !is_digit(text[at]))
        at++;
    return at <= 4 && len - at >= 4 && count_digits(text + at, len - at) == len - at;
}

/* Keys of Telex or VNI are for keystrokes.h. */
static bool is_keystrokes(const dx_finder *f, uint32_t at)
{
    const dx_query_word *w = dx_finder_word(f, at);
    dx_str typed = {f->query->text.ptr + w->start, w->end - w->start};
    char out[DX_KEYS_MAX_BYTES];

    return dx_keys_decode(DX_KEYS_TELEX, typed, out) > 0 ||
           dx_keys_decode(DX_KEYS_VNI, typed, out) > 0;
}

/* A phone number in other groups, or with the country's code for its zero. */
static dx_status offer_phone(dx_wordings *w, const char *text, size_t len)
{
    char other[TEXT_BYTES + 2];
    size_t other_len = 0;

    DX_TRY(offer_cut(w, text, len));
    if (len >= 11 && memcmp(text, "84", 2) == 0)
        other_len = (size_t)snprintf(other, sizeof other, "0%.*s",
            (int)len - 2, text + 2);
    else if (len >= 10 && *text == '0' && len < TEXT_BYTES)
        other_len = (size_t)snprintf(other, sizeof other, "84%.*s",
            (int)len - 1, text + 1);
    if (other_len == 0)
        return DX_OK;
    DX_TRY(dx_wordings_offer(w, "%s", other));
    return offer_cut(w, other, other_len);
}

static dx_status reword_one(dx_wordings *w, uint32_t at, uint32_t *taken)
{
    const dx_query_word *word = dx_finder_word(w->finder, at);
    char text[TEXT_BYTES];
    size_t len = join(w->finder, at, 1, text);
    size_t digits = count_digits(text, len);
    uint64_t documents;

    *taken = 0;
    bool may_cut = digits == len ? len >= PHONE_MIN
                                 : len >= LETTERS_MIN &&
                                       !dx_syllable_is_valid(word->exact);
    if (!may_cut || is_keystrokes(w->finder, at))
        return DX_OK;
    DX_TRY(dx_count_spelling(w->finder->generation, word->folded, word->exact,
        &documents));
    if (documents <= RARE)
        DX_TRY(digits == len ? offer_phone(w, text, len)
                             : offer_cut(w, text, len));
    return dx_wordings_take(w, (dx_span){at, 1}, (dx_span){at, 1}, taken);
}

/* Written together, with the marks that were typed or without. */
static dx_status offer_joined(dx_wordings *w, uint32_t at, uint32_t count,
    const char *text, size_t len)
{
    char bare[TEXT_BYTES];
    size_t bare_len = 0;

    DX_TRY(dx_wordings_offer(w, "%.*s", (int)len, text));
    for (uint32_t i = at; i < at + count; i++) {
        const dx_query_word *word = dx_finder_word(w->finder, i);
        dx_str s = word->marked ? word->folded : word->exact;
        if (!word->marked && is_digit(*s.ptr))
            return DX_OK;
        if (s.len > sizeof bare - bare_len)
            return DX_OK;
        memcpy(bare + bare_len, s.ptr, s.len);
        bare_len += s.len;
    }
    return dx_wordings_offer(w, "%.*s", (int)bare_len, bare);
}

/* Joined, or a number cut elsewhere. */
static dx_status reword_many(dx_wordings *w, uint32_t at, uint32_t count,
    uint32_t *taken)
{
    char text[TEXT_BYTES];
    size_t len = join(w->finder, at, count, text);
    size_t digits = count_digits(text, len);

    *taken = 0;
    if (len == 0)
        return DX_OK;
    if (digits < len || len >= PHONE_MIN)
        DX_TRY(offer_joined(w, at, count, text, len));
    if (digits == len && len >= PHONE_MIN)
        DX_TRY(offer_phone(w, text, len));
    else if (is_plate(text, len))
        DX_TRY(offer_cut(w, text, len));
    return dx_wordings_take(w, (dx_span){at, count}, (dx_span){at, count},
        taken);
}

/* In a long query syllables that never met before meet: there only others are
 * joined. */
static bool may_join(const dx_finder *f, uint32_t at)
{
    if (at + 1 >= f->count)
        return false;
    return f->count <= SHORT_WORDS ||
           !dx_syllable_is_valid(dx_finder_word(f, at)->exact) ||
           !dx_syllable_is_valid(dx_finder_word(f, at + 1)->exact);
}

dx_status dx_groups_reword(dx_wordings *w, uint32_t at, uint32_t *taken)
{
    dx_finder *f = w->finder;
    uint64_t documents = 0;
    uint32_t most = f->count - at < JOINED_MAX ? f->count - at : JOINED_MAX;

    DX_TRY(reword_one(w, at, taken));
    if (*taken > 0 || !may_join(f, at))
        return DX_OK;
    DX_TRY(dx_count_pair(f->generation, dx_finder_word(f, at)->folded,
        dx_finder_word(f, at + 1)->folded, &documents));
    for (uint32_t n = documents <= RARE ? most : 0; n > 1 && *taken == 0; n--)
        DX_TRY(reword_many(w, at, n, taken));
    return DX_OK;
}

dx_status dx_groups_reword_docno(dx_wordings *w, uint32_t *taken)
{
    const dx_query_word *word = dx_finder_word(w->finder, 0);
    char text[TEXT_BYTES];
    uint64_t documents;
    size_t len = 0;

    *taken = 0;
    for (size_t i = 0; i < word->exact.len; i++) {
        if (len == TEXT_BYTES)
            return DX_OK;
        if (word->exact.ptr[i] != '/' && word->exact.ptr[i] != '-')
            text[len++] = word->exact.ptr[i];
    }
    DX_TRY(dx_count_word(w->finder->generation, word->folded, &documents));
    if (documents > 0 || count_digits(text, len) == len) /* a date */
        return DX_OK;
    DX_TRY(offer_cut(w, text, len));
    return dx_wordings_take(w, (dx_span){0, 1}, (dx_span){0, 1}, taken);
}
