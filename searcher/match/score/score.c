/* What a document of one segment scores, and what it can at most. */
#include "searcher/match/score/score.h"

#include <math.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/bm25.h"
#include "searcher/match/score/sieve.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/segment.h"
#include "searcher/match/lookup/lookup.h"
#include "searcher/match/summand.h"

/* What a document can score at most falls by so much when it is not in the
 * list. */
typedef struct dx_gain {
    dx_cursor *list;
    double bound;
} dx_gain;

/* A list in the order of what it can add, with bits of its documents: none where
 * there is no such list. */
typedef struct dx_ordered_list {
    const dx_scored_list *list;
    const uint64_t *exact, *folded, *unless;
    double bound;
} dx_ordered_list;

static const uint64_t no_bits[DX_WINDOW_WORDS];

/* The list of the word that `t` stands in for. */
static dx_status open_unless(dx_cursor_pool *pool, const dx_word_ids *ids,
    const dx_summand *t, dx_cursor **out)
{
    const dx_lookup *lookup = pool->lookup;

    if (t->unless == DX_WORD_NONE)
        return DX_OK;
    bool strict = lookup->exact_accents ||
                  lookup->query->words[t->unless].strict;
    return strict ? dx_cursor_pool_get(pool, DX_LIST_EXACT,
                        ids[t->unless].exact, 0, out)
                  : dx_cursor_pool_get(pool, DX_LIST_FOLDED,
                        ids[t->unless].folded, 0, out);
}

static dx_status open_lists(dx_cursor_pool *pool, const dx_summand *t,
    dx_scored_list *l)
{
    const dx_word_ids *ids = dx_lookup_ids(pool->lookup, pool->segment_index);
    const dx_word_ids *word = &ids[t->word];

    switch (t->kind) {
    case DX_SUMMAND_EXPANSION:
        return dx_cursor_pool_get(pool, DX_LIST_EXPANSION, t->word, 0,
            &l->folded);
    case DX_SUMMAND_ALTERNATIVE:
        DX_TRY(dx_cursor_pool_get(pool, DX_LIST_ALTERNATIVE, t->slot, 0,
            &l->folded));
        return open_unless(pool, ids, t, &l->unless);
    case DX_SUMMAND_PAIR:
        return dx_cursor_pool_get(pool, DX_LIST_PAIR, word->folded,
            ids[t->second].folded, &l->folded);
    case DX_SUMMAND_WORD:
        break;
    }
    if (t->by_folded)
        DX_TRY(dx_cursor_pool_get(pool, DX_LIST_FOLDED, word->folded, 0,
            &l->folded));
    return t->by_exact ? dx_cursor_pool_get(pool, DX_LIST_EXACT, word->scored,
                             0, &l->exact)
                       : DX_OK;
}

static bool has_documents(const dx_cursor *list)
{
    return list && list->list.df > 0;
}

dx_status dx_scorer_init(dx_scorer *s, const dx_plan *plan,
    dx_cursor_pool *pool)
{
    size_t count = plan->summands.count;
    const dx_segment *g = pool->segment;

    *s = (dx_scorer){.segment = g,
        .average_length = plan->weights.average_length,
        .segment_average =
            (double)dx_segment_length_sum(g) / dx_segment_docs(g),
        .lists = dx_arena_calloc(pool->arena, count, sizeof *s->lists),
        .order = dx_arena_calloc(pool->arena, count, sizeof *s->order),
        .gains = dx_arena_calloc(pool->arena, 2 * count, sizeof *s->gains)};
    if (!s->lists || !s->order || !s->gains)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < count; i++) {
        dx_scored_list l = {.summand = i, .weight = plan->weights.list[i]};
        DX_TRY(open_lists(pool, &plan->summands.list[i], &l));
        if (has_documents(l.folded) || has_documents(l.exact))
            s->lists[s->count++] = l;
    }
    return DX_OK;
}

/* ---- bounds ---- */

/* A list where every term frequency is 1 has a better bound than it stores. */
static double once_bound(void)
{
    return 1.0 / (1.0 + DX_BM25_K1 * (1.0 - DX_BM25_B));
}

static double list_bound(const dx_scorer *s, dx_cursor *c, uint32_t window)
{
    uint8_t stored = dx_cursor_bound(c, window);

    if (stored == 0)
        return 0.0;
    double v = dx_bm25_bound_value(stored, s->segment_average,
        s->average_length);
    double once = c->list.all_once ? once_bound() : 1.0;
    return v < once ? v : once;
}

typedef struct pair_of_bounds {
    double exact, folded;
} pair_of_bounds;

