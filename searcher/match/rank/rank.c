/* Which documents answer a query, best first. */
#include "searcher/match/rank/rank.h"

#include <string.h>

#include "common/index/codec/bits.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/segment.h"
#include "searcher/match/evaluate/bitset.h"
#include "searcher/match/evaluate/matcher.h"
#include "searcher/match/evaluate/node_role.h"
#include "searcher/match/lookup/docset.h"
#include "searcher/match/rank/bounded_window.h"
#include "searcher/match/rank/by_date.h"
#include "searcher/match/rank/own.h"
#include "searcher/match/rank/rerank.h"
#include "searcher/match/rank/topk.h"
#include "searcher/match/score/coverage.h"
#include "searcher/match/score/score.h"

/* Up to so many documents of a window are looked up one by one. */
#define FEW 48u
#define STEP_GROWTH 4u /* 2 and 8 are as good */

typedef enum pass_kind {
    PASS_ALL,     /* documents with the whole query */
    PASS_ANY,     /* with at least one */
    PASS_MIXED,   /* with enough; the total is of those with all, others are
                     partial */
    PASS_PARTIAL, /* likewise, with something missing, but no name; no total */
} pass_kind;

/* A pass may be about some documents only, the others following in one more. */
typedef enum tier {
    TIER_ALL,
    TIER_OWN, /* own.h */
    TIER_OTHERS
} tier;

/* One pass over the index. */
typedef struct pass {
    const dx_plan *plan;
    dx_deadline *deadline;
    pass_kind kind;
    tier tier;
    dx_rank_order order; /* also by date when nothing scores */
    dx_freshness freshness;
    dx_topk top;
    uint64_t total;
    bool count_partial;
    uint64_t partial;
    uint64_t **matches; /* or NULL: see rank.h */
    /* of the segment under way: */
    uint32_t segment;
    dx_matcher matcher;
    dx_scorer scorer;
    dx_coverage coverage;
    const uint64_t *own; /* those of TIER_OWN; NULL: none */
    uint64_t *dated; /* what was found, to be ordered by date; NULL: by score */
    dx_bitset full;  /* of the window under way, where it matters */
} pass;

static double factor_of(const pass *p, uint32_t doc)
{
    return p->freshness.weight > 0.0
               ? dx_freshness_factor(&p->freshness,
                     dx_segment_date(p->matcher.pool.segment, doc))
               : 1.0;
}

/* What the scorer must give at least for any document to get among the best. */
static double threshold_of_any(const pass *p)
{
    return dx_topk_threshold(&p->top) / (1.0 + p->freshness.weight);
}

static void score_set(pass *p, uint32_t window, const dx_bitset *set)
{
    double threshold = dx_topk_threshold(&p->top);

    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++) {
        for (uint64_t left = set->words[k]; left; left &= left - 1) {
            uint32_t d = k << 6 | dx_ctz64(left);
            uint32_t doc = window << DX_WINDOW_BITS | d;
            double factor = factor_of(p, doc);
            if (!dx_scorer_can_reach(&p->scorer, window, d, threshold / factor))
                continue;
            dx_ranked hit = {.segment = p->segment,
                .doc = doc,
                .partial = p->kind >= PASS_MIXED &&
                           !(p->full.words[k] >> (d & 63) & 1)};
            if (hit.partial && !dx_coverage_is_enough(&p->coverage, d))
                continue;
            hit.score =
                dx_scorer_score(&p->scorer, window, d, &hit.has) * factor;
            if (dx_topk_offer(&p->top, hit))
                threshold = dx_topk_threshold(&p->top);
        }
    }
}

/* Bounds say nothing of two documents with the same lists. But where the best
 * list is to give what the others cannot, frequency and length tell what it
 * gives at most. So the first hits are those that come near all that there is
 * to get; the threshold that they make leaves few others. */
static const double sift_shares[] = {.9, .75, .6, .45};

/* A look at all postings of the best of several lists pays only for so many
 * documents. */
/* Leaves in `set` the documents with much of what the best list can give, if
 * there are `wanted` of them. */
static bool keep_promising(pass *p, uint32_t window, uint32_t wanted,
    dx_bitset *set)
{
    double bound = dx_scorer_window_bound(&p->scorer, window);

    for (size_t i = 0; i < sizeof sift_shares / sizeof *sift_shares; i++) {
        dx_bitset some = *set;
        if (!dx_scorer_sift(&p->scorer, window, sift_shares[i] * bound, &some))
            return false;
        if (dx_bitset_count(&some) < wanted)
            continue;
        *set = some;
        return true;
    }
    return false;
}

