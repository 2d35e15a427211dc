/* Dates: every form portals write, and what only looks like one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/input/article.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/chars/date_line.h"

typedef struct pair {
    const char *text;
    int year, month, day; /* year 0: no date */
} pair;

static void check(const pair *p, int32_t found)
{
    int32_t wanted = p->year ? dx_date_of(p->year, p->month, p->day)
                             : DX_DATE_UNKNOWN;

    if (found != wanted)
        fail_msg("\"%s\": found day %d, not %d", p->text, found, wanted);
}

static void check_parse(const pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check(&pairs[i], dx_date_parse(dx_str_from(pairs[i].text)));
}
#define CHECK(pairs) check_parse(pairs, sizeof(pairs) / sizeof *(pairs))

static void days_count_from_1970(void **state)
{
    (void)state;
    assert_int_equal(dx_date_of(1970, 1, 1), 0);
    assert_int_equal(dx_date_of(1969, 12, 31), -1);
    assert_int_equal(dx_date_of(2000, 2, 29), 11016);
    assert_int_equal(dx_date_of(2024, 3, 27), 19809);
    assert_int_equal(dx_date_of(2023, 2, 29), DX_DATE_UNKNOWN);
    assert_int_equal(dx_date_of(1900, 2, 29), DX_DATE_UNKNOWN);
    assert_int_equal(dx_date_of(2024, 4, 31), DX_DATE_UNKNOWN);
    assert_int_equal(dx_date_of(2024, 13, 1), DX_DATE_UNKNOWN);
    assert_int_equal(dx_date_of(1799, 12, 31), DX_DATE_UNKNOWN);
    assert_int_equal(dx_date_of(2201, 1, 1), DX_DATE_UNKNOWN);
}

static void every_day_follows_the_one_before(void **state)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
        31};
    int32_t next = dx_date_of(1800, 1, 1);

    (void)state;
    for (int y = 1800; y <= 2200; y++)
        for (int m = 1; m <= 12; m++) {
            bool leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
            for (int d = 1; d <= lengths[m - 1] + (m == 2 && leap); d++)
                assert_int_equal(dx_date_of(y, m, d), next++);
        }
}

static void vietnamese_forms(void **state)
{
    static const pair pairs[] = {
        {"27/03/2024", 2024, 3, 27},
        {"27/3/2024 08:42", 2024, 3, 27},
        {"5-6-2023", 2023, 6, 5},
        {"05.06.2023", 2023, 6, 5},
        {"Thứ Tư - 27/03/2024 08:42", 2024, 3, 27},
        {"Thứ Tư, 27/03/2024, 08:42 (GMT+7)", 2024, 3, 27},
        {"07:55 - 14/06/2023", 2023, 6, 14},
        {"08:42 ngày 27-03-2024", 2024, 3, 27},
        {"05/10/2026 15:42 GMT+7", 2026, 10, 5},
        {"ngày 5 tháng 6 năm 2023", 2023, 6, 5},
        {"Bắc Giang, ngày 05 tháng 06 năm 2023", 2023, 6, 5},
        {"5 tháng 6, 2023", 2023, 6, 5},
        {"ngay 5 thang 6 nam 2023", 2023, 6, 5},
        {"ngày 5 tháng 6 năm 2023", 2023, 6,
            5}, /* decomposed */
    };

    (void)state;
    CHECK(pairs);
}

