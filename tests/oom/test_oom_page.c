/* No memory for a page: it fails as a whole, or there is a page; never half of one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "searcher/serve/respond.h"
#include "tests/support/fixture.h"

static char folder[64], corpus[80], index_dir[80];
static dx_site site;
static dx_index *ix;
static const char *asked;

static int set_up(void **state)
{
    dx_run_totals totals;
    dx_buf log;

    (void)state;
    fixture_folder(folder);
    snprintf(corpus, sizeof corpus, "%s/c", folder);
    snprintf(index_dir, sizeof index_dir, "%s/i", folder);
    assert_int_equal(mkdir(corpus, 0755), 0);
    fixture_samples(corpus);
    fixture_articles(corpus, "many.jsonl", "m", 0, 40);
    assert_int_equal(fixture_run(index_dir, corpus, false, &totals, NULL), DX_OK);
    assert_int_equal(dx_index_open(index_dir, &ix, NULL), DX_OK);
    dx_buf_init(&log, 1 << 16);
    dx_site_read_text(&site, "settings", DX_STR_LIT("title = Tỉnh X\n"), &log);
    assert_int_equal(log.len, 0);
    dx_buf_free(&log);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dx_mem_fail_after(-1);
    dx_index_close(ix);
    dx_site_free(&site);
    fixture_remove(folder);
    return 0;
}

static dx_status respond(void)
{
    static const char end[] = "</html>\n";
    dx_web_head head = {.query_string = asked};
    dx_web_request request;
    dx_response r;

    dx_web_request_read(&head, &request);
    dx_response_init(&r);
    dx_respond(&site, ix, DX_OK, &request, &r);
    bool is_whole = dx_response_is_whole(&r), is_ok = dx_response_is_ok(&r);
    if (is_whole) {
        assert_true(r.body.len > sizeof end);
        assert_memory_equal(r.body.data + r.body.len - (sizeof end - 1), end, sizeof end - 1);
    }
    dx_response_free(&r);
    return is_whole && is_ok ? DX_OK : DX_ERR_NOMEM;
}

static void a_page_is_whole_or_fails(void **state)
{
    static const char *const requests[] = {"", "q=chuyen+doi+so",
        "q=tin+source%3AVTV+date%3A2024&sort=newest&page=2", "advanced=1&q=a+source%3Ab",
        "q=zzzz"};
    (void)state;
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        asked = requests[i];
        fixture_fail_each_allocation(respond, NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_page_is_whole_or_fails)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