/* Drops documents that cannot get among the best. */
static void drop_hopeless(pass *p, uint32_t window,
    const dx_window_bounds *bounds, dx_bitset *set)
{
    dx_window_bounds_prune(bounds, threshold_of_any(p), set);
    if (dx_bitset_count(set) > FEW)
        (void)dx_scorer_sift(&p->scorer, window, threshold_of_any(p), set);
}

static void score_first(pass *p, uint32_t window, const dx_bitset *first,
    dx_bitset *set)
{
    score_set(p, window, first);
    dx_bitset_subtract(first, set);
}

/* Scores what can get among the best of a set that has many documents, the most
 * promising first, in growing steps, for each raises the threshold that spares
 * the others. A step costs what scoring some 24 documents does. */
static void score_many(pass *p, uint32_t window, dx_bitset *set)
{
    dx_window_bounds bounds;
    uint32_t missing = p->top.room - p->top.count;

    dx_scorer_bound(&p->scorer, window, &bounds);
    drop_hopeless(p, window, &bounds, set);
    for (uint32_t step = missing ? missing : FEW;
         dx_bitset_count(set) > STEP_GROWTH * step; step *= STEP_GROWTH) {
        dx_bitset first = *set;
        dx_window_bounds_pick(&bounds, step, &first);
        if (dx_bitset_count(&first) > STEP_GROWTH * step)
            (void)keep_promising(p, window, step, &first);
        score_first(p, window, &first, set);
        drop_hopeless(p, window, &bounds, set);
    }
    score_set(p, window, set);
}

/* Scores the most promising documents of a single list, until there are as many
 * as are wanted, and leaves the others in `set`. */
static void score_best_of_list(pass *p, uint32_t window, dx_bitset *set)
{
    dx_bitset first = *set;

    if (keep_promising(p, window, p->top.room - p->top.count, &first))
        score_first(p, window, &first, set);
}

/* Whether all was done by the one list that there is. */
static bool score_list(pass *p, uint32_t window, dx_bitset *set)
{
    if (p->scorer.count != 1)
        return false;
    if (p->top.count < p->top.room)
        score_best_of_list(p, window, set);
    if (p->top.count < p->top.room ||
        !dx_scorer_sift(&p->scorer, window, threshold_of_any(p), set))
        return false;
    score_set(p, window, set);
    return true;
}

/* Scores what can get among the best of the `count` documents of `set`. */
static dx_status score_window(pass *p, uint32_t window, dx_bitset *set,
    uint32_t count)
{
    bool many = count > FEW;
    bool pruned = p->kind >= PASS_MIXED && p->top.count == p->top.room;
    DX_TRY(dx_scorer_seek(&p->scorer, window, many));
    dx_scorer_order(&p->scorer, window);
    if (many && score_list(p, window, set))
        return DX_OK;
    if (many && p->scorer.count > 1 && p->top.count == p->top.room) {
        dx_scorer_keep_needed(&p->scorer, threshold_of_any(p), set);
        many = dx_bitset_count(set) > FEW &&
               (!dx_scorer_sift(&p->scorer, window, threshold_of_any(p), set) ||
                   dx_bitset_count(set) > FEW);
    }
    if (many && !pruned)
        score_many(p, window, set);
    else
        score_set(p, window, set);
    return DX_OK;
}

static void keep_tier(const pass *p, uint32_t window, dx_bitset *set,
    uint32_t *count)
{
    if (p->tier == TIER_ALL || !p->own) /* without own ones all are others */
        return;
    const uint64_t *own = p->own + (size_t)window * DX_WINDOW_WORDS;
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        set->words[k] &= p->tier == TIER_OWN ? own[k] : ~own[k];
    *count = dx_bitset_count(set);
}

/* Documents of the window with all of the query. */
static dx_status find_full(pass *p, uint32_t window, uint32_t *count)
{
    bool may = dx_matcher_may_have_all(&p->matcher, window);

    memset(&p->full, may ? 0xFF : 0, sizeof p->full);
    *count = 0;
    if (may)
        DX_TRY(dx_matcher_find(&p->matcher, window, DX_MATCHES_ALL, &p->full,
            count));
    keep_tier(p, window, &p->full, count);
    return DX_OK;
}

/* Leaves in `set` what is full, and of others those with enough, as far as that
 * is known before they are looked up. */
static dx_status keep_enough(pass *p, uint32_t window, dx_bitset *set,
    dx_bitset *sure, bool *matched)
{
    dx_bitset enough = *set;

    DX_TRY(dx_coverage_keep(&p->coverage, window, FEW, &enough, sure, matched));
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        set->words[k] &= enough.words[k] | p->full.words[k];
    return DX_OK;
}

