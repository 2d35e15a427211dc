/* What is counted of query logs: which lines are read, which queries are the same, and what
 * is left of counts when there are more queries than fit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/report/write/page.h"
#include "searcher/report/write/table.h"
#include "searcher/report/write/text.h"
#include "tests/support/fixture.h"

#define LINE_OF_WINDOWS "2026-11-25T14:16:03Z\t35\t0.421\t0\t-\tchuyen doi so\r"
#define LINE "2026-11-25T14:16:03Z\t35\t0.421\t0\t-\tchuyen doi so"

/* ---- lines ---- */

static bool reads(const char *line)
{
    dx_log_line l;

    return dx_log_line_read(dx_str_from(line), &l);
}

static void a_line_is_read_as_it_was_written(void **state)
{
    dx_log_line l;

    (void)state;
    assert_true(dx_log_line_read(
        DX_STR_LIT("2026-11-25T14:16:03Z\t35\t12.5\t20\tlike,timed-out\ta\tb "), &l));
    assert_int_equal(l.day, 20782);
    assert_int_equal(l.articles, 35);
    assert_true(l.ms > 12.499 && l.ms < 12.501);
    assert_int_equal(l.skipped, 20);
    assert_true(l.is_like && l.timed_out);
    assert_true(dx_str_eq(l.query, DX_STR_LIT("a\tb ")));
    assert_true(dx_log_line_read(DX_STR_LIT(LINE), &l));
    assert_false(l.is_like || l.timed_out);
    assert_true(reads("2024-02-29T23:59:60Z\t0\t0\t0\tliker,like-\t"));
}

static void other_lines_are_none(void **state)
{
    static const char *const others[] = {"", "a", "\t\t\t\t\t", "2026-11-25T14:16:03Z",
        "2026-13-25T14:16:03Z\t35\t0.421\t0\t-\ta", "2026-02-29T14:16:03Z\t35\t0.421\t0\t-\ta",
        "2026-11-25T24:16:03Z\t35\t0.421\t0\t-\ta", "2026-11-25 14:16:03Z\t35\t0.421\t0\t-\ta",
        "2026-11-25T14:16:03\t35\t0.421\t0\t-\ta", "2026-11-25T14:16:03Z\t-1\t0.421\t0\t-\ta",
        "2026-11-25T14:16:03Z\t35\t.421\t0\t-\ta", "2026-11-25T14:16:03Z\t35\t1.\t0\t-\ta",
        "2026-11-25T14:16:03Z\t35\t1.1234567\t0\t-\ta", "2026-11-25T14:16:03Z\t35\tnan\t0\t-\ta",
        "2026-11-25T14:16:03Z\t35\t0.421\t4294967296\t-\ta",
        "2026-11-25T14:16:03Z\t35\t0.421\t0\t\ta", "2026-11-25T14:16:03Z\t35\t0.421\t0\t-",
        "2026-11-25T14:16:03Z\t9999999999999999999\t0.421\t0\t-\ta"};

    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(reads(others[i]));
    dx_log_line l;
    assert_false(dx_log_line_read(DX_STR_LIT(LINE "\0"), &l));
}

/* ---- queries ---- */

static void count(dx_report_queries *q, const char *query)
{
    assert_int_equal(dx_report_queries_add(q, dx_str_from(query), 1, 1.0), DX_OK);
}

static void spellings_of_a_query_are_one(void **state)
{
    const dx_report_query *top[4];
    dx_report_queries q;

    (void)state;
    assert_int_equal(dx_report_queries_init(&q, 100, 10000), DX_OK);
    count(&q, "chuyen doi so");
    count(&q, "  Chuyển   đổi số ");
    count(&q, "CHUYỂN ĐỔI SỐ");
    count(&q, "chuye\u0302\u0309n đo\u0302\u0309i so\u0302\u0301"); /* decomposed */
    count(&q, "chuyển đổi");
    assert_int_equal(dx_report_queries_top(&q, dx_report_by_searches, 4, top), 2);
    assert_int_equal(top[0]->searches, 4);
    assert_non_null(strchr(top[0]->text, '\xC4')); /* with its marks */
    assert_string_equal(top[1]->text, "chuyển đổi");
    assert_int_equal(dx_report_queries_top(&q, dx_report_by_nothing, 4, top), 0);
    dx_report_queries_free(&q);
}

