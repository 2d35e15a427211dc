/* What the web asks for in each format, with ever more memory: the answer is a failure that
 * says so or all that it has to be, never a part of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/serve/respond.h"
#include "tests/support/fixture.h"

static const char articles[] =
    "{\"id\":\"a\",\"title\":\"Sông Hồng mùa lũ ]]> & <b>\",\"body\":\"Nước sông Hồng lên nhanh.\","
    "\"url\":\"https://a.example/1\",\"date\":\"2024-02-29\",\"category\":\"Xã hội; Thời tiết\"}\n"
    "{\"id\":\"b\",\"title\":\"Sông Đà\",\"body\":\"Hồ trên sông Đà xả lũ.\",\"author\":\"Hà\"}\n";

static dx_index *ix;
static dx_site site = DX_SITE_INIT;
static const char *asked, *wanted; /* bytes of the whole answer, once known */
static size_t wanted_len;

static dx_status answer(void)
{
    const dx_web_head head = {.query_string = asked, .host = "tinh.example",
        .path = "/tim-kiem"};
    dx_web_request request;
    dx_response r;
    dx_buf out;
    dx_status rc = DX_OK;

    dx_web_request_read(&head, &request);
    dx_response_init(&r);
    dx_buf_init(&out, (size_t)1 << 20);
    dx_respond(&site, ix, DX_OK, &request, &r);
    dx_response_put_cgi(&r, &out);
    if (out.status != DX_OK || strncmp(r.status, "503", 3) == 0) {
        rc = DX_ERR_NOMEM;
    } else {
        assert_string_equal(r.status, "200 OK");
        if (wanted) { /* but for snippets, which may be missing */
            assert_true(out.len <= wanted_len);
            assert_memory_equal(out.data, wanted, 16);
        } else {
            wanted_len = out.len;
            wanted = strndup((const char *)out.data, out.len);
        }
    }
    dx_buf_free(&out);
    dx_response_free(&r);
    return rc;
}

static void short_memory_is_told(void **state)
{
    static const char *const queries[] = {"q=song&format=json", "q=song&format=atom",
        "q=song&format=rss", "q=song&format=csv", "like=a&format=atom", "suggest=so",
        "opensearch=1", "script=1", "q=song"};

    (void)state;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        asked = queries[i];
        wanted = NULL;
        assert_int_equal(answer(), DX_OK);
        fixture_fail_each_allocation(answer, NULL);
        free((char *)(uintptr_t)wanted);
    }
}

static const char *address_of(const char *host, const char *path)
{
    static char out[DX_WEB_BASE_BYTES];

    dx_web_head_base(&(dx_web_head){.host = host, .path = path}, out);
    return out;
}

static void an_address_is_believed_only_if_it_can_be_one(void **state)
{
    (void)state;
    assert_string_equal(address_of("tinh.vn", "/tim-kiem"), "http://tinh.vn/tim-kiem");
    assert_string_equal(address_of("localhost:8080", "/"), "http://localhost:8080/");
    assert_string_equal(address_of("[::1]:80", "/a"), "http://[::1]:80/a");
    assert_string_equal(address_of("a\"b", "/"), "");
    assert_string_equal(address_of("a b", "/"), "");
    assert_string_equal(address_of("a/b", "/"), "");
    assert_string_equal(address_of("user@a", "/"), "");
    assert_string_equal(address_of("a:80:80", "/"), "");
    assert_string_equal(address_of("[::1", "/"), "");
    assert_string_equal(address_of("", "/"), "");
    assert_string_equal(address_of("a", "//evil.example/"), "");
    assert_string_equal(address_of("a", "b"), "");
    assert_string_equal(address_of("a", "/\"><b>"), "");
    assert_string_equal(address_of(NULL, "/"), "");
    assert_string_equal(address_of("a", NULL), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_memory_is_told),
        cmocka_unit_test(an_address_is_believed_only_if_it_can_be_one),
    };
    char folder[64];

    ix = fixture_open_text(folder, articles);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close(ix, folder);
    return failed;
}
