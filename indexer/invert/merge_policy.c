/* Looks at all ranges of neighbours: there are few segments. */
#include "indexer/invert/merge_policy.h"

#include "common/base/mem.h"

/* Segments of fewer count as of so many: a merge of a hundred articles costs no
 * more than being there costs every query. */
#define SMALL_DOCS 16u

typedef struct sums { /* of a range */
    uint64_t docs, bytes; /* docs: not deleted */
    uint64_t map_bytes;
    size_t segments;
    uint64_t sizes, largest;
} sums;

static void add(sums *s, const dx_merge_candidate *c)
{
    uint32_t live = c->docs - c->deleted;
    uint32_t size = live > SMALL_DOCS ? live : SMALL_DOCS;

    s->docs += live;
    s->bytes += c->bytes;
    s->map_bytes += c->map_bytes;
    s->segments++;
    s->sizes += size;
    if (size > s->largest)
        s->largest = size;
}

/* So that `least` segments can be merged whatever the memory. */
static bool fits(const sums *s, const dx_merge_limit *limit, size_t least)
{
    return s->docs <= limit->docs && s->bytes <= limit->bytes &&
           (s->segments <= least || s->map_bytes <= limit->map_bytes);
}

static dx_merge_range due_neighbours(const dx_merge_candidate *segments,
    size_t count, const dx_merge_limit *limit)
{
    dx_merge_range best = {0, 0};
    uint64_t most = 0;

    for (size_t from = 0; from < count; from++) {
        sums s = {0};
        for (size_t i = from; i < count; i++) {
            add(&s, &segments[i]);
            if (!fits(&s, limit, DX_MERGE_MIN_SEGMENTS))
                break;
            if (i + 1 - from >= DX_MERGE_MIN_SEGMENTS &&
                s.largest <= s.sizes / 2 && s.sizes > most) {
                most = s.sizes;
                best = (dx_merge_range){from, i + 1};
            }
        }
    }
    return best;
}

static dx_merge_range due_all(const dx_merge_candidate *segments, size_t count,
    const dx_merge_limit *limit)
{
    for (size_t from = 0; from + 1 < count; from++) {
        sums s = {0};
        size_t end = from;
        for (; end < count; end++) {
            add(&s, &segments[end]);
            if (!fits(&s, limit, 2))
                break;
        }
        if (end > from + 1)
            return (dx_merge_range){from, end};
    }
    return (dx_merge_range){0, 0};
}

static dx_merge_range due_deleted(const dx_merge_candidate *segments,
    size_t count, const dx_merge_limit *limit, bool optimize)
{
    for (size_t i = 0; i < count; i++) {
        const dx_merge_candidate *c = &segments[i];
        bool enough = optimize ? c->deleted > 0
                               : c->deleted > c->docs - c->deleted;
        sums s = {0};
        add(&s, c);
        if (enough && fits(&s, limit, 1))
            return (dx_merge_range){i, i + 1};
    }
    return (dx_merge_range){0, 0};
}

dx_merge_range dx_merge_range_due(const dx_merge_candidate *segments,
    size_t count, const dx_merge_limit *limit, bool optimize)
{
    dx_merge_range r = optimize ? due_all(segments, count, limit)
                                : due_neighbours(segments, count, limit);

    return r.from < r.end ? r
                          : due_deleted(segments, count, limit, optimize);
}

/* ---- what is merged at once ---- */

typedef struct planner {
    const dx_merge_candidate *segments;
    const dx_merge_limit *limit;
    bool optimize;
    dx_merge_plan *plan;
} planner;

/* What is due first, and then what is on both sides of it. */
static void plan_between(planner *p, size_t from, size_t end)
{
    dx_merge_range r = dx_merge_range_due(p->segments + from, end - from,
        p->limit, p->optimize);
    dx_merge_plan *plan = p->plan;

    if (r.from == r.end) {
        for (; from < end; from++)
            plan->steps[plan->count++].range = (dx_merge_range){from, from + 1};
        return;
    }
    r = (dx_merge_range){from + r.from, from + r.end};
    plan_between(p, from, r.from);
    plan->steps[plan->count++] = (dx_merge_step){r, .is_merged = true};
    plan_between(p, r.end, end);
}

dx_status dx_merge_plan_make(const dx_merge_candidate *segments, size_t count,
    const dx_merge_limit *limit, bool optimize, dx_merge_plan *out)
{
    planner p = {segments, limit, optimize, out};

    *out = (dx_merge_plan){.steps = dx_calloc(count + 1, sizeof *out->steps)};
    if (!out->steps)
        return DX_ERR_NOMEM;
    plan_between(&p, 0, count);
    return DX_OK;
}

void dx_merge_plan_free(dx_merge_plan *plan)
{
    dx_free(plan->steps);
    *plan = (dx_merge_plan){.count = 0};
}
