/* Keeping one of hits with nearly the same text. */
#include "searcher/answer/select/collapse.h"

#include "common/index/codec/signature.h"
#include "common/index/segment/segment.h"

/* Those of the hits kept last; that of hit i is at i % DX_COLLAPSE_REACH. */
typedef dx_signature signatures[DX_COLLAPSE_REACH];

static dx_ranked *find_same(const signatures known, dx_ranked *hits,
    uint32_t count, const dx_signature *signature)
{
    uint32_t first = count > DX_COLLAPSE_REACH ? count - DX_COLLAPSE_REACH : 0;

    for (uint32_t i = first; i < count; i++)
        if (dx_signature_is_near(&known[i % DX_COLLAPSE_REACH], signature))
            return &hits[i];
    return NULL;
}

uint32_t dx_collapse(const dx_generation *g, dx_ranked *hits, uint32_t count)
{
    signatures known;
    uint32_t kept = 0;

    for (uint32_t i = 0; i < count; i++) {
        dx_ranked hit = hits[i];
        dx_signature signature =
            dx_segment_signature(g->segments[hit.segment], hit.doc);
        dx_ranked *same = find_same(known, hits, kept, &signature);
        if (same) {
            same->similar++;
        } else {
            known[kept % DX_COLLAPSE_REACH] = signature;
            hits[kept++] = hit;
        }
    }
    return kept;
}