static dx_status match_partial(pass *p, uint32_t window, bool scored,
    dx_bitset *set, uint32_t *count)
{
    if (!scored || !dx_matcher_takes_scored(&p->matcher, window, set, count))
        DX_TRY(dx_matcher_find(&p->matcher, window,
            p->kind == PASS_MIXED ? DX_MATCHES_ANY : DX_MATCHES_PARTIAL, set,
            count));
    keep_tier(p, window, set, count);
    return DX_OK;
}

/* Documents with a part of the query that can get among the best. */
static dx_status find_partial(pass *p, uint32_t window, dx_bitset *set,
    uint32_t *count)
{
    bool scored, enough = false;

    DX_TRY(dx_scorer_candidates(&p->scorer, window, threshold_of_any(p), FEW,
        set, &scored));
    if (!scored || dx_bitset_count(set) > FEW)
        DX_TRY(keep_enough(p, window, set, NULL, &enough));
    DX_TRY(match_partial(p, window, scored || enough, set, count));
    if (p->kind == PASS_PARTIAL)
        dx_bitset_subtract(&p->full, set);
    return DX_OK;
}

/* Documents that the pass is about; `promising` is false when only the total
 * is still of interest. */
static dx_status find(pass *p, uint32_t window, bool promising, dx_bitset *set,
    uint32_t *count, uint32_t *total)
{
    *count = *total = 0;
    if (p->kind == PASS_PARTIAL && !promising && !p->count_partial)
        return DX_OK;
    if (p->kind == PASS_ANY) {
        memset(set, 0xFF, sizeof *set);
        DX_TRY(dx_matcher_find(&p->matcher, window, DX_MATCHES_ANY, set,
            count));
        keep_tier(p, window, set, count);
    } else {
        DX_TRY(find_full(p, window, count));
    }
    if (p->kind != PASS_PARTIAL)
        *total = *count;
    if (p->kind == PASS_ALL)
        *set = p->full;
    return p->kind >= PASS_MIXED && promising
               ? find_partial(p, window, set, count)
               : DX_OK;
}

static dx_status count_partial(pass *p, uint32_t window)
{
    dx_bitset set, sure;
    uint32_t count;
    bool matched;

    memset(&set, 0xFF, sizeof set);
    DX_TRY(keep_enough(p, window, &set, &sure, &matched));
    DX_TRY(match_partial(p, window, matched, &set, &count));
    if (p->deadline->over)
        return DX_OK;
    dx_bitset_subtract(&p->full, &set);
    p->partial += dx_bitset_count(&set);
    dx_bitset_subtract(&sure, &set);
    count = dx_bitset_count(&set);
    p->partial -= count;
    if (count > 0)
        DX_TRY(dx_scorer_seek(&p->scorer, window, count > FEW));
    p->partial += dx_coverage_count(&p->coverage, &set);
    return DX_OK;
}

static void add_window(uint64_t *matches, uint32_t window, const dx_bitset *set)
{
    uint64_t *kept = matches + (size_t)window * DX_WINDOW_WORDS;

    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        /* NOLINTNEXTLINE(clang-analyzer-core.uninitialized.Assign): by ANY, find() filled it */
        kept[k] |= set->words[k];
}

/* A window that was not finished in time is left out: its sets may lack or, by
 * an exclusion, even have documents that they should not. */
static dx_status run_window(pass *p, uint32_t window, bool promising)
{
    dx_bitset set;
    uint32_t count, total;

    if (p->tier == TIER_OWN && !dx_own_has_any(p->own, window))
        return DX_OK;
    DX_TRY(find(p, window, promising, &set, &count, &total));
    if (p->deadline->over)
        return DX_OK;
    p->total += total;
    const dx_bitset *matches = p->kind == PASS_ANY ? &set : &p->full;
    if (p->matches && total)
        add_window(p->matches[p->segment], window, matches);
    if (p->dated && total)
        add_window(p->dated, window, matches);
    if (p->count_partial && p->kind >= PASS_MIXED)
        DX_TRY(count_partial(p, window));
    return promising && count && !p->dated
               ? score_window(p, window, &set, count)
               : DX_OK;
}

/* Finds all of the segment before the newest or oldest are sought. */
static dx_status run_by_date(pass *p, dx_arena *arena)
{
    uint32_t windows = dx_window_count(p->matcher.segment_docs);
    uint64_t before = p->total;

    p->dated = dx_docset_new(p->matcher.segment_docs, arena);
    if (!p->dated)
        return DX_ERR_NOMEM;
    for (uint32_t w = 0; w < windows && !dx_deadline_is_over(p->deadline); w++)
        DX_TRY(run_window(p, w, true));
    dx_offer_by_date(p->matcher.pool.segment, p->segment, p->dated,
        p->total - before, p->order == DX_RANK_NEWEST, &p->top);
    return DX_OK;
}

