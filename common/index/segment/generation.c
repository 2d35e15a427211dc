/* All segments that a manifest names, opened together. */
#include "common/index/segment/generation.h"

#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/segment/hidden.h"
#include "common/index/segment/layout/manifest.h"

static dx_status withhold(dx_segment *s, dx_error *err)
{
    dx_status rc = dx_segment_withhold_hidden(s);

    return rc == DX_OK ? rc
                       : dx_fail(err, rc,
                             "segment %08x: hidden articles: %s; run `dxindex "
                             "check`",
                             dx_segment_id(s), dx_status_text(rc));
}

static dx_status open_segments(dx_generation *g, dx_snapshot *snapshot,
    const dx_manifest *m, dx_error *err)
{
    dx_contested contested;
    size_t count = g->segment_count + m->count;

    if (m->count == 0)
        return DX_OK;
    DX_TRY(dx_contested_open(snapshot, &contested, err));
    dx_segment **segments =
        dx_realloc_array(g->segments, count, sizeof *segments);
    if (!segments)
        return dx_fail_nomem(err);
    g->segments = segments;
    void *of = dx_realloc_array(g->contested, count, sizeof *g->contested);
    if (!of)
        return dx_fail_nomem(err);
    g->contested = of;
    for (size_t i = 0; i < m->count; i++) {
        const dx_segment_entry *e = &m->segments[i];
        dx_segment **s = &segments[g->segment_count];
        DX_TRY(dx_segment_open(snapshot, e->id, e->docs, e->deleted, s, err));
        g->contested[g->segment_count++] = contested;
        if (m->features & DX_FEATURE_HIDDEN)
            DX_TRY(withhold(*s, err));
        g->length_sum += dx_segment_length_sum(*s);
        g->hidden += dx_segment_hidden_count(*s);
        g->docs += e->docs;
        g->deleted += e->deleted;
    }
    return DX_OK;
}

static dx_status add(dx_generation *g, dx_snapshot *snapshot, dx_str record,
    const dx_manifest *m, dx_error *err)
{
    g->digest = dx_hash64_join(g->digest, dx_hash64(record.ptr, record.len));
    g->number += m->generation;
    g->features |= m->features;
    return open_segments(g, snapshot, m, err);
}

dx_status dx_generation_add(dx_generation *g, dx_snapshot *snapshot,
    dx_error *err)
{
    dx_manifest m;
    dx_str record;

    DX_TRY(dx_snapshot_get_first(snapshot, DX_MANIFEST_KEY, &record, err));
    DX_TRY(dx_manifest_read(record, &m, err));
    dx_status rc = add(g, snapshot, record, &m, err);
    dx_manifest_free(&m);
    return rc;
}

dx_status dx_generation_open(dx_snapshot *snapshot, dx_generation *out,
    dx_error *err)
{
    *out = (dx_generation){.number = 0};
    dx_status rc = dx_generation_add(out, snapshot, err);
    if (rc != DX_OK)
        dx_generation_close(out);
    return rc;
}

dx_status dx_generation_open_texts(dx_snapshot *snapshot, dx_generation *out,
    uint32_t *next_file, dx_error *err)
{
    dx_manifest m;
    dx_str record;
    uint32_t rules;

    *out = (dx_generation){.number = 0};
    DX_TRY(dx_snapshot_get_first(snapshot, DX_MANIFEST_KEY, &record, err));
    DX_TRY(dx_manifest_read_any_rules(record, &m, &rules, err));
    *next_file = m.next_file;
    dx_status rc = add(out, snapshot, record, &m, err);
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
    dx_free(g->contested);
    g->segments = NULL;
    g->contested = NULL;
    g->segment_count = 0;
}

dx_status dx_generation_damage(const dx_generation *g, size_t *segment,
    dx_error *err)
{
    dx_status rc = DX_OK;

    for (size_t i = 0; i < g->segment_count && rc == DX_OK; i++) {
        rc = dx_segment_damage(g->segments[i], err);
        if (segment)
            *segment = i;
    }
    return rc;
}

const dx_segment *dx_generation_largest(const dx_generation *g)
{
    const dx_segment *best = NULL;

    for (size_t i = 0; i < g->segment_count; i++)
        if (!best || dx_segment_docs(g->segments[i]) > dx_segment_docs(best))
            best = g->segments[i];
    return best;
}
