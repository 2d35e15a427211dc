/* Abbreviations that the articles of an index explain themselves. */
#include "searcher/understand/names/explained.h"

#include <string.h>

#include "common/index/codec/list.h"
#include "common/index/field/attribute.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/segment.h"
#include "common/text/syllable.h"

/* In 100,000 articles, 114 abbreviations that dx does not know pass these bounds,
 * all of them right. Lower ones let in names of one place that others share. */
#define DOCUMENTS_MIN 3u
#define SHARE_MIN_PERCENT 60u

#define LETTERS_MIN 3u /* as in indexer/gather/initials.c */
#define LETTERS_MAX 8u
#define MEANINGS_MAX 32u /* more count as others */
#define TERMS_MAX 256u   /* an abbreviation with more stands for nothing */
#define NOTHING ((dx_explanation){{NULL, 0}, {NULL, 0}})

/* ---- what an abbreviation is explained as ---- */

typedef struct meaning {
    dx_str folded; /* of the phrase */
    uint64_t documents;
    dx_str exact; /* the most frequent spelling of all of it */
    uint64_t exact_documents;
} meaning;

typedef struct tally {
    meaning meanings[MEANINGS_MAX];
    uint32_t count;
    uint64_t documents; /* that explain the abbreviation */
} tally;

typedef struct key {
    char text[DX_ATTRIBUTE_KEY_MAX_BYTES];
    size_t len;
} key;

static bool put(key *k, dx_str s)
{
    if (s.len > sizeof k->text - k->len)
        return false;
    memcpy(k->text + k->len, s.ptr, s.len);
    k->len += s.len;
    return true;
}

/* What all keys of an abbreviation begin with. */
static bool put_letters(key *k, dx_str folded)
{
    k->text[0] = DX_ATTRIBUTE_MARK;
    k->text[1] = dx_attribute_sign(DX_FIELD_SHORT);
    k->len = DX_ATTRIBUTE_PREFIX_BYTES;
    return put(k, folded) && put(k, DX_STR_LIT(" "));
}

static meaning *meaning_of(tally *t, dx_str folded)
{
    for (uint32_t i = 0; i < t->count; i++)
        if (dx_str_eq(t->meanings[i].folded, folded))
            return &t->meanings[i];
    if (t->count == MEANINGS_MAX)
        return NULL;
    t->meanings[t->count] = (meaning){.folded = folded};
    return &t->meanings[t->count++];
}

static dx_status find_spelling(const dx_segment *s, uint32_t folded_id,
    meaning *m)
{
    uint32_t id, end;
    dx_list list;

    dx_segment_exact_range(s, folded_id, folded_id + 1, &id, &end);
    for (; id < end; id++) {
        DX_TRY(dx_segment_exact_list(s, id, &list));
        if (list.df <= m->exact_documents)
            continue;
        m->exact_documents = list.df;
        m->exact = dx_segment_exact_string(s, id);
    }
    return DX_OK;
}

static dx_status count_segment(tally *t, const dx_segment *s, const key *k)
{
    uint32_t id, end;
    dx_list list;

    dx_segment_find_prefix(s, (dx_str){k->text, k->len}, &id, &end);
    if (end - id > TERMS_MAX)
        t->documents = UINT32_MAX; /* so that none is most of them */
    for (; id < end && t->documents < UINT32_MAX; id++) {
        dx_str folded = dx_segment_folded_string(s, id);
        if (folded.len < k->len)
            return DX_ERR_CORRUPT;
        DX_TRY(dx_segment_folded_list(s, id, &list));
        t->documents += list.df;
        meaning *m =
            meaning_of(t, (dx_str){folded.ptr + k->len, folded.len - k->len});
        if (!m)
            continue;
        m->documents += list.df;
        DX_TRY(find_spelling(s, id, m));
    }
    return DX_OK;
}

/* The meaning that most articles agree on, NULL when there is none. */
static dx_status find_meaning(const dx_generation *g, const key *k, tally *t,
    const meaning **out)
{
    *out = NULL;
    t->count = 0;
    t->documents = 0;
    for (size_t i = 0; i < g->segment_count; i++)
        DX_TRY(count_segment(t, g->segments[i], k));
    for (uint32_t i = 0; i < t->count; i++) {
        const meaning *m = &t->meanings[i];
        if (m->documents >= DOCUMENTS_MIN &&
            m->documents * 100 >= t->documents * SHARE_MIN_PERCENT)
            *out = m;
    }
    return DX_OK;
}

