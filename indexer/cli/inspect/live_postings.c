/* Postings of articles that are not deleted. */
#include "indexer/cli/inspect/live_postings.h"

#include "common/base/mem.h"
#include "common/index/codec/list_decode.h"

dx_status dx_live_postings_init(dx_live_postings *p, const dx_generation *g)
{
    uint32_t docs = 1;

    for (size_t i = 0; i < g->segment_count; i++)
        if (dx_segment_docs(g->segments[i]) > docs)
            docs = dx_segment_docs(g->segments[i]);
    *p = (dx_live_postings){dx_calloc(docs, sizeof *p->docs),
        dx_calloc(docs, sizeof *p->tfs), DX_ARENA_INIT};
    return p->docs && p->tfs ? DX_OK : DX_ERR_NOMEM;
}

void dx_live_postings_free(dx_live_postings *p)
{
    dx_free(p->docs);
    dx_free(p->tfs);
    dx_arena_free(&p->arena);
}

dx_status dx_live_postings_decode(dx_live_postings *p, const dx_segment *s,
    const dx_list *list, uint32_t *count)
{
    const uint64_t *deleted = dx_segment_deleted(s);
    uint32_t live = 0;

    *count = 0;
    dx_arena_reset(&p->arena);
    DX_TRY(dx_list_decode(list, p->docs, p->tfs, &p->arena));
    for (uint32_t i = 0; i < list->df; i++) {
        p->docs[live] = p->docs[i];
        p->tfs[live] = p->tfs[i];
        live += !dx_deleted_at(deleted, p->docs[i]);
    }
    *count = live;
    return DX_OK;
}
