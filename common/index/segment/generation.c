/* All segments that a manifest names, opened together. */
#include "common/index/segment/generation.h"

#include "common/base/mem.h"
#include "common/index/segment/layout/manifest.h"

static dx_status open_segments(dx_generation *g, const dx_manifest *m,
    dx_error *err)
{
    g->segments = dx_calloc(m->count, sizeof *g->segments);
    if (!g->segments)
        return dx_fail_nomem(err);
    for (size_t i = 0; i < m->count; i++) {
        const dx_segment_entry *e = &m->segments[i];
        DX_TRY(dx_segment_open(g->snapshot, e->id, e->docs, e->deleted,
            &g->segments[i], err));
        g->segment_count++;
        g->docs += e->docs;
        g->deleted += e->deleted;
        g->length_sum += dx_segment_length_sum(g->segments[i]);
    }
    return DX_OK;
}

dx_status dx_generation_open(dx_snapshot *snapshot, dx_generation *out,
    dx_error *err)
{
    dx_manifest m;
    dx_str record;

    *out = (dx_generation){.snapshot = snapshot};
    DX_TRY(dx_snapshot_get(snapshot, DX_MANIFEST_KEY, &record, err));
    DX_TRY(dx_manifest_read(record, &m, err));
    out->number = m.generation;
    dx_status rc = open_segments(out, &m, err);
    dx_manifest_free(&m);
    if (rc != DX_OK)
        dx_generation_close(out);
    return rc;
}

void dx_generation_close(dx_generation *g)
{
    for (size_t i = 0; i < g->segment_count; i++)
        dx_segment_close(g->segments[i]);
    dx_free(g->segments);
    g->segments = NULL;
    g->segment_count = 0;
}

const dx_segment *dx_generation_largest(const dx_generation *g)
{
    const dx_segment *best = NULL;

    for (size_t i = 0; i < g->segment_count; i++)
        if (!best || dx_segment_docs(g->segments[i]) > dx_segment_docs(best))
            best = g->segments[i];
    return best;
}
