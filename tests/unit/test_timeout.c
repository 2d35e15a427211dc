/* A search whose time is up says so to those who read its results and its
 * JSON. The clock is the test's own: it stands in for
 * searcher/match/lookup/deadline.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "searcher/match/lookup/deadline.h"
#include "searcher/output/json.h"
#include "tests/support/fixture.h"

static double now_ms = 1e6, step_ms; /* of each look at the clock */

double dx_now_ms(void) { return now_ms += step_ms; }

bool dx_deadline_is_over(dx_deadline *d)
{
    if (d->at_ms > 0 && !d->over)
        d->over = dx_now_ms() >= d->at_ms;
    return d->over;
}

static char folder[64];
static dx_index *ix;

static int set_up(void **state)
{
    (void)state;
    ix = fixture_open_text(folder,
        "{\"id\":\"a\",\"title\":\"Lũ về\",\"body\":\"Mưa to.\"}\n"
        "{\"id\":\"b\",\"title\":\"Lũ rút\",\"body\":\"Trời tạnh.\"}\n");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close(ix, folder);
    return 0;
}

/* Searches with a clock of such steps, and looks for these in the JSON. */
static void assert_search(uint32_t timeout_ms, double step, bool timed_out,
    uint64_t total, const char *const json[])
{
    dx_request request = DX_REQUEST_INIT;
    dx_view view = {.query = "lũ", .like = "", .hits_max = 10};
    dx_results *rs;
    dx_buf out;

    request.timeout_ms = timeout_ms;
    step_ms = step;
    assert_int_equal(dx_search(ix, "lũ", &request, &rs, NULL), DX_OK);
    assert_int_equal(dx_results_timed_out(rs), timed_out);
    assert_int_equal(dx_results_total(rs), total);
    dx_buf_init(&out, 1u << 20);
    dx_format_write(&dx_format_json, &view, rs, &out);
    dx_buf_putc(&out, '\0');
    assert_int_equal(out.status, DX_OK);
    for (; *json; json++)
        assert_non_null(strstr((const char *)out.data, *json));
    dx_buf_free(&out);
    dx_results_free(rs);
}

static void says_when_time_is_up(void **state)
{
    (void)state;
    assert_search(1000, 1000.0, true, 0,
        (const char *[]){"\"timed_out\":true", "\"hits\":[]",
            "Hết thời gian: kết quả chưa đầy đủ.",
            "Time is up: the results are not complete.", NULL});
}

static void says_nothing_when_there_is_time(void **state)
{
    static const char *const whole[] = {"\"timed_out\":false",
        "\"warnings\":[]", "\"id\":\"a\"", "\"id\":\"b\"", NULL};

    (void)state;
    assert_search(1000, 0.0, false, 2, whole);
    assert_search(0, 1e9, false, 2, whole); /* without a limit */
}

/* The same article 40 times, so that the page is full only after a second look,
 * and then ten others. */
static void write_repeated(char *text, size_t size)
{
    static const char same[] =
        "Nước sông lên nhanh từ chiều qua, các hộ ở ven sông đã được đưa đến nơi "
        "cao ráo trước buổi tối. Huyện cử ba đội trực ở những đoạn đê xung yếu, "
        "chuẩn bị bao cát, thuyền máy và thuốc men. Trường học ở bốn xã cho học "
        "sinh nghỉ đến khi nước rút hẳn, chợ họp tạm trên mặt đường lớn.";
    size_t at = 0;

    for (int i = 0; i < 40; i++)
        at += (size_t)snprintf(text + at, size - at,
            "{\"id\":\"%d\",\"title\":\"Lũ lên, lũ rút\",\"body\":\"Lũ, lại lũ! %s\"}\n",
            i, same);
    for (int i = 40; i < 50; i++)
        at += (size_t)snprintf(text + at, size - at,
            "{\"id\":\"%d\",\"title\":\"Tin thời tiết\",\"body\":\"Trời tạnh dần, "
            "lũ xuống chậm ở trạm số %d.\"}\n",
            i, i);
}

static uint32_t count_after(dx_index *repeated, int looks)
{
    dx_request request = DX_REQUEST_INIT;
    dx_results *rs;

    request.timeout_ms = 1000;
    request.collapse = true;
    step_ms = 1000.0 / looks;
    assert_int_equal(dx_search(repeated, "lũ", &request, &rs, NULL), DX_OK);
    uint32_t count = dx_results_count(rs);
    dx_results_free(rs);
    return count;
}

/* A second look that there is no time for leaves what the first one found. */
static void more_time_never_finds_less(void **state)
{
    char repeated_folder[64], text[32768];
    uint32_t before = 0;

    (void)state;
    write_repeated(text, sizeof text);
    dx_index *repeated = fixture_open_text(repeated_folder, text);
    for (int looks = 1; looks < 120; looks++) {
        uint32_t count = count_after(repeated, looks);
        assert_true(count >= before);
        before = count;
    }
    assert_int_equal(before, 10);
    assert_true(count_after(repeated, 2) >
                0); /* time for the first look only */
    fixture_close(repeated, repeated_folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_when_time_is_up),
        cmocka_unit_test(says_nothing_when_there_is_time),
        cmocka_unit_test(more_time_never_finds_less),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
