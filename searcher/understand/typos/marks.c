/* Did you mean: the wrong marks put right. */
#include "searcher/understand/typos/marks.h"

#include "common/text/syllable.h"
#include "searcher/include/dx/search.h"
#include "searcher/query/parse/parse.h"
#include "searcher/understand/count.h"
#include "searcher/understand/respell.h"
#include "searcher/understand/readings/accents.h"
#include "searcher/understand/typos/spelt_pair.h"

/* Of a longer query the other words tell what is meant. */
#define WORDS_MAX 8u
#define WORDS_CHANGED_MIN 2u
/* A spelling is rare when so many times as many documents have the word in any
 * spelling. */
#define RARE_TIMES 20u
/* Two words were not meant as typed when so many times as many documents have
 * them in another spelling: newspapers have slips, too. */
#define SLIP_TIMES 50u

static dx_status is_rare(const dx_generation *g, const dx_query_word *w,
    bool *rare)
{
    uint64_t as_typed, in_all;

    DX_TRY(dx_count_spelling(g, w->folded, w->exact, &as_typed));
    DX_TRY(dx_count_word(g, w->folded, &in_all));
    *rare = as_typed < in_all / RARE_TIMES;
    return DX_OK;
}

static dx_status has_rare_spelling(const dx_generation *g, const dx_query *q,
    bool *has)
{
    *has = false;
    for (uint32_t w = 0; w < q->word_count && !*has; w++)
        if (q->words[w].marked && dx_syllable_is_valid(q->words[w].exact))
            DX_TRY(is_rare(g, &q->words[w], has));
    return DX_OK;
}

/* The query without marks, and how its words then are spelt; NONE when that is
 * not sure. */
static dx_status read_anew(const dx_generation *g, const dx_query *q,
    dx_query *out, dx_sureness *sureness)
{
    dx_str bare[DX_QUERY_MAX_TERMS] = {{NULL, 0}};
    dx_arena arena = DX_ARENA_INIT;
    const char *text;

    *sureness = DX_ACCENTS_NONE;
    for (uint32_t w = 0; w < q->word_count; w++)
        if (q->words[w].marked)
            bare[w] = q->words[w].folded;
    dx_status rc = dx_query_respell(q, bare, &arena, &text);
    if (rc == DX_OK)
        rc = dx_query_parse(text, out, NULL);
    dx_arena_free(&arena);
    DX_TRY(rc);
    if (out->word_count == q->word_count)
        rc = dx_accents_restore(g, out, sureness);
    if (rc != DX_OK)
        dx_query_free(out);
    return rc;
}

static dx_status pair_is_meant(const dx_generation *g, const dx_query_word *a,
    const dx_query_word *b, bool *meant)
{
    uint64_t as_typed, in_all;

    DX_TRY(dx_count_spelt_pair(g, a, b, UINT64_MAX, &as_typed));
    DX_TRY(dx_count_pair(g, a->folded, b->folded, &in_all));
    *meant = as_typed * SLIP_TIMES > in_all;
    return DX_OK;
}

/* Whether a marked word may have been meant: it stands beside one of its
 * neighbours in the index as they were typed. */
static dx_status is_meant(const dx_generation *g, const dx_query *q, uint32_t w,
    bool *meant)
{
    const dx_query_word *word = &q->words[w];

    *meant = false;
    if (w > 0)
        DX_TRY(pair_is_meant(g, word - 1, word, meant));
    if (w + 1 < q->word_count && !*meant)
        DX_TRY(pair_is_meant(g, word, word + 1, meant));
    return DX_OK;
}

/* Spells the words as they were read. *differs when the marks of several words
 * change (one is a slip: slip.h) and none of them can have been meant. */
static dx_status compare(const dx_generation *g, const dx_query *typed,
    const dx_query *read, dx_str *spelling, bool *differs)
{
    uint32_t changed = 0;
    bool meant;

    *differs = false;
    for (uint32_t w = 0; w < typed->word_count; w++) {
        const dx_query_word *word = &typed->words[w];
        spelling[w] = read->words[w].reading;
        if (spelling[w].len == 0 && word->marked)
            spelling[w] = read->words[w].exact;
        if (spelling[w].len == 0 || dx_str_eq(spelling[w], word->exact))
            continue;
        changed++;
        if (!word->marked)
            continue;
        DX_TRY(is_meant(g, typed, w, &meant));
        if (meant)
            return DX_OK;
    }
    *differs = changed >= WORDS_CHANGED_MIN;
    return DX_OK;
}

dx_status dx_marks_correct(const dx_generation *g, const dx_query *q,
    dx_arena *arena, const char **out)
{
    dx_str spelling[DX_QUERY_MAX_TERMS] = {{NULL, 0}};
    dx_sureness sureness;
    bool differs = false;
    dx_query bare;

    *out = NULL;
    if (q->word_count < 2 || q->word_count > WORDS_MAX)
        return DX_OK;
    DX_TRY(has_rare_spelling(g, q, &differs));
    if (!differs)
        return DX_OK;
    DX_TRY(read_anew(g, q, &bare, &sureness));
    dx_status rc = DX_OK;
    if (sureness == DX_ACCENTS_SURE) {
        rc = compare(g, q, &bare, spelling, &differs);
        if (rc == DX_OK && differs)
            rc = dx_query_respell(q, spelling, arena, out);
    }
    dx_query_free(&bare);
    return rc;
}
