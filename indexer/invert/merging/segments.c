/* Makes one segment of several: what needs each other's results not at a time. */
#include "indexer/invert/merging/segments.h"

#include "common/base/stop.h"
#include "common/index/segment/write/segment_writer.h"
#include "indexer/invert/coding.h"
#include "indexer/invert/merging/columns.h"
#include "indexer/invert/merging/docs.h"
#include "indexer/invert/merging/forms.h"
#include "indexer/invert/merging/lists.h"
#include "indexer/invert/merging/sources.h"
#include "indexer/invert/merging/terms.h"
#include "indexer/invert/merging/triples.h"
#include "indexer/invert/parallel.h"

#define TRIPLES_SHARE 8u /* of memory, for triples found in texts */

typedef struct merger {
    dx_merge_sources sources;
    dx_merge_forms forms;
    dx_numbering numbering; /* of the forms */
    dx_coding coding;
    dx_frequent_pairs pairs;
    dx_segment_writer *writer;
    const atomic_bool *stop;
} merger;

/* What does not need each other's results: two by two. */
static dx_status look(void *ctx, unsigned worker, size_t index)
{
    merger *g = ctx;

    (void)worker;
    return index == 0 ? dx_merge_terms_number(&g->sources)
                      : dx_merge_forms_count(&g->forms, &g->sources, g->stop);
}

static dx_status put(void *ctx, unsigned worker, size_t index)
{
    merger *g = ctx;

    (void)worker;
    if (index == 0)
        return dx_merge_lists_put(&g->sources, g->writer, &g->pairs, g->stop);
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
    DX_TRY(dx_coding_make(g->forms.count, &g->numbering, &g->coding));
    DX_TRY(dx_segment_writer_new(store, id, g->sources.docs, g->sources.lengths,
        &g->writer));
    dx_segment_writer_code(g->writer, g->coding.plan.runs,
        g->coding.plan.run_count);
    dx_merge_forms_put(&g->forms, &g->numbering, g->writer);
    dx_numbering_free(&g->numbering);
    DX_TRY(dx_parallel(threads, 2, put, g));
    return dx_merge_triples_put(&g->sources, &g->pairs,
        options->memory_bytes / TRIPLES_SHARE, g->writer, options->stop);
}

/* Or what is damaged would get a new checksum. */
static dx_status verify(dx_segment *const *segments, size_t count, dx_error *err)
{
    for (size_t i = 0; i < count; i++)
        DX_TRY(dx_segment_verify(segments[i], err));
    return DX_OK;
}

dx_status dx_merge_segments(dx_segment *const *segments, size_t count,
    dx_writer *store, uint32_t id, const dx_merge_options *options,
    dx_segment_entry *merged, dx_error *err)
{
    merger g = {.stop = options->stop};
    uint64_t bytes = 0;

    DX_TRY(verify(segments, count, err));
    dx_status rc = make(&g, segments, count, store, id, options);

    if (rc == DX_ERR_INTERRUPTED)
        dx_fail(err, rc, "interrupted while merging");
    else if (rc != DX_OK)
        dx_fail(err, rc, "merging segments: %s", dx_status_text(rc));
    else
        rc = dx_segment_writer_finish(g.writer,
            &(dx_column_source){&g.sources, dx_merge_column}, &bytes, err);
    *merged = (dx_segment_entry){id, g.sources.docs, 0, bytes};
    dx_segment_writer_free(g.writer);
    dx_coding_free(&g.coding);
    dx_numbering_free(&g.numbering);
    dx_merge_forms_free(&g.forms);
    dx_frequent_pairs_free(&g.pairs);
    dx_merge_sources_free(&g.sources);
    return rc;
}
