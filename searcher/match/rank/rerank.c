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

static dx_status look_at_all(dx_passage_finder *f,
    const dx_freshness *freshness, dx_deadline *deadline, dx_ranked *hits,
    uint32_t count)
{
    dx_passage passage;

    for (uint32_t i = 0; i < count && !dx_deadline_is_over(deadline); i++) {
        DX_TRY(dx_passage_find(f, hits[i].segment, hits[i].doc, &passage));
        hits[i].score += factor_of(f->plan, freshness, &hits[i]) *
                         dx_rerank_gain(&passage, dx_passage_scale(f));
        hits[i].passage = passage.place;
    }
    return DX_OK;
}

dx_status dx_rerank(const dx_plan *plan, const dx_freshness *freshness,
    dx_deadline *deadline, dx_ranked *hits, uint32_t count)
{
    dx_ranked looked_at[DX_RERANK_HITS];
    dx_arena arena = DX_ARENA_INIT;
    dx_passage_finder f;

    if (count > DX_RERANK_HITS)
        count = DX_RERANK_HITS;
    memcpy(looked_at, hits, count * sizeof *hits);
    dx_status rc = dx_passage_finder_init(&f, plan, &arena);
    if (rc == DX_OK)
        rc = look_at_all(&f, freshness, deadline, looked_at, count);
    dx_passage_finder_free(&f);
    dx_arena_free(&arena);
    if (rc != DX_OK || deadline->over)
        return rc;
    sort(looked_at, count);
    memcpy(hits, looked_at, count * sizeof *hits);
    return DX_OK;
}
