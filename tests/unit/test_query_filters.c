/* What of a query stands in the box, and what as chips. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/output/html/filters.h"

/* `wanted`: the words, then "|", then the values of the filters with commas between. */
static void expect(const char *query, const char *wanted)
{
    dx_filters f;
    dx_buf out;

    dx_filters_read(query, &f);
    dx_buf_init(&out, 1 << 16);
    dx_filters_put_without(&f, DX_FILTERS_MAX, &out);
    dx_buf_puts(&out, "|");
    for (uint32_t i = 0; i < f.count; i++)
        dx_buf_printf(&out, "%s%s%s", i ? "," : "", f.at[i].is_negated ? "-" : "",
            dx_filters_value(&f, i));
    assert_string_equal(dx_buf_cstr(&out), wanted);
    dx_buf_free(&out);
    dx_filters_free(&f);
}

static void filters_stand_anywhere_among_words(void **state)
{
    (void)state;
    expect("lũ bão", "lũ bão|");
    expect("lũ source:VTV bão date:2024", "lũ bão|VTV,2024");
    expect("source:\"Báo Bắc Giang\"", "|Báo Bắc Giang");
    expect("\"lũ bão\" nguồn:“Báo X” -tỉnh:Huế", "\"lũ bão\"|Báo X,-Huế");
    expect("a category:\"Tin \\\"nóng\\\" \\\\\"", "a|Tin \"nóng\" \\");
    expect("loại_văn_bản:«Luật» after:2024 before:2025-02 dup:\"x y\"",
        "|Luật,2024,2025-02,x y");
    expect("số_hiệu:749/QĐ-TTg", "|749/QĐ-TTg");
}

static void what_is_no_filter_stays_in_the_box(void **state)
{
    static const char *const queries[] = {"title:lũ", "Hà Nội: mưa", "16:30", "https://a.vn",
        "source:", "", "la:x"};
    char wanted[64];
    (void)state;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        strcpy(wanted, queries[i]);
        expect(queries[i], strcat(wanted, "|"));
    }
}

static void queries_with_operators_are_left_alone(void **state)
{
    static const char *const queries[] = {"lũ OR source:VTV", "(lũ source:VTV)",
        "NOT source:VTV",
        "lũ | source:VTV", "lũ NEAR/3 source:VTV", "lũ && source:VTV", "source:(VTV OR VOV)",
        "\"lũ source:VTV", "source:\"Báo \"Lao Động\"\"", "@title source:VTV",
        "date:[2023 TO 2024]"};
    char wanted[64];
    (void)state;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        strcpy(wanted, queries[i]);
        expect(queries[i], strcat(wanted, "|"));
    }
}

static void expect_days(const char *query, const char *from, const char *to)
{
    char first[11], last[11];
    dx_filters f;

    dx_filters_read(query, &f);
    dx_filters_days(&f, first, last);
    assert_string_equal(first, from);
    assert_string_equal(last, to);
    dx_filters_free(&f);
}

static void days_are_those_of_the_forms(void **state)
{
    (void)state;
    expect_days("lũ", "", "");
    expect_days("date:2024", "2024-01-01", "2024-12-31");
    expect_days("date:2024-02", "2024-02-01", "2024-02-29");
    expect_days("date:2024-02-03..2025", "2024-02-03", "2025-12-31");
    expect_days("date:..2025-01", "", "2025-01-31");
    expect_days("after:2024-05 before:2025", "2024-05-01", "2024-12-31");
    expect_days("-date:2024", "", "");
    expect_days("date:2024-13", "", "");
    expect_days("date:2023-02-29", "", "");
    expect_days("date:99999999999", "", "");
}

static void expect_for(const char *query, const char *period, const char *wanted)
{
    dx_filters f;
    dx_buf out;

    dx_filters_read(query, &f);
    dx_buf_init(&out, 1 << 16);
    dx_filters_put_for_period(&f, period, &out);
    assert_string_equal(dx_buf_cstr(&out), wanted);
    dx_buf_free(&out);
    dx_filters_free(&f);
}

static void a_period_takes_the_place_of_what_contains_it(void **state)
{
    (void)state;
    expect_for("lũ date:2024", "2024-03", "lũ");
    expect_for("lũ after:2023 before:2025", "2024", "lũ");
    expect_for("lũ after:2024-02", "2024", "lũ after:2024-02");
    expect_for("lũ -date:2024-03", "2024", "lũ -date:2024-03");
    expect_for("lũ date:2024..2025 source:VTV", "2025", "lũ source:VTV");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(filters_stand_anywhere_among_words),
        cmocka_unit_test(what_is_no_filter_stays_in_the_box),
        cmocka_unit_test(queries_with_operators_are_left_alone),
        cmocka_unit_test(days_are_those_of_the_forms),
        cmocka_unit_test(a_period_takes_the_place_of_what_contains_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
