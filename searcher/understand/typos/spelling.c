/* Did you mean: a slip of the finger put right. */
#include "searcher/understand/typos/spelling.h"

#include <string.h>

#include "common/text/syllable.h"
#include "searcher/include/dx/search.h"
#include "searcher/understand/count.h"
#include "searcher/understand/respell.h"

#define LETTERS_MIN 2u /* of a word that is corrected */
#define LETTERS_MAX 16u

/* A word is suspect when none of its pairs is in more documents than RARE. It is
 * put right when its pairs then are in GAIN times as many, and in ENOUGH. */
#define RARE 2u
#define GAIN 20u
#define ENOUGH 10u

typedef struct corrector {
    const dx_generation *generation;
    const dx_query *query;
    uint32_t word;           /* the one under way */
    const dx_str *before, *after; /* folded neighbours, or NULL */
    uint64_t as_typed;
    /* the best so far: */
    uint32_t best_word;
    uint64_t best;
    char letters[LETTERS_MAX + 1];
    size_t length;
} corrector;

/* How well `folded` fits between the neighbours: documents of the rarer pair,
 * or with the word, if it stands alone. */
static dx_status fit(const corrector *c, dx_str folded, uint64_t *documents)
{
    uint64_t before = UINT64_MAX, after = UINT64_MAX;

    if (!c->before && !c->after)
        return dx_count_word(c->generation, folded, documents);
    if (c->before)
        DX_TRY(dx_count_pair(c->generation, *c->before, folded, &before));
    if (c->after)
        DX_TRY(dx_count_pair(c->generation, folded, *c->after, &after));
    *documents = before < after ? before : after;
    return DX_OK;
}

static dx_status try_word(corrector *c, const char *letters, size_t length)
{
    dx_str folded = {letters, length};
    uint64_t documents;

    if (length < LETTERS_MIN || !dx_syllable_is_valid(folded))
        return DX_OK;
    DX_TRY(fit(c, folded, &documents));
    if (documents <= c->best || documents < ENOUGH ||
        documents / GAIN < c->as_typed)
        return DX_OK;
    c->best = documents;
    c->best_word = c->word;
    c->length = length;
    memcpy(c->letters, letters, length);
    return DX_OK;
}

/* Every word that one edit at letter `i` makes. */
static dx_status try_edits(corrector *c, dx_str w, size_t i)
{
    char edited[LETTERS_MAX + 1];
    size_t rest = w.len - i;

    memcpy(edited, w.ptr, i);
    for (int letter = 'a'; letter <= 'z'; letter++) {
        edited[i] = (char)letter;
        memcpy(edited + i + 1, w.ptr + i, rest);
        DX_TRY(try_word(c, edited, w.len + 1));
        if (rest > 0)
            memcpy(edited + i + 1, w.ptr + i + 1, rest - 1);
        if (rest > 0 && letter != w.ptr[i])
            DX_TRY(try_word(c, edited, w.len));
    }
    if (rest > 0) {
        memcpy(edited + i, w.ptr + i + 1, rest - 1);
        DX_TRY(try_word(c, edited, w.len - 1));
    }
    if (rest > 1 && w.ptr[i] != w.ptr[i + 1]) {
        memcpy(edited, w.ptr, w.len);
        edited[i] = w.ptr[i + 1];
        edited[i + 1] = w.ptr[i];
        DX_TRY(try_word(c, edited, w.len));
    }
    return DX_OK;
}

static bool is_letters(dx_str w)
{
    for (size_t i = 0; i < w.len; i++)
        if (w.ptr[i] < 'a' || w.ptr[i] > 'z')
            return false;
    return true;
}

static dx_status pair_is_rare(const corrector *c, const dx_str *first,
    const dx_str *second, bool *rare)
{
    uint64_t documents = 0;

    if (first && second)
        DX_TRY(dx_count_pair(c->generation, *first, *second, &documents));
    *rare = documents <= RARE;
    return DX_OK;
}

/* Words that never met before meet in a long query: there only a word that the
 * index does not know is suspect. */
#define SHORT_WORDS 3u

static dx_status is_suspect(const corrector *c, const dx_query_word *w,
    bool *suspect)
{
    bool rare_before, rare_after;
    uint64_t documents = 0;

    DX_TRY(pair_is_rare(c, c->before, &w->exact, &rare_before));
    DX_TRY(pair_is_rare(c, &w->exact, c->after, &rare_after));
    if (c->query->typed_count > SHORT_WORDS)
        DX_TRY(dx_count_word(c->generation, w->folded, &documents));
    *suspect = rare_before && rare_after && documents <= RARE;
    return DX_OK;
}

/* What was typed with marks was meant with them. */
static dx_status correct_word(corrector *c)
{
    const dx_query_word *w = &c->query->words[c->word];
    bool suspect;

    if (w->marked || w->exact.len < LETTERS_MIN ||
        w->exact.len >= LETTERS_MAX || !is_letters(w->exact))
        return DX_OK; /* exact: the folded form may be cut to its stem */
    DX_TRY(is_suspect(c, w, &suspect));
    if (!suspect)
        return DX_OK;
    DX_TRY(fit(c, w->exact, &c->as_typed));
    for (size_t i = 0; i <= w->exact.len; i++)
        DX_TRY(try_edits(c, w->exact, i));
    return DX_OK;
}

dx_status dx_spelling_correct(const dx_generation *g, const dx_query *q,
    dx_arena *arena, const char **out)
{
    dx_str spelling[DX_QUERY_MAX_TERMS] = {{NULL, 0}};
    corrector c = {.generation = g, .query = q};

    *out = NULL;
    for (uint32_t w = 0; w < q->typed_count; w++) {
        c.word = w;
        c.before = w > 0 ? &q->words[w - 1].folded : NULL;
        c.after = w + 1 < q->typed_count ? &q->words[w + 1].folded : NULL;
        DX_TRY(correct_word(&c));
    }
    if (c.best == 0)
        return DX_OK;
    spelling[c.best_word] = (dx_str){c.letters, c.length};
    return dx_query_respell(q, spelling, arena, out);
}
