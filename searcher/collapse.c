#include "searcher/collapse.h"

#include "common/index/signature.h"

static const uint8_t *signature_of(const dx_generation *g, const dx_ranked *hit)
{
    return dx_segment_signature(g->segments[hit->segment], hit->doc);
}

static dx_ranked *find_same(const dx_generation *g, dx_ranked *hits,
    uint32_t count, const dx_ranked *hit)
{
    const uint8_t *signature = signature_of(g, hit);
    uint32_t first = count > DX_COLLAPSE_REACH ? count - DX_COLLAPSE_REACH : 0;

    for (uint32_t i = first; i < count; i++)
        if (dx_signature_is_near(signature_of(g, &hits[i]), signature))
            return &hits[i];
    return NULL;
}

uint32_t dx_collapse(const dx_generation *g, dx_ranked *hits, uint32_t count)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < count; i++) {
        dx_ranked hit = hits[i];
        dx_ranked *same = find_same(g, hits, kept, &hit);
        if (same)
            same->similar++;
        else
            hits[kept++] = hit;
    }
    return kept;
}
