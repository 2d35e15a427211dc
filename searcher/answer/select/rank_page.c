/* Ranking until enough hits are left after sifting. */
#include "searcher/answer/select/rank_page.h"

#include "searcher/answer/select/alike.h"
#include "searcher/answer/select/collapse.h"
#include "searcher/answer/select/like.h"
#include "searcher/include/dx/search.h"
#include "searcher/match/rank/ranked.h"

#define COLLAPSE_SPARE 10u /* hits ranked for those that become one */

/* Leaves those hits that are to be shown. */
static dx_status sift(const dx_generation *g, bool collapse,
    const dx_doc_ref *like, dx_arena *arena, dx_ranking *r)
{
    if (like)
        DX_TRY(dx_like_drop(g, *like, r->hits, &r->count));
    return collapse ? dx_collapse(g, r->hits, &r->count, arena) : DX_OK;
}

/* `dup:` in the query decides before the request does. */
static bool wants_collapse(const dx_query *q, bool collapse)
{
    for (uint32_t i = 0; i < q->node_count; i++)
        if (q->nodes[i].kind == DX_NODE_FILTER &&
            q->nodes[i].field == DX_IN_DUP && q->nodes[i].value.len)
            collapse = dx_dup_value_of(q->nodes[i].value) == DX_DUP_NO;
    return collapse;
}

/* Asks for more than the page needs, so that it is full after articles with
 * nearly the same text have become one hit; for more again if it is not. */
static dx_status fill(const dx_plan *plan, const dx_rank_options *options,
    bool collapse, const dx_doc_ref *like, dx_deadline *deadline,
    dx_arena *arena, dx_ranking *out)
{
    dx_rank_options more = *options;
    dx_ranking next;
    uint32_t found, fetched = 0;

    *out = (dx_ranking){0};
    more.wanted += COLLAPSE_SPARE;
    do {
        if (more.wanted > DX_RANK_MAX)
            more.wanted = DX_RANK_MAX;
        DX_TRY(dx_rank_plan(plan, &more, deadline, arena, &next));
        if (next.timed_out && fetched > 0) {
            out->timed_out = true;
            break;
        }
        *out = next;
        fetched = more.wanted;
        found = out->count;
        DX_TRY(sift(plan->lookup.generation, collapse, like, arena, out));
        more.wanted *= 2;
    } while (out->count < options->wanted && found == fetched &&
             fetched < DX_RANK_MAX && !out->timed_out);
    if (out->count > options->wanted)
        out->count = options->wanted;
    return DX_OK;
}

dx_status dx_rank_page(const dx_generation *g, const dx_query *q,
    const dx_rank_options *options, bool collapse, const dx_doc_ref *like,
    dx_arena *arena, dx_ranking *out)
{
    dx_deadline deadline = {.at_ms = options->deadline_ms};
    dx_plan plan;

    collapse = wants_collapse(q, collapse);
    if ((!collapse && !like) || options->wanted == 0)
        return dx_rank(g, q, options, arena, out);
    *out = (dx_ranking){0};
    if (!dx_rank_can_find(g, q))
        return DX_OK;
    DX_TRY(dx_rank_prepare(g, q, options, &deadline, arena, &plan));
    return fill(&plan, options, collapse, like, &deadline, arena, out);
}