static pair_of_bounds summand_bounds(const dx_scorer *s,
    const dx_scored_list *l, uint32_t window)
{
    pair_of_bounds b = {0.0, 0.0};

    if (l->exact)
        b.exact = l->weight.exact * list_bound(s, l->exact, window);
    if (l->folded)
        b.folded = l->weight.folded * list_bound(s, l->folded, window);
    return b;
}

static double larger(pair_of_bounds b)
{
    return b.exact > b.folded ? b.exact : b.folded;
}

double dx_scorer_window_bound(dx_scorer *s, uint32_t window)
{
    double sum = 0.0;

    for (uint32_t i = 0; i < s->count; i++)
        sum += larger(summand_bounds(s, &s->lists[i], window));
    return sum;
}

static const uint64_t *bits_of(const dx_cursor *list)
{
    return list ? list->bits : no_bits;
}

static bool is_expanded(const dx_cursor *list) { return !list || list->loaded; }

/* Puts list `i` in its place among the `i` ordered ones before. */
static void put_in_order(dx_scorer *s, uint32_t i, double bound)
{
    const dx_scored_list *l = &s->lists[i];
    uint32_t at = i;

    for (; at > 0 && s->order[at - 1].bound < bound; at--)
        s->order[at] = s->order[at - 1];
    s->order[at] = (dx_ordered_list){l, bits_of(l->exact), bits_of(l->folded),
        bits_of(l->unless), bound};
    s->most += bound;
    s->expanded &= is_expanded(l->exact) && is_expanded(l->folded) &&
                   is_expanded(l->unless);
}

void dx_scorer_order(dx_scorer *s, uint32_t window)
{
    s->most = 0.0;
    s->expanded = true;
    for (uint32_t i = 0; i < s->count; i++)
        put_in_order(s, i, larger(summand_bounds(s, &s->lists[i], window)));
}

/* Sums of rounded doubles may differ in the last digits with their order. */
#define ROUNDING_SLACK 1e-9

/* ---- candidates ---- */

static void put_gain(dx_scorer *s, uint32_t *count, dx_cursor *list,
    double bound)
{
    uint32_t at = *count;

    if (!list || bound <= 0.0)
        return;
    for (; at > 0 && s->gains[at - 1].bound < bound; at--)
        s->gains[at] = s->gains[at - 1];
    s->gains[at] = (dx_gain){list, bound};
    (*count)++;
}

/* All lists, those first whose documents can score most by them. What is not in
 * the exact list may still be in the folded one; what is in that one only,
 * counts as little as that. Returns what all can add together. */
static double put_gains(dx_scorer *s, uint32_t window, uint32_t *count)
{
    double sum = 0.0;

    *count = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        const dx_scored_list *l = &s->lists[i];
        pair_of_bounds b = summand_bounds(s, l, window);
        put_gain(s, count, l->exact, b.exact - b.folded);
        put_gain(s, count, l->folded, b.folded);
        sum += larger(b);
    }
    return sum;
}

dx_status dx_scorer_candidates(dx_scorer *s, uint32_t window, double threshold,
    uint32_t few, dx_bitset *set, bool *scored)
{
    double limit = threshold * (1.0 - ROUNDING_SLACK);
    dx_bounds sums = {.most = 0};
    uint32_t count, taken = 0;

    memset(set, 0xFF, sizeof *set);
    *scored = limit > 0.0 && 2 * s->count < DX_BOUND_MAX;
    if (!*scored)
        return DX_OK;
    double rest = put_gains(s, window, &count);
    double scale = (double)(DX_BOUND_MAX - 2 * s->count) / rest;
    while (taken < count && (rest >= limit || dx_bitset_count(set) > few)) {
        dx_gain *g = &s->gains[taken++];
        if (dx_cursor_load(g->list, window))
            dx_bounds_add(&sums, g->list->bits, NULL,
                (uint32_t)(g->bound * scale) + 1);
        DX_TRY(g->list->status);
        rest -= g->bound;
        if (rest < limit)
            dx_bounds_keep(&sums, (uint32_t)ceil((limit - rest) * scale), set);
    }
    return DX_OK;
}

/* ---- one list, and what others can add to it ---- */

#define SHORT_SHARE .25 /* of the average length; up to that few documents are */

#define LEAST_SHARE .5 /* of what it gives at most: below, most reach it */

/* The list that has to give `*limit` to whoever reaches that, as all the others give
 * too little: *limit falls by that. NULL for none. What is in the exact list does not
 * count by the folded one, which may be too weak. */
