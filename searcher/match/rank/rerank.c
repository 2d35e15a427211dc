/* The second stage: the first hits once more, by their texts. */
#include "searcher/match/rank/rerank.h"

#include <string.h>

#include "common/index/segment/segment.h"

double dx_rerank_gain(const dx_passage *p, double scale)
{
    return scale * (DX_RERANK_BEST * p->best * p->best +
                       DX_RERANK_HEAD * p->head * p->head +
                       DX_RERANK_TITLE * p->title * p->title);
}

static double factor_of(const dx_plan *plan, const dx_freshness *freshness,
    const dx_ranked *hit)
{
    const dx_segment *s = plan->lookup.generation->segments[hit->segment];

    return freshness->weight > 0.0
               ? dx_freshness_factor(freshness, dx_segment_date(s, hit->doc))
               : 1.0;
}

/* Few, and nearly in order. */
static void sort(dx_ranked *hits, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        dx_ranked hit = hits[i];
        uint32_t at = i;
        for (; at > 0 && hits[at - 1].score < hit.score; at--)
            hits[at] = hits[at - 1];
        hits[at] = hit;
    }
}

/* The hits so far that are wanted, best score first. */
typedef struct leaders {
    double scores[DX_RERANK_HITS];
    uint32_t count, wanted;
} leaders;

static void put_leader(leaders *l, double score)
{
    uint32_t at = l->count < l->wanted ? l->count++ : l->wanted - 1;

    for (; at > 0 && l->scores[at - 1] < score; at--)
        l->scores[at] = l->scores[at - 1];
    l->scores[at] = score;
}

/* Who has no more than the last of them, and comes later, is not wanted. */
static bool can_lead(const leaders *l, double most)
{
    return l->count < l->wanted || most > l->scores[l->wanted - 1];
}

/* Rounding keeps order, so what is computed in one way for less is not more. */
static dx_status look_at(dx_passage_finder *f, double factor, leaders *l,
    dx_ranked *hit)
{
    double scale = dx_passage_scale(f);
    dx_passage p = dx_passage_bound(f, hit->has);

    if (!can_lead(l, hit->score + factor * dx_rerank_gain(&p, scale)))
        return DX_OK;
    DX_TRY(dx_passage_begin(f, hit, &p));
    if (!can_lead(l, hit->score + factor * dx_rerank_gain(&p, scale)))
        return DX_OK;
    DX_TRY(dx_passage_go_on(f, &p));
    hit->score += factor * dx_rerank_gain(&p, scale);
    hit->passage = p.place;
    if (can_lead(l, hit->score))
        put_leader(l, hit->score);
    return DX_OK;
}

static dx_status look_at_all(dx_passage_finder *f,
    const dx_freshness *freshness, dx_deadline *deadline, dx_ranked *hits,
    uint32_t count, uint32_t wanted)
{
    leaders l = {.wanted = wanted < DX_RERANK_HITS ? wanted : DX_RERANK_HITS};

    for (uint32_t i = 0; i < count && !dx_deadline_is_over(deadline); i++)
        DX_TRY(look_at(f, factor_of(f->plan, freshness, &hits[i]), &l, &hits[i]));
    return DX_OK;
}

dx_status dx_rerank(const dx_plan *plan, const dx_freshness *freshness,
    dx_deadline *deadline, dx_ranked *hits, uint32_t count, uint32_t wanted)
{
    dx_ranked looked_at[DX_RERANK_HITS];
    dx_arena arena = DX_ARENA_INIT;
    dx_passage_finder f;

    if (count > DX_RERANK_HITS)
        count = DX_RERANK_HITS;
    if (count == 0 || wanted == 0)
        return DX_OK;
    memcpy(looked_at, hits, count * sizeof *hits);
    dx_status rc = dx_passage_finder_init(&f, plan, &arena);
    if (rc == DX_OK)
        rc = look_at_all(&f, freshness, deadline, looked_at, count, wanted);
    dx_passage_finder_free(&f);
    dx_arena_free(&arena);
    if (rc != DX_OK || deadline->over)
        return rc;
    sort(looked_at, count);
    memcpy(hits, looked_at, count * sizeof *hits);
    return DX_OK;
}
