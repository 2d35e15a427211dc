/* Puts what an editor has pinned before the hits. */
#include "searcher/answer/select/pinned.h"

#include "common/index/segment/identity/find.h"
#include "searcher/match/rank/ranked.h"

static const dx_ranked *find(const dx_ranked *hits, uint32_t count, uint32_t segment,
    uint32_t doc)
{
    for (uint32_t i = 0; i < count; i++)
        if (hits[i].segment == segment && hits[i].doc == doc)
            return &hits[i];
    return NULL;
}

dx_status dx_pin(const dx_generation *g, const char *const *ids, uint32_t count,
    uint32_t wanted, dx_arena *arena, dx_ranking *ranking)
{
    dx_ranked *hits =
        dx_arena_alloc(arena, ((size_t)count + ranking->count + 1) * sizeof *hits);
    uint32_t pinned = 0, n, segment, doc;

    if (!hits)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < count; i++) {
        if (!dx_article_find(g, dx_str_from(ids[i]), false, &segment, &doc) ||
            find(hits, pinned, segment, doc))
            continue;
        const dx_ranked *hit = find(ranking->hits, ranking->count, segment, doc);
        dx_ranked *first = &hits[pinned++];
        *first = hit ? *hit : (dx_ranked){.segment = segment, .doc = doc};
        first->pinned = true;
        first->loose = false; /* it follows nothing */
    }
    n = pinned;
    for (uint32_t i = 0; i < ranking->count; i++)
        if (!find(hits, pinned, ranking->hits[i].segment, ranking->hits[i].doc))
            hits[n++] = ranking->hits[i];
    ranking->hits = hits;
    ranking->count = n < wanted ? n : wanted;
    return DX_OK;
}
