/* Keeping one of hits that are the same article. */
#include "searcher/answer/select/collapse.h"

#include "common/index/codec/signature.h"
#include "common/index/segment/segment.h"
#include "searcher/answer/select/same_article.h"

/* Of hundreds of texts after one template no more are compared with a hit: if it
 * is none of these, it is taken for another article. */
#define COMPARED_MAX 8u

typedef struct collapser {
    const dx_generation *generation;
    dx_same_reader reader;
    dx_arena *arena;
    /* Of the hits kept last; that of hit i is at i % DX_COLLAPSE_REACH. */
    dx_signature known[DX_COLLAPSE_REACH];
} collapser;

static dx_doc_ref ref_of(const dx_ranked *hit)
{
    return (dx_doc_ref){hit->segment, hit->doc};
}

/* *out: that one of the `count` hits which `hit` is the same as, or NULL. */
static dx_status find_same(collapser *c, dx_ranked *hits, uint32_t count,
    const dx_ranked *hit, const dx_signature *signature, dx_ranked **out)
{
    uint32_t first = count > DX_COLLAPSE_REACH ? count - DX_COLLAPSE_REACH : 0;
    uint32_t compared = 0;
    bool same = false;

    *out = NULL;
    for (uint32_t i = first; i < count && compared < COMPARED_MAX; i++) {
        if (!dx_signature_is_near(&c->known[i % DX_COLLAPSE_REACH], signature))
            continue;
        compared++;
        DX_TRY(dx_same_article(&c->reader, ref_of(hit), ref_of(&hits[i]),
            &same));
        if (same) {
            *out = &hits[i];
            return DX_OK;
        }
    }
    return DX_OK;
}

/* At the end of those that `to` stands for. */
static dx_status put_similar(dx_ranked *to, const dx_ranked *hit,
    dx_arena *arena)
{
    dx_ranked *copy = dx_arena_alloc(arena, sizeof *copy);

    if (!copy)
        return DX_ERR_NOMEM;
    *copy = *hit;
    for (to->similar++; to->alike; to = to->alike)
        ;
    to->alike = copy;
    return DX_OK;
}

static dx_status collapse(collapser *c, dx_ranked *hits, uint32_t *count)
{
    uint32_t kept = 0;
    dx_ranked *same;

    for (uint32_t i = 0; i < *count; i++) {
        dx_ranked hit = hits[i];
        dx_signature signature = dx_segment_signature(
            c->generation->segments[hit.segment], hit.doc);
        DX_TRY(find_same(c, hits, kept, &hit, &signature, &same));
        if (same) {
            DX_TRY(put_similar(same, &hit, c->arena));
        } else {
            c->known[kept % DX_COLLAPSE_REACH] = signature;
            hits[kept++] = hit;
        }
    }
    *count = kept;
    return DX_OK;
}

dx_status dx_collapse(const dx_generation *g, dx_ranked *hits, uint32_t *count,
    dx_arena *arena)
{
    collapser c = {.generation = g, .arena = arena};

    dx_same_reader_init(&c.reader, g);
    dx_status rc = collapse(&c, hits, count);
    dx_same_reader_free(&c.reader);
    return rc;
}