/* Most promising windows first: the threshold is high early. */
static dx_status run_by_score(pass *p, dx_arena *arena)
{
    uint32_t count = dx_window_count(p->matcher.segment_docs);
    dx_bounded_window *windows = dx_arena_alloc(arena, count * sizeof *windows);

    if (!windows)
        return DX_ERR_NOMEM;
    DX_TRY(dx_scorer_init(&p->scorer, p->plan, &p->matcher.pool));
    if (p->kind >= PASS_MIXED)
        DX_TRY(dx_coverage_init(&p->coverage, p->plan, &p->scorer, arena));
    for (uint32_t w = 0; w < count; w++)
        windows[w] = (dx_bounded_window){dx_scorer_window_bound(&p->scorer, w), w};
    dx_bounded_windows_sort(windows, count);
    for (uint32_t w = 0; w < count; w++) {
        if (dx_deadline_is_over(p->deadline))
            break;
        if (w + 1 < count)
            dx_scorer_prefetch(&p->scorer, windows[w + 1].window);
        DX_TRY(run_window(p, windows[w].window,
            windows[w].bound >= threshold_of_any(p)));
    }
    return DX_OK;
}

static dx_status run_segment(pass *p, size_t segment)
{
    dx_arena arena = DX_ARENA_INIT;

    p->segment = (uint32_t)segment;
    dx_status rc = dx_own_find(&p->plan->lookup, segment, &arena, &p->own);
    if (rc != DX_OK || (p->tier == TIER_OWN && !p->own)) {
        dx_arena_free(&arena);
        return rc;
    }
    rc = dx_matcher_init(&p->matcher, &p->plan->lookup, &p->plan->alternatives,
        segment, p->deadline, &arena);
    if (rc == DX_OK)
        rc = p->order == DX_RANK_BY_SCORE ? run_by_score(p, &arena)
                                          : run_by_date(p, &arena);
    dx_matcher_free(&p->matcher);
    dx_arena_free(&arena);
    return rc;
}

static dx_status run_pass(pass *p)
{
    for (size_t s = 0; s < p->plan->lookup.generation->segment_count; s++)
        DX_TRY(run_segment(p, s));
    dx_topk_sort(&p->top);
    return DX_OK;
}

static dx_rank_order order_of(const dx_query *q, const dx_rank_options *options)
{
    return options->order == DX_RANK_BY_SCORE &&
                   !dx_node_scores(q, &q->nodes[0])
               ? DX_RANK_NEWEST
               : options->order;
}

/* What a document has of one word or one phrase tells the first stage as well.
 * Who wants all of the words, or any, gets them by their lists alone. */
bool dx_rank_looks_twice(const dx_query *q, const dx_rank_options *options)
{
    return options->match == DX_RANK_AUTO &&
           options->order == DX_RANK_BY_SCORE && options->wanted > 0 &&
           dx_query_has_parts(q);
}

/* How many the first stage has to find, so that the second can choose. */
static uint32_t hits_to_find(const dx_query *q, const dx_rank_options *options)
{
    return dx_rank_looks_twice(q, options) && options->wanted < DX_RERANK_HITS
               ? DX_RERANK_HITS
               : options->wanted;
}

static uint32_t rest_of(uint32_t all, uint32_t before)
{
    return before < all ? all - before : 0;
}

static dx_status make_room(const dx_plan *plan, const dx_rank_options *options,
    dx_arena *arena, dx_ranking *out)
{
    const dx_generation *g = plan->lookup.generation;
    size_t hits = hits_to_find(plan->lookup.query, options);

    out->hits = dx_arena_calloc(arena, hits + 1, sizeof *out->hits);
    if (!out->hits)
        return DX_ERR_NOMEM;
    if (!options->keep_matches)
        return DX_OK;
    out->matches =
        dx_arena_calloc(arena, g->segment_count, sizeof *out->matches);
    for (size_t s = 0; s < g->segment_count && out->matches; s++) {
        out->matches[s] = dx_docset_new(dx_segment_docs(g->segments[s]), arena);
        if (!out->matches[s])
            return DX_ERR_NOMEM;
    }
    return out->matches ? DX_OK : DX_ERR_NOMEM;
}

/* Looks at those of `count` hits that are among the first; `before` are ahead.
 */
