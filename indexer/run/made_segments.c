/* Makes segments; in the end all are opened at once. */
#include "indexer/run/made_segments.h"

#include "common/base/mem.h"
#include "common/index/segment/segment.h"

struct dx_made_segment {
    dx_segment_entry entry;
    uint64_t *dead;      /* owned, may be NULL */
    dx_segment *segment; /* owned; NULL until it is opened */
};

void dx_made_segments_free(dx_made_segments *m)
{
    for (size_t i = 0; i < m->count; i++) {
        dx_segment_close(m->items[i].segment);
        dx_free(m->items[i].dead);
    }
    dx_free(m->items);
    dx_snapshot_close(m->snapshot);
    *m = (dx_made_segments){0};
}

dx_status dx_made_segments_add(dx_made_segments *m, dx_gathered *gathered,
    dx_writer *store, uint32_t id, const dx_invert_options *options,
    dx_error *err)
{
    void *p = m->items;

    if (dx_grow(&p, &m->cap, m->count + 1, sizeof *m->items) != 0)
        return dx_fail_nomem(err);
    m->items = p;
    struct dx_made_segment *made = &m->items[m->count++];
    *made = (struct dx_made_segment){0};
    DX_TRY(dx_invert(gathered, store, id, options, &made->entry, err));
    if (gathered->dead_count) {
        made->dead = gathered->dead;
        gathered->dead = NULL;
    }
    dx_gathered_free(gathered);
    return dx_gathered_init(gathered) == DX_OK ? DX_OK : dx_fail_nomem(err);
}

dx_status dx_made_segments_open(dx_made_segments *m, const char *index,
    dx_manifest *manifest, dx_indexed *indexed, dx_error *err)
{
    DX_TRY(dx_snapshot_open_written(index, &m->snapshot, err));
    for (size_t i = 0; i < m->count; i++) {
        struct dx_made_segment *made = &m->items[i];
        DX_TRY(dx_segment_open(m->snapshot, made->entry.id, made->entry.docs,
            0, &made->segment, err));
        dx_segment_entry *e = dx_manifest_add(manifest);
        if (!e || dx_indexed_add(indexed, made->segment, made->dead) != DX_OK)
            return dx_fail_nomem(err);
        *e = made->entry;
    }
    return DX_OK;
}