static void months_by_name(void **state)
{
    static const pair pairs[] = {
        {"12 Tháng Ba, 2024", 2024, 3, 12},
        {"12 tháng ba năm 2024", 2024, 3, 12},
        {"12 Tháng Tư 2024", 2024, 4, 12},
        {"12 Tháng Năm, 2024", 2024, 5, 12},
        {"12 tháng năm năm 2024", 2024, 5, 12},
        {"12 Tháng Bảy, 2024", 2024, 7, 12},
        {"12 Tháng Mười, 2024", 2024, 10, 12},
        {"12 Tháng Mười Một, 2024", 2024, 11, 12},
        {"12 Tháng Mười Hai, 2024", 2024, 12, 12},
        {"5 tháng Giêng năm 1987", 1987, 1, 5},
        {"12 Thang Ba, 2024", 2024, 3, 12},
        {"Tháng Ba 12, 2024", 2024, 3, 12},
        {"Tháng 3 12 2024", 2024, 3, 12},
        {"Th3 12, 2024", 2024, 3, 12},
        {"12 Th3, 2024", 2024, 3, 12},
        {"12 Th03 2024", 2024, 3, 12},
        {"12 thg 3, 2024", 2024, 3, 12},
        {"08:15 12 thg 3, 2024", 2024, 3, 12},
        {"Thứ ba, 12 Tháng 3 2024 08:15", 2024, 3, 12},
        {"Được viết ngày Thứ 3, 12 Tháng 3 2024", 2024, 3, 12},
        {"12/Tháng 3/2024", 2024, 3, 12},
        {"12-Mar-24", 2024, 3, 12},
        {"12-Mar-2024 08:15", 2024, 3, 12},
        {"12/Mar/2024:08:15:00 +0700", 2024, 3, 12},
        {"12 Mar 24 08:15:00 +0700", 2024, 3, 12},
        {"12th March, 2024", 2024, 3, 12},
        {"March 12th, 2024", 2024, 3, 12},
        {"Tue Mar 12 2024 20:15:00 GMT+0000 (UTC)", 2024, 3, 13},
        {"Tue Mar 12 20:15:00 UTC 2024", 2024, 3, 13},
        {"Tue Mar 12 08:15:00 +0700 2024", 2024, 3, 12},
        {"Tue Mar 12 08:15:00 ICT 2024", 2024, 3, 12},
        {"Tue Mar 12 08:15:00 2024", 2024, 3, 12},
        {"March 12, 2024 11:30 PM UTC", 2024, 3, 13},
        {"12 Tháng Ba rưỡi, 2024", 0, 0, 0},
        {"từ tháng 3 đến tháng 5 năm 2024", 0, 0, 0},
        {"12 tháng qua, 2024", 0, 0, 0},
        {"12 tháng 13, 2024", 0, 0, 0},
        {"on 5 May 10 people came", 0, 0, 0},
    };

    (void)state;
    CHECK(pairs);
}

#define NBSP "\xC2\xA0"

static void no_break_spaces_are_blanks(void **state)
{
    static const pair pairs[] = {
        {"12" NBSP "Tháng" NBSP "Ba," NBSP "2024", 2024, 3, 12},
        {"ngày" NBSP "12" NBSP "tháng" NBSP "3" NBSP "năm" NBSP "2024", 2024, 3,
            12},
        {NBSP "Mar" NBSP "12," NBSP "2024", 2024, 3, 12},
        {"12 / 03 / 2024", 2024, 3, 12},
        {"12 -" NBSP "3 -" NBSP "2024", 2024, 3, 12},
        {"2024-03-12T11:30\xE2\x80\xAFPM UTC", 2024, 3, 13},
    };

    (void)state;
    CHECK(pairs);
}

static void years_of_two_digits(void **state)
{
    static const pair pairs[] = {
        {"12/03/24", 2024, 3, 12},
        {"12-03-99", 1999, 3, 12},
        {"12.03.24", 2024, 3, 12},
        {"Ngày đăng: 12/03/24 08:15", 2024, 3, 12},
        {"9/5/26, 1:30 PM", 2026, 5, 9},
        {"9/5/26", 0, 0, 0},
        {"0912.03.24", 0, 0, 0},
        {"09.12.03.24", 0, 0, 0},
        {"12/03/24-QĐ", 0, 0, 0},
        {"31/02/24", 0, 0, 0},
    };

    (void)state;
    CHECK(pairs);
}

static void counts_of_seconds_as_text(void **state)
{
    static const pair pairs[] = {
        {"1711501370", 2024, 3, 27},
        {" 1711501370.25 ", 2024, 3, 27},
        {"1711501370000", 2024, 3, 27},
        {"1711501370000000", 2024, 3, 27},
        {"/Date(1711501370000)/", 2024, 3, 27},
        {"/Date(1711475999000+0700)/", 2024, 3, 27},
        {"new Date(1711501370000)", 2024, 3, 27},
        {"/Date(-62135596800000)/", 0, 0, 0},
        {"0986123456", 0, 0, 0},
        {"1711501370 lượt xem", 0, 0, 0},
        {"20240327T014250Z", 2024, 3, 27},
        {"20240326T184250Z", 2024, 3, 27},
        {"D:20240327084250+07'00'", 2024, 3, 27},
        {"202403270842", 2024, 3, 27},
        {"20240327994250", 0, 0, 0},
    };

    (void)state;
    CHECK(pairs);
}

