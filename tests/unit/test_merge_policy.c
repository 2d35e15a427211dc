/* When segments are merged: seldom enough, often enough, and within the limit. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/invert/merge_policy.h"
#include "tests/support/fixture.h"

#define SEGMENTS_MAX 1024u

static const dx_merge_limit wide = {UINT32_MAX, UINT64_MAX, UINT64_MAX};

typedef struct model { /* of an index: sizes only */
    dx_merge_candidate segments[SEGMENTS_MAX];
    size_t count, most; /* segments, at most */
    uint64_t docs, written, merges;
    uint64_t large_written; /* in merges that a large segment was part of */
} model;

static void merge_due(model *m, const dx_merge_limit *limit, bool optimize)
{
    dx_merge_range r;

    while (r = dx_merge_range_due(m->segments, m->count, limit, optimize),
           r.from < r.end) {
        dx_merge_candidate sum = {0};
        uint32_t largest = 0;
        assert_true(r.end <= m->count);
        for (size_t i = r.from; i < r.end; i++) {
            const dx_merge_candidate *c = &m->segments[i];
            sum.docs += c->docs - c->deleted;
            sum.bytes += c->bytes;
            largest = c->docs > largest ? c->docs : largest;
        }
        assert_true(sum.docs <= limit->docs && sum.bytes <= limit->bytes);
        m->merges++;
        m->written += sum.docs;
        if (largest >= 100000)
            m->large_written += sum.docs;
        m->segments[r.from] = sum;
        memmove(&m->segments[r.from + 1], &m->segments[r.end],
            (m->count - r.end) * sizeof *m->segments);
        m->count -= r.end - r.from - 1;
    }
}

/* One step of a plan, after the segments before `*next`. */
static dx_merge_candidate do_step(const model *m, const dx_merge_step *step,
    size_t *next)
{
    dx_merge_candidate sum = {0};

    assert_int_equal(step->range.from, *next);
    assert_true(step->range.end > *next);
    if (!step->is_merged) {
        assert_int_equal(step->range.end, ++*next);
        return m->segments[*next - 1];
    }
    for (; *next < step->range.end; ++*next) {
        const dx_merge_candidate *c = &m->segments[*next];
        sum.docs += c->docs - c->deleted;
        sum.bytes += c->bytes;
        sum.map_bytes += c->map_bytes;
    }
    return sum;
}

/* Does as is planned until nothing is, and returns how often that was. */
static unsigned follow_plans(model *m, const dx_merge_limit *limit, bool optimize)
{
    for (unsigned rounds = 0;; rounds++) {
        dx_merge_plan plan;
        size_t next = 0;
        bool is_merged = false;
        assert_int_equal(dx_merge_plan_make(m->segments, m->count, limit,
                             optimize, &plan), DX_OK);
        for (size_t i = 0; i < plan.count; i++) {
            m->segments[i] = do_step(m, &plan.steps[i], &next);
            is_merged |= plan.steps[i].is_merged;
        }
        assert_int_equal(next, m->count);
        m->count = plan.count;
        dx_merge_plan_free(&plan);
        if (!is_merged)
            return rounds;
    }
}

static void a_plan_has_all_segments_and_leaves_nothing_due(void **state)
{
    static model m;

    (void)state;
    m = (model){.count = 0};
    for (unsigned runs = 0; runs < 300; runs++) {
        m.segments[m.count++] = (dx_merge_candidate){1 + runs % 7, 0, 1, 0};
        follow_plans(&m, &wide, false);
        dx_merge_range r =
            dx_merge_range_due(m.segments, m.count, &wide, false);
        assert_true(r.from == r.end);
    }
    assert_true(m.count < 20);
}

static void memory_bounds_how_many_are_merged_at_once_not_how_large(void **state)
{
    static model m;
    dx_merge_limit limit = {UINT32_MAX, UINT64_MAX, 100};

    (void)state;
    for (unsigned optimize = 0; optimize < 2; optimize++) {
        m = (model){.count = 0};
        while (m.count < 75)
            m.segments[m.count++] = (dx_merge_candidate){10, 0, 1, 4};
        dx_merge_range r =
            dx_merge_range_due(m.segments, m.count, &limit, optimize);
        assert_int_equal(r.end - r.from, 25);
        assert_in_range(follow_plans(&m, &limit, optimize), 1, 3);
        assert_int_equal(m.count, optimize ? 1 : 3);
    }
}