static dx_cursor *deciding_list(dx_scorer *s, uint32_t window, double *limit,
    double *weight)
{
    const dx_scored_list *l = s->count ? s->order[0].list : NULL;

    *limit -= l ? s->most - s->order[0].bound : 0.0;
    if (!l || l->unless || *limit <= 0.0 ||
        (s->count > 1 && *limit < LEAST_SHARE * s->order[0].bound))
        return NULL;
    if (!l->exact) {
        *weight = l->weight.folded;
        return l->folded;
    }
    *weight = l->weight.exact;
    return summand_bounds(s, l, window).folded < *limit ? l->exact : NULL;
}

/* How long a document may be to reach `limit`: what dx_bm25_normed() gives falls with
 * the length. A word more is allowed for what rounding may take. */
static void make_limits(const dx_scorer *s, double weight, double limit,
    uint32_t limits[DX_SIEVE_LIMITS])
{
    double gain = weight / limit - 1.0, step = DX_BM25_K1 * DX_BM25_B;
    double free = DX_BM25_K1 * (1.0 - DX_BM25_B);

    for (uint32_t i = 0; i < DX_SIEVE_LIMITS; i++) {
        double norm = (double)(i + 1) * gain - free;
        double length = norm * s->average_length / step + 1.0;
        limits[i] = length < 0.0            ? 0
                    : length < (double)UINT16_MAX ? (uint32_t)length
                                                  : UINT16_MAX;
    }
}

bool dx_scorer_sift(dx_scorer *s, uint32_t window, double threshold,
    dx_bitset *set)
{
    double limit = threshold * (1.0 - ROUNDING_SLACK), weight;
    dx_cursor *list = deciding_list(s, window, &limit, &weight);
    uint32_t limits[DX_SIEVE_LIMITS];

    if (!list || !list->loaded)
        return false;
    make_limits(s, weight, limit, limits);
    if (list == s->order[0].list->exact)
        for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
            set->words[k] &= list->bits[k];
    dx_sieve_drop_long(list,
        s->lengths + ((size_t)window << DX_WINDOW_BITS) * 2, limits,
        (uint32_t)(s->average_length * SHORT_SHARE), set->words);
    return true;
}

void dx_scorer_keep_needed(const dx_scorer *s, double threshold, dx_bitset *set)
{
    double limit = threshold * (1.0 - ROUNDING_SLACK);
    const dx_ordered_list *end = s->order + s->count;

    for (const dx_ordered_list *l = s->order;
         s->expanded && l < end && s->most - l->bound < limit; l++)
        for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
            set->words[k] &= (l->exact[k] | l->folded[k]) & ~l->unless[k];
}

/* Documents that the folded list has, but that do not count by it. */
static const uint64_t *bits_without(const dx_scored_list *l, double exact,
    uint32_t window)
{
    if (exact > 0.0)
        return l->exact->bits;
    return l->unless && dx_cursor_peek(l->unless, window) > 0
               ? l->unless->bits
               : NULL;
}

/* Bounds are rounded up to whole steps, of which the largest possible sum has
 * at most DX_BOUND_MAX. */
void dx_scorer_bound(dx_scorer *s, uint32_t window, dx_window_bounds *out)
{
    memset(out, 0, sizeof *out);
    double most = s->most;
    if (most <= 0.0 || s->count >= DX_BOUND_MAX)
        return;
    out->scale = (double)(DX_BOUND_MAX - s->count) / most;
    for (uint32_t i = 0; i < s->count; i++) {
        const dx_scored_list *l = &s->lists[i];
        pair_of_bounds b = summand_bounds(s, l, window);
        if (b.exact > 0.0)
            dx_bounds_add(&out->sums, l->exact->bits, NULL,
                (uint32_t)(b.exact * out->scale) + 1);
        if (b.folded > 0.0)
            dx_bounds_add(&out->sums, l->folded->bits,
                bits_without(l, b.exact, window),
                (uint32_t)(b.folded * out->scale) + 1);
    }
}

void dx_window_bounds_prune(const dx_window_bounds *b, double threshold,
    dx_bitset *set)
{
    double steps = threshold * (1.0 - ROUNDING_SLACK) * b->scale;

    if (steps > DX_BOUND_MAX)
        memset(set, 0, sizeof *set);
    else if (steps > 0.0)
        dx_bounds_keep(&b->sums, (uint32_t)ceil(steps), set);
}

