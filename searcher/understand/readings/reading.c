#include "searcher/understand/readings/reading.h"

#include <math.h>

#include "common/base/arena.h"
#include "common/index/codec/list.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/id.h"
#include "common/index/segment/segment.h"
#include "searcher/understand/readings/reading_internal.h"

/* All measured on headlines and on the question sets: docs/ARCHITECTURE.md,
 * "Understanding". */
#define SMOOTHING 0.7   /* sightings that chance is worth */
#define LEAD_LEAST 1.0  /* of a reading before the next one, in nats … */
#define LEAD_FULL 20.0  /* … and that where other spellings hardly count */
#define LEAD_SURE 4.0   /* … and that where a reader may be told */
#define FALLBACK_SURE 0.05    /* of DX_WEIGHT_FALLBACK's kind */
#define FALLBACK_AMONG_MARKED 0.3
/* A longer query is found as well as typed, for its many pairs say what each word
 * means; to read it would take the longest and gain nothing. */
#define READING_WORDS_MAX 32u

/* ---- spellings ---- */

/* Keeps the most frequent ones, in falling order. */
static void offer_spelling(dx_slot *s, uint32_t id, double df)
{
    uint32_t at = s->count;

    if (at == DX_SPELLINGS_MAX && s->spellings[--at].share >= df)
        return;
    if (s->count < DX_SPELLINGS_MAX)
        s->count++;
    for (; at > 0 && s->spellings[at - 1].share < df; at--)
        s->spellings[at] = s->spellings[at - 1];
    s->spellings[at] = (dx_spelling){.id = id, .share = df};
}

/* A word typed with marks has just that spelling. */
static dx_status offer_spellings(const dx_segment *g, dx_slot *s,
    uint32_t folded)
{
    uint32_t first, end;
    dx_list list;

    dx_segment_exact_range(g, folded, folded + 1, &first, &end);
    if (s->word->marked) {
        first = dx_segment_find_exact(g, folded, s->word->exact);
        end = first == DX_ID_NONE ? first : first + 1;
    }
    for (uint32_t id = first; id < end; id++) {
        DX_TRY(dx_segment_exact_list(g, id, &list));
        offer_spelling(s, id, (double)list.df);
    }
    return DX_OK;
}

static dx_status find_spellings(const dx_segment *g, dx_slot *s)
{
    double sum = 0.0;

    s->folded = dx_segment_find_folded(g, s->word->folded);
    if (s->folded == DX_ID_NONE)
        return DX_OK;
    DX_TRY(offer_spellings(g, s, s->folded));
    for (uint32_t k = 0; k < s->count; k++)
        sum += s->spellings[k].share + 0.5;
    for (uint32_t k = 0; k < s->count; k++) {
        dx_spelling *p = &s->spellings[k];
        p->share = (p->share + 0.5) / sum;
        p->text = dx_segment_exact_string(g, p->id);
    }
    return DX_OK;
}

/* ---- the likeliest of all ways to spell the words ----
 *
 * A chain of pairs: the score of a way is the sum of the logarithms of its
 * pairs' shares, less those of the spellings that are in two pairs (Bethe's
 * approximation). `before` and `after` are the two halves of a Viterbi search;
 * together they tell how good the best way through each spelling is. */