static void run(model *m, uint32_t docs, const dx_merge_limit *limit)
{
    assert_true(m->count < SEGMENTS_MAX);
    m->segments[m->count++] = (dx_merge_candidate){docs, 0, docs, 0};
    m->docs += docs;
    merge_due(m, limit, false);
    m->most = m->count > m->most ? m->count : m->most;
}

static unsigned log2_of(uint64_t n) { return 63 - (unsigned)__builtin_clzll(n); }

static void one_article_runs_write_each_article_about_log_times(void **state)
{
    static model m;

    (void)state;
    m = (model){0};
    for (unsigned i = 0; i < 100000; i++)
        run(&m, 1, &wide);
    assert_true(m.written <= m.docs * (log2_of(m.docs) + 1));
    assert_true(m.most <= 7 + 2 * log2_of(m.docs));
}

static void runs_of_any_size_do_likewise(void **state)
{
    static model m;
    uint64_t seed = 7;

    (void)state;
    for (unsigned round = 0; round < 30; round++) {
        m = (model){0};
        for (unsigned i = 0; i < 1000; i++)
            run(&m, 1 + (uint32_t)(fixture_random(&seed) >>
                         (64 - 1 - fixture_random(&seed) % 18)), &wide);
        assert_true(m.written <= m.docs * (log2_of(m.docs) + 1));
        assert_true(m.most <= 7 + 2 * log2_of(m.docs));
    }
}

static void a_large_segment_waits(void **state)
{
    static model m;

    (void)state;
    m = (model){0};
    for (unsigned i = 0; i < 12; i++)
        run(&m, 100000 + i, &(dx_merge_limit){1u << 20, 120000, UINT64_MAX});
    size_t large = m.count;
    m.large_written = 0;
    /* Each could be merged with one-article segments, but not with another. */
    for (unsigned i = 0; i < 5000; i++)
        run(&m, 1, &(dx_merge_limit){1u << 20, 120000, UINT64_MAX});
    assert_int_equal(m.large_written, 0);
    assert_true(m.count <= large + 7 + 2 * 13);
}

static void mostly_deleted_ones_are_made_anew(void **state)
{
    const dx_merge_candidate segments[] = {{100, 50, 1, 0}, {100, 51, 1, 0}};
    dx_merge_range r = dx_merge_range_due(segments, 2, &wide, false);

    (void)state;
    assert_int_equal(r.from, 1);
    assert_int_equal(r.end, 2);
    r = dx_merge_range_due(segments, 1, &wide, false);
    assert_int_equal(r.from, r.end);
    r = dx_merge_range_due(segments, 1, &wide, true);
    assert_int_equal(r.end - r.from, 1);
    r = dx_merge_range_due(segments + 1, 1, &(dx_merge_limit){48, 1, 0}, false);
    assert_int_equal(r.from, r.end);
}

static void optimizing_leaves_as_few_as_the_limit_allows(void **state)
{
    static model m;

    (void)state;
    m = (model){.segments = {{10, 1, 10, 0}, {20, 0, 20, 0}, {900, 0, 900, 0},
                    {5, 0, 5, 0}, {5, 4, 5, 0}},
        .count = 5};
    merge_due(&m, &(dx_merge_limit){1000, 906, UINT64_MAX}, true);
    assert_int_equal(m.count, 3);
    assert_int_equal(m.segments[0].docs, 29);
    assert_int_equal(m.segments[1].docs, 905);
    assert_int_equal(m.segments[2].docs, 1);
    merge_due(&m, &wide, true);
    assert_int_equal(m.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_article_runs_write_each_article_about_log_times),
        cmocka_unit_test(runs_of_any_size_do_likewise),
        cmocka_unit_test(a_large_segment_waits),
        cmocka_unit_test(mostly_deleted_ones_are_made_anew),
        cmocka_unit_test(optimizing_leaves_as_few_as_the_limit_allows),
        cmocka_unit_test(a_plan_has_all_segments_and_leaves_nothing_due),
        cmocka_unit_test(
            memory_bounds_how_many_are_merged_at_once_not_how_large),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