void dx_window_bounds_pick(const dx_window_bounds *b, uint32_t wanted,
    dx_bitset *set)
{
    uint32_t least = 0;

    for (uint32_t step = (DX_BOUND_MAX + 1) / 2; step > 0; step /= 2) {
        dx_bitset reached = *set;
        dx_bounds_keep(&b->sums, least + step, &reached);
        if (dx_bitset_count(&reached) >= wanted)
            least += step;
    }
    dx_bounds_keep(&b->sums, least, set);
}

/* ---- windows ---- */

void dx_scorer_prefetch(const dx_scorer *s, uint32_t window)
{
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->lists[i].exact)
            dx_cursor_prefetch(s->lists[i].exact, window);
        if (s->lists[i].folded)
            dx_cursor_prefetch(s->lists[i].folded, window);
    }
}

/* ---- scores ---- */

static dx_status go_to(dx_cursor *c, uint32_t window, bool many)
{
    if (!c)
        return DX_OK;
    (void)(many ? dx_cursor_load(c, window) : dx_cursor_seek(c, window));
    return c->status;
}

dx_status dx_scorer_seek(dx_scorer *s, uint32_t window, bool many)
{
    for (uint32_t i = 0; i < s->count; i++) {
        DX_TRY(go_to(s->lists[i].exact, window, many));
        DX_TRY(go_to(s->lists[i].folded, window, many));
        DX_TRY(go_to(s->lists[i].unless, window, many));
    }
    s->lengths = dx_segment_lengths(s->segment, window << DX_WINDOW_BITS,
        DX_WINDOW_DOCS);
    return DX_OK;
}

static inline bool has(dx_cursor *c, uint32_t d)
{
    return c && dx_cursor_has(c, d);
}

static inline double part_by(const dx_scored_list *l, bool exact, uint32_t d,
    double norm, uint32_t *tf)
{
    *tf = dx_cursor_tf(exact ? l->exact : l->folded, d);
    return (exact ? l->weight.exact : l->weight.folded) *
           dx_bm25_normed(*tf, norm);
}

static inline double part_of(const dx_scored_list *l, uint32_t d, double norm,
    uint32_t *tf, bool *by_exact)
{
    *by_exact = has(l->exact, d);
    *tf = 0;
    if ((!*by_exact && !has(l->folded, d)) || has(l->unless, d))
        return 0.0;
    return part_by(l, *by_exact, d, norm, tf);
}

static inline double norm_of(const dx_scorer *s, uint32_t window, uint32_t d)
{
    return dx_bm25_norm(dx_length_at(s->lengths, window << DX_WINDOW_BITS | d),
        s->average_length);
}

double dx_scorer_part(dx_scorer *s, uint32_t i, uint32_t window, uint32_t d,
    uint32_t *tf, bool *by_exact)
{
    return part_of(&s->lists[i], d, norm_of(s, window, d), tf, by_exact);
}

/* What is left of the bounds, where bits do not tell. */
static double look_lists_up(const dx_scorer *s, uint32_t d, double norm,
    double limit)
{
    double most = s->most;
    bool by_exact;
    uint32_t tf;

    for (uint32_t i = 0; i < s->count && most >= limit; i++)
        most += part_of(s->order[i].list, d, norm, &tf, &by_exact) -
                s->order[i].bound;
    return most;
}

/* Most documents lack most lists, and nearly all fail, so a list without the document
 * must cost next to nothing. */
DX_POPCNT_CLONES
bool dx_scorer_can_reach(dx_scorer *s, uint32_t window, uint32_t d,
    double threshold)
{
    double most = s->most, norm = norm_of(s, window, d);
    double limit = threshold * (1.0 - ROUNDING_SLACK);
    const dx_ordered_list *end = s->order + s->count;
    uint64_t bit = (uint64_t)1 << (d & 63);
    uint32_t word = d >> 6, tf;

    if (!s->expanded)
        return look_lists_up(s, d, norm, limit) >= limit;
    for (const dx_ordered_list *l = s->order; l < end && most >= limit; l++) {
        uint64_t exact = l->exact[word] & bit;
        most -= l->bound;
        if ((exact | (l->folded[word] & bit)) & ~l->unless[word])
            most += part_by(l->list, exact != 0, d, norm, &tf);
    }
    return most >= limit;
}

DX_POPCNT_CLONES
double dx_scorer_score(dx_scorer *s, uint32_t window, uint32_t d, uint64_t *has)
{
    double sum = 0.0, norm = norm_of(s, window, d);
    uint32_t tf;
    bool by_exact;

    *has = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        sum += part_of(&s->lists[i], d, norm, &tf, &by_exact);
        *has |= (uint64_t)(tf > 0) << (s->lists[i].summand & 63);
    }
    return sum;
}