static dx_status look_twice(const dx_plan *plan, const dx_rank_options *options,
    dx_deadline *deadline, uint32_t before, dx_ranked *hits, uint32_t count)
{
    uint32_t first = rest_of(DX_RERANK_HITS, before);

    if (!dx_rank_looks_twice(plan->lookup.query, options))
        return DX_OK;
    return dx_rerank(plan, &options->freshness, deadline, hits,
        count < first ? count : first, rest_of(options->wanted, before));
}

static dx_status take_tier(const dx_plan *plan, pass_kind kind, tier which,
    const dx_rank_options *options, dx_deadline *deadline, dx_ranking *out)
{
    pass p = {.plan = plan,
        .deadline = deadline,
        .kind = kind,
        .tier = which,
        .order = order_of(plan->lookup.query, options),
        .freshness = options->freshness,
        .count_partial = options->count_partial,
        .matches = kind == PASS_PARTIAL ? NULL : out->matches,
        .top = {out->hits + out->count, 0,
            hits_to_find(plan->lookup.query, options) - out->count}};

    DX_TRY(run_pass(&p));
    for (uint32_t i = 0; i < p.top.count && p.order != DX_RANK_BY_SCORE; i++)
        p.top.heap[i].score = 0.0;
    DX_TRY(look_twice(plan, options, deadline, out->count, p.top.heap,
        p.top.count));
    out->count += p.top.count;
    if (kind != PASS_PARTIAL)
        out->total += p.total;
    out->partial += p.partial;
    return DX_OK;
}

/* The best documents of one kind, after those found before. */
static dx_status take(const dx_plan *plan, pass_kind kind,
    const dx_rank_options *options, dx_deadline *deadline, dx_ranking *out)
{
    if (options->order != DX_RANK_BY_SCORE || !dx_own_is_asked(&plan->lookup))
        return take_tier(plan, kind, TIER_ALL, options, deadline, out);
    DX_TRY(take_tier(plan, kind, TIER_OWN, options, deadline, out));
    return take_tier(plan, kind, TIER_OTHERS, options, deadline, out);
}

/* Among plain words score alone orders: to put documents that have all of them
 * first was measured to hide better answers behind long texts that have every
 * word by chance (docs/DECISIONS.md, "Ranking"). */
static dx_status rank(const dx_plan *plan, const dx_rank_options *options,
    dx_deadline *deadline, dx_ranking *out)
{
    const dx_query *q = plan->lookup.query;
    bool partial = options->match == DX_RANK_AUTO &&
                   options->order == DX_RANK_BY_SCORE && dx_query_has_parts(q);

    if (options->match == DX_RANK_ANY)
        return take(plan, PASS_ANY, options, deadline, out);
    if (partial && !dx_query_asks_by_name(q))
        return take(plan, PASS_MIXED, options, deadline, out);
    DX_TRY(take(plan, PASS_ALL, options, deadline, out));
    return partial && (out->count < hits_to_find(q, options) ||
                          options->count_partial)
               ? take(plan, PASS_PARTIAL, options, deadline, out)
               : DX_OK;
}

dx_status dx_rank_plan(const dx_plan *plan, const dx_rank_options *options,
    dx_deadline *deadline, dx_arena *arena, dx_ranking *out)
{
    *out = (dx_ranking){.words_cut = plan->lookup.words_cut};
    DX_TRY(make_room(plan, options, arena, out));
    DX_TRY(rank(plan, options, deadline, out));
    out->timed_out = deadline->over;
    if (out->count > options->wanted)
        out->count = options->wanted;
    return DX_OK;
}

dx_status dx_rank_prepare(const dx_generation *g, const dx_query *q,
    const dx_rank_options *options, dx_deadline *deadline, dx_arena *arena,
    dx_plan *out)
{
    DX_TRY(dx_plan_make(g, q, options->exact_accents, deadline, arena, out));
    return dx_plan_weigh(out, &out->stats, arena);
}

bool dx_rank_can_find(const dx_generation *g, const dx_query *q)
{
    return dx_query_has_positive(q) && g->segment_count > 0;
}

dx_status dx_rank(const dx_generation *g, const dx_query *q,
    const dx_rank_options *options, dx_arena *arena, dx_ranking *out)
{
    dx_deadline deadline = {.at_ms = options->deadline_ms};
    dx_plan plan;

    *out = (dx_ranking){0};
    if (!dx_rank_can_find(g, q))
        return DX_OK;
    DX_TRY(dx_rank_prepare(g, q, options, &deadline, arena, &plan));
    return dx_rank_plan(&plan, options, &deadline, arena, out);
}