/* Against exact counts: none is too large, none too small by more than is said. */
static void counts_in_small_room_are_as_good_as_promised(void **state)
{
    enum { KINDS = 2000, SEARCHES = 60000 };
    static uint64_t exact[KINDS];
    const dx_report_query *top[KINDS];
    dx_report_queries q;
    uint64_t seed = 11;
    char text[32];

    (void)state;
    memset(exact, 0, sizeof exact);
    assert_int_equal(dx_report_queries_init(&q, 200, 100000), DX_OK);
    for (int i = 0; i < SEARCHES; i++) {
        uint32_t a = fixture_random_below(&seed, KINDS), b = fixture_random_below(&seed, KINDS);
        uint32_t kind = (uint32_t)((uint64_t)a * b / KINDS * b / KINDS); /* few are frequent */
        snprintf(text, sizeof text, "câu %u", kind);
        count(&q, text);
        exact[kind]++;
    }
    size_t found = dx_report_queries_top(&q, dx_report_by_searches, KINDS, top);
    assert_true(found > 0 && found <= 200 && q.mark > 0 && q.mark < SEARCHES / 20);
    bool listed[KINDS] = {false};
    for (size_t i = 0; i < found; i++) {
        unsigned long kind = strtoul(top[i]->text + strlen("câu "), NULL, 10);
        assert_true(kind < KINDS && !listed[kind]);
        listed[kind] = true;
        assert_true(top[i]->searches <= exact[kind]);
        assert_true(top[i]->searches + top[i]->missed >= exact[kind]);
        assert_true(top[i]->missed <= q.mark);
    }
    for (int kind = 0; kind < KINDS; kind++)
        assert_true(listed[kind] || exact[kind] <= q.mark);
    dx_report_queries_free(&q);
}

static void long_queries_make_room_scarce(void **state)
{
    dx_report_queries q;
    char text[1001];

    (void)state;
    assert_int_equal(dx_report_queries_init(&q, 1000, 20000), DX_OK);
    for (int i = 0; i < 500; i++) {
        memset(text, 'a' + i % 26, 1000);
        snprintf(text, 10, "%09d", i);
        text[9] = 'x';
        text[1000] = '\0';
        count(&q, text);
        assert_true(q.text_bytes <= 21000);
    }
    assert_true(q.mark > 0);
    dx_report_queries_free(&q);
}

/* ---- reports ---- */

static const char *const lines[] = {LINE,
    "2026-11-26T01:00:00Z\t0\t9.5\t0\ttimed-out\t=cmd|\"a\" <b>&",
    "2026-11-24T01:00:00Z\t3\t1\t0\t-\tChuyển đổi số",
    "2026-11-24T01:00:00Z\t3\t1\t10\t-\tchuyển đổi số", "2026-11-24T01:00:00Z\t3\t1\t0\tlike\tid",
    "2026-11-24T01:00:00Z\t3\t1\t0\t-\t ", "", "something else", LINE_OF_WINDOWS};

static dx_status make_report(void)
{
    dx_report r = {0};
    dx_report_view v = {0};
    dx_buf out;

    dx_buf_init(&out, (size_t)1 << 20);
    dx_status rc = dx_report_init(&r, 3);
    for (size_t i = 0; rc == DX_OK && i < sizeof lines / sizeof *lines; i++)
        rc = dx_report_add(&r, dx_str_from(lines[i]));
    if (rc == DX_OK)
        rc = dx_report_view_init(&v, &r, DX_VIETNAMESE);
    if (rc == DX_OK) {
        dx_report_put_text(&v, &out);
        dx_report_put_table(&v, &out);
        dx_report_put_page(&v, &out);
        rc = out.status;
    }
    if (rc == DX_OK) {
        assert_int_equal(r.searches, 4);
        assert_int_equal(r.nothing, 1);
        assert_int_equal(r.timed_out, 1);
        assert_int_equal(r.pages, 1);
        assert_int_equal(r.likes, 1);
        assert_int_equal(r.bad_lines, 1);
        assert_int_equal(r.day_count, 3);
        assert_true(r.days[0].day < r.days[1].day && r.days[1].day < r.days[2].day);
        assert_int_equal(r.days[1].searches, 2);
        assert_int_equal(v.frequent_count, 2);
        assert_int_equal(v.frequent[0]->searches, 3);
        assert_int_equal(v.nothing_count, 1);
        assert_int_equal(r.slow_count, 3);
        assert_string_equal(r.slowest[0].time, "2026-11-26T01:00:00Z");
        assert_true(dx_report_quantile(&r, .99) > 8.5 && dx_report_quantile(&r, .99) < 10.5);
        assert_non_null(strstr(dx_buf_cstr(&out), "\"'=cmd|\"\"a\"\" <b>&\""));
        assert_non_null(strstr(dx_buf_cstr(&out), "=cmd|&quot;a&quot; &lt;b&gt;&amp;"));
    }
    dx_report_view_free(&v);
    dx_report_free(&r);
    dx_buf_free(&out);
    return rc;
}

static void a_report_counts_what_readers_asked(void **state)
{
    (void)state;
    assert_int_equal(make_report(), DX_OK);
    fixture_fail_each_allocation(make_report, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_read_as_it_was_written),
        cmocka_unit_test(other_lines_are_none),
        cmocka_unit_test(spellings_of_a_query_are_one),
        cmocka_unit_test(counts_in_small_room_are_as_good_as_promised),
        cmocka_unit_test(long_queries_make_room_scarce),
        cmocka_unit_test(a_report_counts_what_readers_asked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