/* Figures alone may be read both ways; the address decides. */
static void the_month_may_come_first(void **state)
{
    static const struct {
        const char *text, *url;
        int year, month, day;
    } rows[] = {
        {"9/5/2026 1:30:00 PM", "", 2026, 5, 9},
        {"9/5/2026 1:30:00 PM", "https://a.example/bai-102260905122709839.htm",
            2026, 9, 5},
        {"9/5/2026", "https://a.example/bai-20260906122709839.htm", 2026, 9, 5},
        {"9/5/2026", "https://a.example/bai-102260509122709839.htm", 2026, 5, 9},
        {"9/5/2026", "https://a.example/bai-102261230122709839.htm", 2026, 5, 9},
        {"9/5/2026", "https://a.example/2026/09/05/bai.html", 2026, 9, 5},
        {"9-5-2026", "https://a.example/2026/09/05/bai.html", 2026, 9, 5},
        {"9.5.2026", "https://a.example/2026/09/05/bai.html", 2026, 5, 9},
        {"9/25/2026", "", 2026, 9, 25},
        {"25/9/2026", "https://a.example/2026/01/01/bai.html", 2026, 9, 25},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        pair p = {rows[i].text, rows[i].year, rows[i].month, rows[i].day};
        check(&p, dx_date_by_url(dx_date_read(dx_str_from(rows[i].text)),
                      dx_str_from(rows[i].url)));
    }
    assert_int_equal(dx_date_read(DX_STR_LIT("9/9/2026")).other,
        DX_DATE_UNKNOWN);
}

static void iso_forms_move_to_vietnamese_time(void **state)
{
    static const pair pairs[] = {
        {"2024-03-27", 2024, 3, 27},
        {"2024-03-27T08:42:50+07:00", 2024, 3, 27},
        {"2024-03-27T08:42:50+0700", 2024, 3, 27},
        {"2024-03-27T08:42:50", 2024, 3, 27},
        {"2024-03-27 23:59", 2024, 3, 27},
        {"2024-03-26T17:30:00Z", 2024, 3, 27},
        {"2024-03-26T16:59:59Z", 2024, 3, 26},
        {"2024-12-31T20:00:00.000Z", 2025, 1, 1},
        {"2024-03-27T03:00:00+09:00", 2024, 3, 27},
        {"2024-03-27T01:00:00+09:00", 2024, 3, 26},
        {"2024-03-26T13:00:00-05:00", 2024, 3, 27},
        {"2024/03/27", 2024, 3, 27},
        {"20240327", 2024, 3, 27},
        {"20240327084250", 2024, 3, 27},
        {"Wed, 27 Mar 2024 01:42:50 +0000", 2024, 3, 27},
        {"Tue, 26 Mar 2024 18:00:00 GMT", 2024, 3, 27},
        {"27 March 2024", 2024, 3, 27},
        {"March 27, 2024", 2024, 3, 27},
        {"Monday, Jul 7, 2025 - 08:30", 2025, 7, 7},
    };

    (void)state;
    CHECK(pairs);
}

/* PHP's date('Y-m-dTH:i:s') prints the zone where the T should be. */
static void the_nukeviet_template_mistake_is_taken(void **state)
{
    static const pair pairs[] = {
        {"2024-03-27+0708:42:50", 2024, 3, 27},
        {"2024-03-27ICT08:42:50", 2024, 3, 27},
        {"2024-03-27+0723:59:59", 2024, 3, 27},
    };

    (void)state;
    CHECK(pairs);
}

static void other_numbers_are_no_dates(void **state)
{
    static const pair pairs[] = {
        {"", 0, 0, 0},
        {"749/QĐ-TTg", 0, 0, 0},
        {"13/2023/NĐ-CP", 0, 0, 0},
        {"31/02/2024", 0, 0, 0},
        {"13/13/2024", 0, 0, 0},
        {"0986.123.456", 0, 0, 0},
        {"192.168.1.10", 0, 0, 0},
        {"1/2/34", 0, 0, 0},
        {"tháng 6 năm 2023", 0, 0, 0},
        {"123456789012345", 0, 0, 0},
        {"version 1.2.20231", 0, 0, 0},
        {"Nghị định 13/2023/NĐ-CP ngày 17/4/2023", 2023, 4, 17},
    };

    (void)state;
    CHECK(pairs);
}

static void numbers_as_dates(void **state)
{
    (void)state;
    assert_int_equal(dx_date_from_number(20240327), dx_date_of(2024, 3, 27));
    assert_int_equal(dx_date_from_number(1711501370), /* 01:02:50 UTC */
        dx_date_of(2024, 3, 27));
    assert_int_equal(dx_date_from_number(1711475999), /* 17:59:59 UTC */
        dx_date_of(2024, 3, 27));
    assert_int_equal(dx_date_from_number(1711472399), /* 16:59:59 UTC */
        dx_date_of(2024, 3, 26));
    assert_int_equal(dx_date_from_number(1711501370000),
        dx_date_of(2024, 3, 27));
    assert_int_equal(dx_date_from_number(0), DX_DATE_UNKNOWN);
    assert_int_equal(dx_date_from_number(-5), DX_DATE_UNKNOWN);
    assert_int_equal(dx_date_from_number(20241327), DX_DATE_UNKNOWN);
    assert_int_equal(dx_date_from_number(INT64_MAX), DX_DATE_UNKNOWN);
    assert_int_equal(dx_date_from_number(INT64_MIN), DX_DATE_UNKNOWN);
}

