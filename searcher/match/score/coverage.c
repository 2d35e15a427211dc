/* Whether a document has enough of a query to be a partial match. */
#include "searcher/match/score/coverage.h"

#include <math.h>
#include <string.h>

#include "common/index/codec/bits.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/window.h"
#include "searcher/match/evaluate/bounds.h"

/* Of two words that weigh the same, one is half, whatever sums are rounded to. */
#define ROUNDING_SLACK 1e-9

/* What the documents of one list have more than those that are not in it. */
typedef struct dx_share {
    dx_cursor *list, *unless;
    double weight;
} dx_share;

static void put_share(dx_coverage *c, dx_cursor *list, dx_cursor *unless,
    double weight)
{
    uint32_t at = c->share_count;

    if (!list || weight <= 0.0)
        return;
    for (; at > 0 && c->shares[at - 1].weight < weight; at--)
        c->shares[at] = c->shares[at - 1];
    c->shares[at] = (dx_share){list, unless, weight};
    c->share_count++;
}

/* What is in the exact list is in the folded one, too. */
static void put_list(dx_coverage *c, const dx_scored_list *l)
{
    double folded = l->folded ? l->weight.folded : 0.0;

    c->lists[c->list_count++] = l;
    put_share(c, l->exact, l->unless, l->weight.exact - folded);
    put_share(c, l->folded, l->unless, folded);
}

dx_status dx_coverage_init(dx_coverage *c, const dx_plan *plan,
    const dx_scorer *s, dx_arena *arena)
{
    size_t room = s->count + (size_t)1;

    *c = (dx_coverage){.lists = dx_arena_calloc(arena, room, sizeof *c->lists),
        .shares = dx_arena_calloc(arena, 2 * room, sizeof *c->shares),
        .least = plan->weights.enough * (1.0 - ROUNDING_SLACK)};
    if (!c->lists || !c->shares)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < s->count; i++)
        if (plan->summands.list[s->lists[i].summand].kind != DX_SUMMAND_PAIR)
            put_list(c, &s->lists[i]);
    return DX_OK;
}

/* What a document of the window can have at most. */
static double most_in(const dx_coverage *c, uint32_t window)
{
    double most = 0.0;

    for (uint32_t i = 0; i < c->share_count; i++)
        if (dx_cursor_peek(c->shares[i].list, window) > 0)
            most += c->shares[i].weight;
    return most;
}

static dx_status add_share(const dx_share *s, uint32_t window, double scale,
    dx_bounds *sums)
{
    const uint64_t *without = NULL;

    if (dx_cursor_load(s->list, window) == 0)
        return s->list->status;
    if (s->unless && dx_cursor_load(s->unless, window) > 0)
        without = s->unless->bits;
    dx_bounds_add(sums, s->list->bits, without,
        (uint32_t)(s->weight * scale) + 1);
    return s->unless ? s->unless->status : DX_OK;
}

/* Each of the sums is rounded up by a step for each of its shares, at most. */
static void find_sure(const dx_coverage *c, const dx_bounds *sums, double scale,
    const dx_bitset *set, dx_bitset *sure)
{
    double least = ceil(c->least * scale) + c->share_count;

    if (least > sums->most)
        return;
    *sure = *set;
    dx_bounds_keep(sums, (uint32_t)least, sure);
}

dx_status dx_coverage_keep(dx_coverage *c, uint32_t window, uint32_t few,
    dx_bitset *set, dx_bitset *sure, bool *matched)
{
    dx_bounds sums;
    double rest;

    if (sure)
        memset(sure, 0, sizeof *sure);
    *matched = c->least > 0.0 && c->share_count < DX_BOUND_MAX;
    if (!*matched)
        return DX_OK;
    rest = most_in(c, window);
    if (rest < c->least) {
        memset(set, 0, sizeof *set);
        return DX_OK;
    }
    memset(&sums, 0, sizeof sums);
    double scale = (double)(DX_BOUND_MAX - c->share_count) / rest;
    for (uint32_t i = 0; i < c->share_count &&
                         (rest >= c->least || dx_bitset_count(set) > few); i++) {
        const dx_share *s = &c->shares[i];
        if (dx_cursor_peek(s->list, window) == 0)
            continue;
        DX_TRY(add_share(s, window, scale, &sums));
        rest -= s->weight;
        if (rest < c->least)
            dx_bounds_keep(&sums, (uint32_t)ceil((c->least - rest) * scale), set);
    }
    if (sure)
        find_sure(c, &sums, scale, set, sure);
    return DX_OK;
}

static bool has(dx_cursor *list, uint32_t d)
{
    return list && dx_cursor_has(list, d);
}

bool dx_coverage_is_enough(const dx_coverage *c, uint32_t d)
{
    double have = 0.0;

    for (uint32_t i = 0; i < c->list_count && have < c->least; i++) {
        const dx_scored_list *l = c->lists[i];
        if (has(l->unless, d))
            continue;
        if (has(l->exact, d))
            have += l->weight.exact;
        else if (has(l->folded, d))
            have += l->weight.folded;
    }
    return have >= c->least;
}

uint32_t dx_coverage_count(const dx_coverage *c, const dx_bitset *set)
{
    uint32_t count = 0;

    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
        for (uint64_t left = set->words[k]; left; left &= left - 1)
            count += dx_coverage_is_enough(c, k << 6 | dx_ctz64(left));
    return count;
}
