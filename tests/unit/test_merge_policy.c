/* When segments are merged: seldom enough, often enough, and within the limit. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/invert/merge_policy.h"
#include "tests/support/fixture.h"

#define SEGMENTS_MAX 1024u

static const dx_merge_limit wide = {UINT32_MAX, UINT64_MAX};

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

/* A plan is what merging step by step comes to. */
static void expect_planned(const model *before, const model *after,
    const dx_merge_limit *limit, bool optimize)
{
    dx_merge_plan plan;
    size_t next = 0;

    assert_int_equal(dx_merge_plan_make(before->segments, before->count, limit,
                         optimize, &plan), DX_OK);
    assert_int_equal(plan.count, after->count);
    for (size_t i = 0; i < plan.count; i++) {
        const dx_merge_step *step = &plan.steps[i];
        uint32_t docs = 0;
        assert_int_equal(step->range.from, next);
        assert_true(step->range.end > next);
        for (; next < step->range.end; next++)
            docs += step->is_merged ? before->segments[next].docs -
                                          before->segments[next].deleted
                                    : before->segments[next].docs;
        assert_int_equal(docs, after->segments[i].docs);
        assert_true(step->is_merged ||
                    step->range.end - step->range.from == 1);
    }
    assert_int_equal(next, before->count);
    dx_merge_plan_free(&plan);
}

static void run(model *m, uint32_t docs, const dx_merge_limit *limit)
{
    assert_true(m->count < SEGMENTS_MAX);
    m->segments[m->count++] = (dx_merge_candidate){docs, 0, docs};
    m->docs += docs;
    model before = *m;
    merge_due(m, limit, false);
    if (m->docs % 50 == 0)
        expect_planned(&before, m, limit, false);
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
        run(&m, 100000 + i, &(dx_merge_limit){1u << 20, 120000});
    size_t large = m.count;
    m.large_written = 0;
    /* Each could be merged with one-article segments, but not with another. */
    for (unsigned i = 0; i < 5000; i++)
        run(&m, 1, &(dx_merge_limit){1u << 20, 120000});
    assert_int_equal(m.large_written, 0);
    assert_true(m.count <= large + 7 + 2 * 13);
}

static void mostly_deleted_ones_are_made_anew(void **state)
{
    const dx_merge_candidate segments[] = {{100, 50, 1}, {100, 51, 1}};
    dx_merge_range r = dx_merge_range_due(segments, 2, &wide, false);

    (void)state;
    assert_int_equal(r.from, 1);
    assert_int_equal(r.end, 2);
    r = dx_merge_range_due(segments, 1, &wide, false);
    assert_int_equal(r.from, r.end);
    r = dx_merge_range_due(segments, 1, &wide, true);
    assert_int_equal(r.end - r.from, 1);
    r = dx_merge_range_due(segments + 1, 1, &(dx_merge_limit){48, 1}, false);
    assert_int_equal(r.from, r.end);
}

static void optimizing_leaves_as_few_as_the_limit_allows(void **state)
{
    static model m;

    (void)state;
    m = (model){.segments = {{10, 1, 10}, {20, 0, 20}, {900, 0, 900},
                    {5, 0, 5}, {5, 4, 5}},
        .count = 5};
    model before = m;
    merge_due(&m, &(dx_merge_limit){1000, 906}, true);
    expect_planned(&before, &m, &(dx_merge_limit){1000, 906}, true);
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
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