static void addresses_hold_dates(void **state)
{
    static const pair pairs[] = {
        {"https://a.example/bai-viet-102240425094504794.htm", 2024, 4, 25},
        {"https://a.example/bai-viet-20250808222406149.htm", 2025, 8, 8},
        {"https://a.example/2024/4/25/bai-viet/", 2024, 4, 25},
        {"https://a.example/2024/4/bai-viet-25/", 0, 0, 0},
        {"https://a.example/bai-viet-102241325094504794.htm", 0, 0, 0},
        {"https://a.example/bai-viet-2388234.html", 0, 0, 0},
        {"https://a.example/2024/ke-hoach-so-20.html", 0, 0, 0},
        {"", 0, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        check(&pairs[i], dx_date_from_url(dx_str_from(pairs[i].text)));
}

static void date_lines_are_told_from_sentences(void **state)
{
    static const pair pairs[] = {
        {"Thứ Tư - 27/03/2024 08:42", 2024, 3, 27},
        {"Chủ Nhật - 11/06/2023 06:50", 2023, 6, 11},
        {"Cập nhật: 05/10/2026 15:42", 2026, 10, 5},
        {"Cập nhật lúc 15:42 ngày 05/10/2026", 2026, 10, 5},
        {"Ngày đăng: 08/10/2024", 2024, 10, 8},
        {"Đăng ngày 08/10/2024", 2024, 10, 8},
        {"27/03/2024 | 08:42 GMT+7", 2024, 3, 27},
        {"Ngày 5 tháng 6 năm 2023", 2023, 6, 5},
        {"Cap nhat: 09/02/2018 16:20", 2018, 2, 9},
        {"Thu Hai, 16/10/2017", 2017, 10, 16},
        {"Updated: 12 April 2022, 09:00", 2022, 4, 12},
        {"Ngày 5/6/2023, UBND tỉnh họp", 0, 0, 0},
        {"Sáng 5/6/2023", 0, 0, 0},
        {"Thứ Tư tuần tới, ngày 27/03/2024, tỉnh mở hội", 0, 0, 0},
        {"5 xã đạt chuẩn ngày 27/03/2024", 0, 0, 0},
        {"Thứ Tư", 0, 0, 0},
        {"", 0, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        int32_t day = 12345;
        bool is_line = dx_date_line(dx_str_from(pairs[i].text), &day);
        if (is_line != (pairs[i].year != 0))
            fail_msg("\"%s\" is%s taken for a date line", pairs[i].text,
                is_line ? "" : " not");
        if (is_line)
            check(&pairs[i], day);
    }
}

/* No reading past the end, whatever is cut off. */
static void any_prefix_is_safe(void **state)
{
    static const char text[] =
        "2024-03-27T08:42:50.123+07:00 ngày 5 tháng 6 năm 2023 27 Mar 2024 "
        "20240327084250 2024-03-27+0708:42:50 1/2/2024 GMT+7 March 27, 2024 "
        "12 Tháng Mười Hai, 2024 Th3 12," NBSP "2024 12-Mar-24 9/5/26 8h42";

    (void)state;
    for (size_t from = 0; from < sizeof text; from++)
        for (size_t to = from; to < sizeof text; to++) {
            char *copy = test_malloc(to - from + 1);
            int32_t day;
            memcpy(copy, text + from, to - from);
            dx_str s = {copy, to - from};
            day = dx_date_parse(s);
            if (day != DX_DATE_UNKNOWN)
                assert_in_range(day, dx_date_of(2000, 1, 1),
                    dx_date_of(2200, 12, 31));
            dx_date_line(s, &day);
            test_free(copy);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_count_from_1970),
        cmocka_unit_test(every_day_follows_the_one_before),
        cmocka_unit_test(vietnamese_forms),
        cmocka_unit_test(months_by_name),
        cmocka_unit_test(no_break_spaces_are_blanks),
        cmocka_unit_test(years_of_two_digits),
        cmocka_unit_test(counts_of_seconds_as_text),
        cmocka_unit_test(the_month_may_come_first),
        cmocka_unit_test(iso_forms_move_to_vietnamese_time),
        cmocka_unit_test(the_nukeviet_template_mistake_is_taken),
        cmocka_unit_test(other_numbers_are_no_dates),
        cmocka_unit_test(numbers_as_dates),
        cmocka_unit_test(addresses_hold_dates),
        cmocka_unit_test(date_lines_are_told_from_sentences),
        cmocka_unit_test(any_prefix_is_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
