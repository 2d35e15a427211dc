/* Finds segments due for merging, and puts what they become in their place. */
#include "indexer/invert/merge.h"

#include <string.h>

#include "common/base/mem.h"
#include "common/base/stop.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/hidden.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/layout/parts.h"
#include "common/index/segment/segment.h"
#include "common/index/store/snapshot.h"
#include "indexer/invert/merge_policy.h"
#include "indexer/invert/publish.h"

#define PART_BYTES_MAX (UINT64_C(7) << 29) /* of 2^32 - 1: a code may take more */
/* So much unused room is not worth writing a file anew. */
#define UNUSED_SHARE 64u
#define UNUSED_PAGES 64u

typedef struct merge {
    const dx_merge_options *options;
    dx_writer *store;
    dx_snapshot *snapshot; /* what the index holds */
    dx_generation before;
    dx_manifest manifest;
    dx_merge_plan plan;
    dx_error *err;
} merge;

#define MAPS_SHARE 4u /* of memory, for the new numbers of terms and forms */

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

static uint64_t map_bytes(const dx_segment *s)
{
    return ((uint64_t)dx_segment_folded_count(s) + dx_segment_exact_count(s) +
               dx_segment_forms(s)->count) * sizeof(uint32_t);
}

static dx_status make_plan(merge *m)
{
    const dx_generation *g = &m->before;
    dx_merge_limit limit = {DX_SEGMENT_DOCS_MAX, PART_BYTES_MAX,
        m->options->memory_bytes / MAPS_SHARE};
    dx_merge_candidate *all = dx_calloc(g->segment_count + 1, sizeof *all);

    if (!all)
        return dx_fail_nomem(m->err);
    for (size_t i = 0; i < g->segment_count; i++) {
        const dx_segment *s = g->segments[i];
        all[i] = (dx_merge_candidate){dx_segment_docs(s),
            dx_segment_deleted_count(s), part_bytes(s), map_bytes(s)};
    }
    dx_status rc = dx_merge_plan_make(all, g->segment_count, &limit,
        m->options->optimize, &m->plan);
    dx_free(all);
    return rc == DX_OK ? rc : dx_fail_nomem(m->err);
}

/* ---- merging ---- */

static dx_status merge_range(merge *m, dx_merge_range r, dx_writer *to,
    dx_segment_entry *merged)
{
    return dx_merge_segments(m->before.segments + r.from, r.end - r.from, to,
        m->manifest.next_segment++, m->options, merged, m->err);
}

static dx_status check_stop(const merge *m)
{
    return dx_stop_is_asked(m->options->stop)
               ? dx_fail(m->err, DX_ERR_INTERRUPTED, "interrupted while merging")
               : DX_OK;
}

/* What segments [from, end) need of readers. Merging leaves deleted documents
 * out. */
static unsigned features_of(const merge *m, dx_merge_range r, bool is_merged)
{
    for (size_t i = r.from; i < r.end; i++) {
        const dx_segment *s = m->before.segments[i];
        if (is_merged ? dx_segment_hidden_count(s) > 0
                      : dx_segment_has_hidden(s))
            return DX_FEATURE_HIDDEN;
    }
    return 0;
}

/* ---- within the file ---- */

/* The plan's other ranges will still be due. */
static dx_status merge_within(merge *m, dx_merge_range r)
{
    dx_merge_range before = {0, r.from}, after = {r.end, m->before.segment_count};
    dx_segment_entry merged;

    DX_TRY(merge_range(m, r, m->store, &merged));
    DX_TRY(check_stop(m));
    m->manifest.features = features_of(m, before, false) |
                           features_of(m, r, true) |
                           features_of(m, after, false);
    DX_TRY(dx_generation_damage(&m->before, NULL, m->err));
    return dx_publish_merged(m->store, &m->manifest, r.from, r.end, &merged,
        m->err);
}

/* ---- into another one ---- */

typedef struct copy { /* of records, from one file to another */
    merge *m;
    dx_writer *to;
    size_t bytes; /* not yet committed */
} copy;

static dx_status copy_record(void *ctx, dx_str key, dx_str value)
{
    copy *c = ctx;

    DX_TRY(check_stop(c->m));
    DX_TRY(dx_writer_put(c->to, key, value, c->m->err));
    dx_work_add(c->m->options->work, value.len);
    c->bytes += value.len;
    if (c->bytes < DX_STORE_TXN_BYTES)
        return DX_OK;
    c->bytes = 0;
    return dx_writer_commit(c->to, c->m->err);
}

/* Whether no deleted document will be left. */
static bool is_wiped(const merge *m)
{
    for (size_t i = 0; i < m->plan.count; i++) {
        const dx_merge_step *step = &m->plan.steps[i];
        if (!step->is_merged &&
            dx_segment_deleted_count(m->before.segments[step->range.from]) > 0)
            return false;
    }
    return true;
}

/* All but segments and the manifest, which is published in the end. */
static dx_status copy_other(void *ctx, dx_str key, dx_str value)
{
    const copy *c = ctx;
    bool is_other = *key.ptr != *DX_SEGMENT_PREFIX &&
                    !dx_str_eq(key, DX_MANIFEST_KEY) &&
                    !(dx_str_eq(key, DX_WIPE_KEY) && is_wiped(c->m));

    return is_other ? copy_record(ctx, key, value) : DX_OK;
}

