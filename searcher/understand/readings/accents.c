/* Restoring accents: the likeliest of all ways to spell the words. */
#include "searcher/understand/readings/accents.h"

#include <math.h>

#include "common/base/str.h"
#include "searcher/understand/readings/sightings.h"
#include "searcher/understand/readings/slots.h"

/* All measured on headlines and on the question sets: docs/DECISIONS.md,
 * "Understanding". */
#define SMOOTHING 0.7      /* sightings that chance is worth */
#define LEAD_LEAST 1.0     /* of a reading before the next one, in nats … */
#define LEAD_FULL 20.0     /* … and that where other spellings hardly count */
#define LEAD_SURE 4.0      /* … and that where a reader may be told */
#define FALLBACK_SURE 0.05 /* of DX_WEIGHT_FALLBACK's kind */
#define FALLBACK_AMONG_MARKED 0.3
/* A longer query finds as much as it was typed: its many pairs say what each
 * word means. Reading it would take longest and gain nothing. */
#define READ_WORDS_MAX 32u

/* ---- the likeliest of all ways to spell the words ----
 *
 * A chain of pairs: the score of a way is the sum of the logarithms of its
 * pairs' shares, less those of the spellings that are in two pairs (Bethe's
 * approximation). `before` and `after` are the two halves of a Viterbi search;
 * together they tell how good the best way through each spelling is. */

static void set_own_scores(dx_slots *row, uint32_t i)
{
    dx_slot *s = &row->slots[i];
    int pairs = (int)s->follows + (i + 1 < row->count && s[1].follows);

    for (uint32_t k = 0; k < s->count && pairs != 1; k++)
        s->spellings[k].own = (1 - pairs) * log(s->spellings[k].share);
}

static double pair_score(const dx_slot *s, uint32_t a, uint32_t b)
{
    if (!s->follows || s->count == 0 || s[-1].count == 0)
        return 0.0;
    double chance =
        SMOOTHING * s[-1].spellings[a].share * s->spellings[b].share;
    return log((s->seen[a][b] + chance) / (s->seen_sum + SMOOTHING));
}

static uint32_t choices(const dx_slot *s) { return s->count ? s->count : 1; }

static void look_back(dx_slots *row, uint32_t i)
{
    dx_slot *s = &row->slots[i];

    for (uint32_t b = 0; b < choices(s); b++) {
        double best = -INFINITY;
        for (uint32_t a = 0; a < choices(s - 1); a++)
            best = fmax(best, s[-1].spellings[a].before +
                                  s[-1].spellings[a].own + pair_score(s, a, b));
        s->spellings[b].before = best;
    }
}

static void look_ahead(dx_slots *row, uint32_t i)
{
    dx_slot *s = &row->slots[i];

    for (uint32_t a = 0; a < choices(s); a++) {
        double best = -INFINITY;
        for (uint32_t b = 0; b < choices(s + 1); b++)
            best = fmax(best, s[1].spellings[b].after + s[1].spellings[b].own +
                                  pair_score(s + 1, a, b));
        s->spellings[a].after = best;
    }
}

/* The best spelling of slot `i`, and how far it leads. */
static uint32_t best_spelling(const dx_slots *row, uint32_t i, double *lead)
{
    const dx_slot *s = &row->slots[i];
    double best = -INFINITY, second = -INFINITY;
    uint32_t at = 0;

    for (uint32_t k = 0; k < s->count; k++) {
        const dx_spelling *p = &s->spellings[k];
        double score = p->before + p->after + p->own;
        if (score > best) {
            second = best;
            best = score;
            at = k;
        } else if (score > second) {
            second = score;
        }
    }
    *lead = best - second;
    return at;
}

static dx_sureness decide(dx_slots *row, uint32_t i)
{
    dx_slot *s = &row->slots[i];
    double lead;

    if (s->word->marked || s->count == 0)
        return DX_ACCENTS_SURE;
    uint32_t best = best_spelling(row, i, &lead);
    if (lead < LEAD_LEAST)
        return DX_ACCENTS_UNSURE;
    double doubt = lead < LEAD_FULL ? 1.0 - lead / LEAD_FULL : 0.0;
    s->word->reading = s->spellings[best].text;
    s->word->fallback = FALLBACK_SURE + (1.0 - FALLBACK_SURE) * doubt;
    return lead < LEAD_SURE ? DX_ACCENTS_UNSURE : DX_ACCENTS_SURE;
}

/* Repeated words count once, as sure as the surer one: ranking merges only words
 * that are the same in all. Two words of the same letters that read differently
 * are not each other in doubt: in "vợ của Võ Nguyên Giáp", "võ" says nothing
 * about "vợ". */
static void compare_slots(dx_slot *a, dx_slot *b)
{
    dx_query_word *x = a->word, *y = b->word;

    if (x->reading.len == 0 || y->reading.len == 0 ||
        !dx_str_eq(x->folded, y->folded))
        return;
    double fallback = dx_str_eq(x->reading, y->reading)
                          ? fmin(x->fallback, y->fallback)
                          : FALLBACK_SURE;
    x->fallback = y->fallback = fallback;
}

static void settle(dx_slots *row)
{
    for (uint32_t i = 1; i < row->count; i++)
        for (uint32_t k = 0; k < i; k++)
            compare_slots(&row->slots[k], &row->slots[i]);
}

/* ---- the words ---- */

/* People who type some words with accents mostly do so with all. */
static bool typed_with_marks(const dx_slots *row)
{
    uint32_t marked = 0;

    for (uint32_t i = 0; i < row->count; i++)
        marked += row->slots[i].word->marked;
    return marked > 0 && 2 * marked >= row->count;
}

static void take_literally(dx_slots *row)
{
    for (uint32_t i = 0; i < row->count; i++) {
        dx_query_word *w = row->slots[i].word;
        if (w->marked)
            continue;
        w->reading = w->exact;
        w->fallback = FALLBACK_AMONG_MARKED;
    }
}

static dx_status read_words(dx_slots *row, dx_sureness *sureness)
{
    DX_TRY(dx_slots_find_spellings(row));
    DX_TRY(dx_sightings_collect(row));
    for (uint32_t i = 0; i < row->count; i++)
        set_own_scores(row, i);
    for (uint32_t i = 1; i < row->count; i++)
        look_back(row, i);
    for (uint32_t i = row->count - 1; i-- > 0;)
        look_ahead(row, i);
    *sureness = DX_ACCENTS_SURE;
    for (uint32_t i = 0; i < row->count; i++)
        if (decide(row, i) == DX_ACCENTS_UNSURE)
            *sureness = DX_ACCENTS_UNSURE;
    settle(row);
    return DX_OK;
}

dx_status dx_accents_restore(const dx_generation *g, dx_query *q,
    dx_sureness *sureness)
{
    dx_slots slots;

    *sureness = DX_ACCENTS_NONE;
    if (g->segment_count == 0 || q->word_count == 0)
        return DX_OK;
    dx_status rc = dx_slots_make(q, g, &slots);
    if (rc == DX_OK && typed_with_marks(&slots))
        take_literally(&slots);
    else if (rc == DX_OK && slots.count > 0 && slots.count <= READ_WORDS_MAX)
        rc = read_words(&slots, sureness);
    dx_slots_free(&slots);
    return rc;
}