/* Nothing when it has no '=', which is so in no sound index. */
static dx_explanation split(dx_str exact)
{
    const char *end = dx_str_end(exact), *at, *equals;

    if (exact.len <= DX_ATTRIBUTE_PREFIX_BYTES)
        return NOTHING;
    at = exact.ptr + DX_ATTRIBUTE_PREFIX_BYTES;
    equals = memchr(at, '=', (size_t)(end - at));
    return equals ? (dx_explanation){{at, (size_t)(equals - at)},
                        {equals + 1, (size_t)(end - equals - 1)}}
                  : NOTHING;
}

/* ---- from letters ---- */

dx_status dx_explained_letters(dx_finder *f, dx_str folded, dx_str exact,
    dx_explanation *out)
{
    const meaning *m;
    dx_name_words words;
    tally t;
    key k;

    *out = NOTHING;
    if (!put_letters(&k, folded))
        return DX_OK;
    DX_TRY(find_meaning(f->generation, &k, &t, &m));
    if (!m || dx_syllable_is_valid(folded)) /* a word is no abbreviation */
        return DX_OK;
    dx_explanation found = split(m->exact);
    DX_TRY(dx_finder_analyse(f, found.letters, &words));
    if (words.count == 1 &&
        (exact.len == 0 || dx_str_eq(words.exact[0], exact)))
        *out = found;
    return DX_OK;
}

/* ---- from a phrase ---- */

static bool is_and(const dx_query_word *w)
{
    return dx_str_eq(w->exact, DX_STR_LIT("và")) ||
           dx_str_eq(w->exact, DX_STR_LIT("va"));
}

static bool has_vowel(const char *letters, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strchr("aeiouy", letters[i]))
            return true;
    return false;
}

/* Whether the index has these letters as they are. A word that is no syllable is
 * there as its English stem, which differs only where there is a vowel, and of
 * three letters only in the last: CTY is "cti", UPS "up". */
static bool is_stem(const char *letters)
{
    return !strchr("sdy", letters[2]) || !has_vowel(letters, 3);
}

/* Whether any abbreviation begins so, which is hardly ever. */
static bool may_be_there(const dx_generation *g, const char *initials)
{
    uint32_t first, end;
    key k;

    if (!is_stem(initials))
        return true;
    (void)put_letters(&k, (dx_str){initials, LETTERS_MIN});
    for (size_t i = 0; i < g->segment_count; i++) {
        dx_segment_find_prefix(g->segments[i], (dx_str){k.text, k.len - 1},
            &first, &end);
        if (first < end)
            return true;
    }
    return false;
}

static bool is_there(const dx_generation *g, const key *k)
{
    for (size_t i = 0; i < g->segment_count; i++)
        if (dx_segment_find_folded(g->segments[i], (dx_str){k->text, k->len}) !=
            DX_ID_NONE)
            return true;
    return false;
}

/* What has these initials and words, if it is that and nothing else. */
static dx_status look_up(dx_finder *f, dx_str initials, dx_str phrase,
    dx_explanation *out)
{
    const meaning *m;
    dx_name_words words;
    tally t;
    key k;

    if (has_vowel(initials.ptr, initials.len)) {
        DX_TRY(dx_finder_analyse(f, initials, &words));
        if (words.count != 1)
            return DX_OK;
        initials = words.folded[0];
    }
    if (!put_letters(&k, initials))
        return DX_OK;
    size_t len = k.len;
    if (!put(&k, phrase) || !is_there(f->generation, &k))
        return DX_OK;
    k.len = len;
    DX_TRY(find_meaning(f->generation, &k, &t, &m));
    if (m && dx_str_eq(m->folded, phrase))
        *out = split(m->exact);
    return DX_OK;
}

dx_status dx_explained_phrase(dx_finder *f, uint32_t from, uint32_t *count,
    dx_explanation *out)
{
    char initials[LETTERS_MAX];
    key phrase = {.len = 0};
    size_t letters = 0;

    *out = NOTHING;
    *count = 0;
    for (uint32_t i = from; i < f->count && letters < LETTERS_MAX; i++) {
        const dx_query_word *w = dx_finder_word(f, i);
        bool and = is_and(w);
        if ((and&&letters == 0) || *w->folded.ptr < 'a' ||
            *w->folded.ptr > 'z' ||
            (letters > 0 && !put(&phrase, DX_STR_LIT(" "))) ||
            !put(&phrase, w->folded))
            break;
        if (and)
            continue;
        initials[letters++] = *w->folded.ptr;
        if (letters == LETTERS_MIN && !may_be_there(f->generation, initials))
            break;
        dx_explanation found = NOTHING;
        if (letters >= LETTERS_MIN)
            DX_TRY(look_up(f, (dx_str){initials, letters},
                (dx_str){phrase.text, phrase.len}, &found));
        if (found.phrase.len == 0)
            continue;
        *out = found;
        *count = i + 1 - from;
    }
    return DX_OK;
}