static dx_status copy_segment(merge *m, size_t i, dx_writer *to)
{
    const dx_segment_entry *e = &m->manifest.segments[i];
    char prefix[DX_PART_KEY_MAX];
    copy c = {.m = m, .to = to};

    dx_work_begin(m->options->work, e->bytes);
    DX_TRY(dx_segment_verify(m->before.segments[i], m->err));
    DX_TRY(dx_snapshot_each(m->snapshot, dx_segment_prefix(prefix, e->id),
        copy_record, &c, m->err));
    return dx_writer_commit(to, m->err);
}

/* Puts what the plan's step number `i` leaves of segments into `to`. */
static dx_status make_step(merge *m, const dx_merge_step *step, dx_writer *to,
    dx_segment_entry *entry)
{
    *entry = m->manifest.segments[step->range.from];
    return step->is_merged ? merge_range(m, step->range, to, entry)
                           : copy_segment(m, step->range.from, to);
}

static dx_status fill(merge *m, dx_writer *to)
{
    copy others = {.m = m, .to = to};
    unsigned features = 0;
    size_t count = 0;

    DX_TRY(dx_snapshot_each(m->snapshot, (dx_str){"", 0}, copy_other, &others,
        m->err));
    DX_TRY(dx_writer_commit(to, m->err));
    for (; count < m->plan.count; count++) {
        const dx_merge_step *step = &m->plan.steps[count];
        dx_segment_entry entry;
        DX_TRY(make_step(m, step, to, &entry));
        features |= features_of(m, step->range, step->is_merged);
        m->manifest.segments[count] = entry; /* no later step reads it */
    }
    DX_TRY(check_stop(m));
    m->manifest.count = count;
    m->manifest.features = features;
    return dx_publish_new(to, &m->manifest, m->err);
}

static dx_status merge_into_fresh(merge *m)
{
    dx_writer *fresh;

    DX_TRY(dx_writer_commit(m->store, m->err));
    DX_TRY(dx_writer_begin_fresh(m->store, &fresh, m->err));
    dx_status rc = fill(m, fresh);
    if (rc == DX_OK)
        rc = dx_writer_end_fresh(m->store, fresh, m->err);
    dx_writer_close(fresh);
    return rc;
}

/* ---- the whole ---- */

/* Whether at least half of the index is merged. */
static bool is_most(const merge *m)
{
    uint64_t all = 0, merged = 0;

    for (size_t i = 0; i < m->plan.count; i++) {
        const dx_merge_step *step = &m->plan.steps[i];
        for (size_t s = step->range.from; s < step->range.end; s++) {
            uint64_t bytes = m->manifest.segments[s].bytes;
            all += bytes;
            merged += step->is_merged ? bytes : 0;
        }
    }
    return merged >= all - merged;
}

/* Room that is worth a new file, or must not keep what was in it. */
static dx_status has_unused(const merge *m, bool *has)
{
    dx_store_info info;
    dx_str wipe;

    DX_TRY(dx_snapshot_info(m->snapshot, &info, m->err));
    DX_TRY(dx_snapshot_get(m->snapshot, DX_WIPE_KEY, &wipe, m->err));
    *has = wipe.ptr || (info.pages_free > UNUSED_PAGES &&
                           info.pages_free > info.pages_used / UNUSED_SHARE);
    return DX_OK;
}

static const dx_merge_step *first_merge(const dx_merge_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->steps[i].is_merged)
            return &plan->steps[i];
    return NULL;
}

/* Sets `*again` if more may be due. */
static dx_status merge_next(merge *m, bool *again)
{
    const dx_merge_step *first = first_merge(&m->plan);
    bool has;

    if (!first && m->options->optimize) {
        DX_TRY(has_unused(m, &has));
        return has ? merge_into_fresh(m) : DX_OK;
    }
    if (!first)
        return DX_OK;
    *again = true;
    return m->options->optimize || is_most(m) ? merge_into_fresh(m)
                                              : merge_within(m, first->range);
}

static dx_status open_before(merge *m, const char *index)
{
    dx_str record;

    DX_TRY(dx_snapshot_open_written(index, &m->snapshot, m->err));
    DX_TRY(dx_generation_open(m->snapshot, &m->before, m->err));
    DX_TRY(dx_snapshot_get_first(m->snapshot, DX_MANIFEST_KEY, &record, m->err));
    return dx_manifest_read(record, &m->manifest, m->err);
}

dx_status dx_merge_due(const char *index, dx_writer *store,
    const dx_merge_options *options, dx_error *err)
{
    bool again = true;
    dx_status rc = DX_OK;

    while (again && rc == DX_OK) {
        merge m = {.options = options, .store = store, .err = err};
        again = false;
        rc = open_before(&m, index);
        if (rc == DX_OK)
            rc = make_plan(&m);
        if (rc == DX_OK)
            rc = merge_next(&m, &again);
        dx_merge_plan_free(&m.plan);
        dx_manifest_free(&m.manifest);
        dx_generation_close(&m.before);
        dx_snapshot_close(m.snapshot);
        if (rc == DX_OK && again)
            dx_writer_unpin(store);
    }
    return rc;
}
