/* Finds segments due for merging, and makes one of them. */
#include "indexer/invert/merge.h"

#include "common/base/mem.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/hidden.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/segment.h"
#include "common/index/segment/write/segment_writer.h"
#include "common/index/store/snapshot.h"
#include "indexer/invert/coding.h"
#include "indexer/invert/merge_policy.h"
#include "indexer/invert/merging/docs.h"
#include "indexer/invert/merging/forms.h"
#include "indexer/invert/merging/lists.h"
#include "indexer/invert/merging/sources.h"
#include "indexer/invert/merging/terms.h"
#include "indexer/invert/merging/triples.h"
#include "indexer/invert/parallel.h"
#include "indexer/invert/publish.h"
#include "indexer/invert/stop.h"

#define PART_BYTES_MAX (UINT64_C(7) << 29) /* of 2^32 - 1: a code may take more */
#define TRIPLES_SHARE 8u /* of memory, for triples found in texts */

/* ---- what is due ---- */

/* The largest of its parts, which have a limit in bytes. */
static uint64_t part_bytes(const dx_segment *s)
{
    uint64_t most = 0;

    for (unsigned part = 0; part < DX_PART_COUNT; part++) {
        uint64_t bytes = dx_segment_part_bytes(s, (dx_part)part);
        most = bytes > most ? bytes : most;
    }
    return most;
}

static dx_status find_due(const dx_generation *g,
    const dx_merge_options *options, dx_merge_range *due)
{
    dx_merge_limit limit = {DX_SEGMENT_DOCS_MAX, PART_BYTES_MAX};
    dx_merge_candidate *all = dx_calloc(g->segment_count, sizeof *all);

    if (!all)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < g->segment_count; i++) {
        const dx_segment *s = g->segments[i];
        all[i] = (dx_merge_candidate){dx_segment_docs(s),
            dx_segment_deleted_count(s), part_bytes(s)};
    }
    *due = dx_merge_range_due(all, g->segment_count, &limit, options->optimize);
    dx_free(all);
    return DX_OK;
}

/* ---- merging ---- */

typedef struct merger {
    dx_merge_sources sources;
    dx_merge_forms forms;
    dx_numbering numbering; /* of the forms */
    dx_coding coding;
    dx_frequent_pairs pairs;
    dx_segment_writer *writer;
    const atomic_bool *stop;
} merger;

/* What needs each other's results not: two by two. */
static dx_status look(void *ctx, unsigned worker, size_t index)
{
    merger *g = ctx;

    (void)worker;
    return index == 0 ? dx_merge_terms_number(&g->sources)
                      : dx_merge_forms_find(&g->forms, &g->sources, g->stop);
}

static dx_status put(void *ctx, unsigned worker, size_t index)
{
    merger *g = ctx;

    (void)worker;
    if (index == 0)
        return dx_merge_lists_put(&g->sources, g->writer, &g->pairs, g->stop);
    DX_TRY(dx_merge_forms_put(&g->forms, &g->numbering, g->writer));
    return dx_merge_docs_put(&g->sources, &g->forms, &g->coding, g->writer,
        g->stop);
}

static dx_status make(merger *g, dx_segment *const *segments, size_t count,
    dx_writer *store, uint32_t id, const dx_merge_options *options)
{
    unsigned threads = options->threads;

    DX_TRY(dx_merge_sources_init(&g->sources, segments, count));
    g->sources.work = options->work;
    dx_work_begin(options->work, dx_merge_sources_units(&g->sources));
    DX_TRY(dx_parallel(threads, 2, look, g));
    DX_TRY(dx_merge_forms_number(&g->forms, &g->numbering));
    DX_TRY(dx_coding_make((uint32_t)g->forms.count, &g->numbering, &g->coding));
    DX_TRY(dx_segment_writer_new(store, id, g->sources.docs, g->sources.lengths,
        &g->writer));
    dx_segment_writer_code(g->writer, g->coding.plan.runs,
        g->coding.plan.run_count);
    DX_TRY(dx_parallel(threads, 2, put, g));
    return dx_merge_triples_put(&g->sources, &g->pairs,
        options->memory_bytes / TRIPLES_SHARE, g->writer, options->stop);
}

static dx_status merge_segments(dx_segment *const *segments, size_t count,
    dx_writer *store, uint32_t id, const dx_merge_options *options,
    dx_segment_entry *merged, dx_error *err)
{
    merger g = {.stop = options->stop};
    uint64_t bytes = 0;
    dx_status rc = make(&g, segments, count, store, id, options);

    if (rc == DX_ERR_INTERRUPTED)
        dx_fail(err, rc, "interrupted while merging");
    else if (rc != DX_OK)
        dx_fail(err, rc, "merging segments: %s", dx_status_text(rc));
    else
        rc = dx_segment_writer_finish(g.writer, &bytes, err);
    *merged = (dx_segment_entry){id, g.sources.docs, 0, bytes};
    dx_segment_writer_free(g.writer);
    dx_coding_free(&g.coding);
    dx_numbering_free(&g.numbering);
    dx_merge_forms_free(&g.forms);
    dx_frequent_pairs_free(&g.pairs);
    dx_merge_sources_free(&g.sources);
    return rc;
}

/* What the index needs of readers after merging, which leaves deleted documents
 * out. */
static unsigned features_after(const dx_generation *g, dx_merge_range r)
{
    unsigned features = 0;

    for (size_t i = 0; i < g->segment_count; i++) {
        const dx_segment *s = g->segments[i];
        bool is_merged = i >= r.from && i < r.end;
        if (is_merged ? dx_segment_hidden_count(s) > 0
                      : dx_segment_has_hidden(s))
            features |= DX_FEATURE_HIDDEN;
    }
    return features;
}

static dx_status merge(const dx_generation *g, dx_merge_range r,
    dx_writer *store, dx_manifest *m, const dx_merge_options *options,
    dx_error *err)
{
    dx_segment_entry merged;

    DX_TRY(merge_segments(g->segments + r.from, r.end - r.from, store,
        m->next_segment++, options, &merged, err));
    if (dx_stop_is_asked(options->stop))
        return dx_fail(err, DX_ERR_INTERRUPTED, "interrupted while merging");
    m->features = features_after(g, r);
    return dx_publish_merged(store, m, r.from, r.end, &merged, err);
}

static dx_status merge_next(const dx_generation *g, dx_writer *store,
    const dx_merge_options *options, bool *merged, dx_error *err)
{
    dx_manifest m;
    dx_str record;

    *merged = false;
    DX_TRY(dx_writer_get(store, DX_MANIFEST_KEY, &record, err));
    DX_TRY(dx_manifest_read(record, &m, err));
    dx_merge_range r = {0, 0};
    dx_status rc = find_due(g, options, &r);
    if (rc != DX_OK) {
        dx_fail_nomem(err);
    } else if (r.from < r.end) {
        rc = merge(g, r, store, &m, options, err);
        *merged = true;
    }
    dx_manifest_free(&m);
    return rc;
}

dx_status dx_merge_due(const char *index, dx_writer *store,
    const dx_merge_options *options, dx_error *err)
{
    bool merged = true;
    dx_status rc = DX_OK;

    while (merged && rc == DX_OK) {
        dx_snapshot *snapshot;
        dx_generation g;
        DX_TRY(dx_snapshot_open(index, &snapshot, err));
        rc = dx_generation_open(snapshot, &g, err);
        if (rc == DX_OK) {
            rc = merge_next(&g, store, options, &merged, err);
            dx_generation_close(&g);
        }
        dx_snapshot_close(snapshot);
    }
    return rc;
}