static void set_own_scores(dx_reader *r, uint32_t i)
{
    dx_slot *s = &r->slots[i];
    int pairs = (int)s->follows + (i + 1 < r->count && s[1].follows);

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

static void look_back(dx_reader *r, uint32_t i)
{
    dx_slot *s = &r->slots[i];

    for (uint32_t b = 0; b < choices(s); b++) {
        double best = -INFINITY;
        for (uint32_t a = 0; a < choices(s - 1); a++)
            best = fmax(best, s[-1].spellings[a].before +
                                  s[-1].spellings[a].own + pair_score(s, a, b));
        s->spellings[b].before = best;
    }
}

static void look_ahead(dx_reader *r, uint32_t i)
{
    dx_slot *s = &r->slots[i];

    for (uint32_t a = 0; a < choices(s); a++) {
        double best = -INFINITY;
        for (uint32_t b = 0; b < choices(s + 1); b++)
            best = fmax(best, s[1].spellings[b].after +
                                  s[1].spellings[b].own +
                                  pair_score(s + 1, a, b));
        s->spellings[a].after = best;
    }
}

/* The best spelling of slot `i`, and how far it leads. */
static uint32_t best_spelling(const dx_reader *r, uint32_t i, double *lead)
{
    const dx_slot *s = &r->slots[i];
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

static dx_sureness decide(dx_reader *r, uint32_t i)
{
    dx_slot *s = &r->slots[i];
    double lead;

    if (s->word->marked || s->count == 0)
        return DX_READING_SURE;
    uint32_t best = best_spelling(r, i, &lead);
    if (lead < LEAD_LEAST)
        return DX_READING_UNSURE;
    double doubt = lead < LEAD_FULL ? 1.0 - lead / LEAD_FULL : 0.0;
    s->word->reading = s->spellings[best].text;
    s->word->fallback = FALLBACK_SURE + (1.0 - FALLBACK_SURE) * doubt;
    return lead < LEAD_SURE ? DX_READING_UNSURE : DX_READING_SURE;
}

/* A word that the query has twice counts once, as sure as it is in the surer
 * place: ranking takes only what is the same in all for one. And where the query
 * has another word of the same letters, that is not this one in doubt: what is
 * spelt "võ" tells nothing of "vợ" in "vợ của Võ Nguyên Giáp". */
static void compare_slots(dx_slot *a, dx_slot *b)
{
    dx_query_word *x = a->word, *y = b->word;

    if (a->folded != b->folded || x->reading.len == 0 || y->reading.len == 0)
        return;
    double fallback = dx_str_eq(x->reading, y->reading)
                          ? fmin(x->fallback, y->fallback)
                          : FALLBACK_SURE;
    x->fallback = y->fallback = fallback;
}

static void settle(dx_reader *r)
{
    for (uint32_t i = 1; i < r->count; i++)
        for (uint32_t k = 0; k < i; k++)
            compare_slots(&r->slots[k], &r->slots[i]);
}

/* ---- the words ---- */

static bool is_read(const dx_query_word *w)
{
    return w->kind == DX_WORD_TERM && !w->overlay && !w->strict;
}

static void make_slots(dx_reader *r, dx_query *q)
{
    const dx_query_word *before = NULL;

    for (uint32_t n = q->nodes[0].child; n != DX_NODE_NONE;
         n = q->nodes[n].next) {
        const dx_node *node = &q->nodes[n];
        dx_query_word *w = &q->words[node->first];
        if (node->kind != DX_NODE_WORD || node->field != DX_IN_ANY ||
            !is_read(w)) {
            before = NULL;
            continue;
        }
        r->slots[r->count] = (dx_slot){.word = w, .folded = DX_ID_NONE,
            .follows = node->joined && before != NULL};
        r->count++;
        before = w;
    }
}

/* Who types some words with accents mostly does so with all. */
static bool typed_with_marks(const dx_reader *r)
{
    uint32_t marked = 0;

    for (uint32_t i = 0; i < r->count; i++)
        marked += r->slots[i].word->marked;
    return marked > 0 && 2 * marked >= r->count;
}

static void take_literally(dx_reader *r)
{
    for (uint32_t i = 0; i < r->count; i++) {
        dx_query_word *w = r->slots[i].word;
        if (w->marked)
            continue;
        w->reading = w->exact;
        w->fallback = FALLBACK_AMONG_MARKED;
    }
}

static dx_status read_words(dx_reader *r, dx_sureness *sureness)
{
    for (uint32_t i = 0; i < r->count; i++)
        DX_TRY(find_spellings(r->segment, &r->slots[i]));
    DX_TRY(dx_sightings_collect(r));
    for (uint32_t i = 0; i < r->count; i++)
        set_own_scores(r, i);
    for (uint32_t i = 1; i < r->count; i++)
        look_back(r, i);
    for (uint32_t i = r->count - 1; i-- > 0;)
        look_ahead(r, i);
    *sureness = DX_READING_SURE;
    for (uint32_t i = 0; i < r->count; i++)
        if (decide(r, i) == DX_READING_UNSURE)
            *sureness = DX_READING_UNSURE;
    settle(r);
    return DX_OK;
}

dx_status dx_reading_find(const dx_generation *g, dx_query *q,
    dx_sureness *sureness)
{
    dx_reader r = {.segment = NULL};

    *sureness = DX_READING_NONE;
    if (g->segment_count == 0 || q->word_count == 0)
        return DX_OK;
    r.segment = dx_generation_largest(g);
    r.slots = dx_arena_calloc(&r.arena, q->word_count, sizeof *r.slots);
    if (!r.slots)
        return DX_ERR_NOMEM;
    dx_doc_init(&r.doc);
    make_slots(&r, q);
    dx_status rc = DX_OK;
    if (typed_with_marks(&r))
        take_literally(&r);
    else if (r.count > 0 && r.count <= READING_WORDS_MAX)
        rc = read_words(&r, sureness);
    dx_doc_free(&r.doc);
    dx_arena_free(&r.arena);
    return rc;
}
