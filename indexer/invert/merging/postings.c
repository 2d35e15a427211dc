/* Decodes lists and gives their documents new numbers. */
#include "indexer/invert/merging/postings.h"

#include "common/base/mem.h"
#include "common/index/codec/list_decode.h"

void dx_merge_postings_free(dx_merge_postings *p)
{
    dx_free(p->docs);
    dx_free(p->tfs);
    dx_arena_free(&p->scratch);
    *p = (dx_merge_postings){.count = 0};
}

dx_status dx_merge_postings_reserve(dx_merge_postings *p, size_t more)
{
    size_t count = p->count + more;
    void *docs = p->docs;

    if (dx_grow(&docs, &p->docs_cap, count, sizeof *p->docs) != 0)
        return DX_ERR_NOMEM;
    p->docs = docs;
    void *tfs = p->tfs;
    if (dx_grow(&tfs, &p->tfs_cap, count, sizeof *p->tfs) != 0)
        return DX_ERR_NOMEM;
    p->tfs = tfs;
    return DX_OK;
}

dx_status dx_merge_postings_add(dx_merge_postings *p, const dx_merge_source *s,
    const dx_list *list)
{
    uint32_t docs = dx_segment_docs(s->s), next = 0;

    if (list->df > docs)
        return DX_ERR_CORRUPT;
    DX_TRY(dx_merge_postings_reserve(p, list->df));
    uint32_t *from = p->docs + p->count, at = p->count;
    uint16_t *tfs = p->tfs + p->count;
    DX_TRY(dx_list_decode(list, from, tfs, &p->scratch));
    dx_arena_reset(&p->scratch);
    for (uint32_t i = 0; i < list->df; i++) {
        uint32_t doc = from[i];
        if (doc < next || doc >= docs)
            return DX_ERR_CORRUPT;
        next = doc + 1;
        p->docs[at] = dx_merge_doc(s, doc);
        p->tfs[at] = tfs[i];
        at += p->docs[at] != DX_MERGE_GONE;
    }
    p->count = at;
    return DX_OK;
}
