/* A response's headers, for whoever sends them, and the head of a request. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/serve/head.h"
#include "searcher/serve/response.h"

static void expect_cgi(const dx_response *r, const char *wanted)
{
    dx_buf out;

    dx_buf_init(&out, 1 << 20);
    dx_response_put_cgi(r, &out);
    assert_int_equal(out.status, DX_OK);
    assert_string_equal(dx_buf_cstr(&out), wanted);
    dx_buf_free(&out);
}

static void a_response_is_its_status_headers_and_body(void **state)
{
    (void)state;
    dx_response r;

    dx_response_init(&r);
    dx_response_set(&r, "ETag", "\"1\"");
    dx_response_set(&r, "Vary", "Accept-Language");
    dx_buf_puts(&r.body, "xin chào");
    expect_cgi(&r, "Status: 200 OK\nContent-Type: text/html; charset=utf-8\n"
                   "Content-Length: 9\nETag: \"1\"\nVary: Accept-Language\n\n"
                   "xin chào");
    r.head_only = true;
    expect_cgi(&r, "Status: 200 OK\nContent-Type: text/html; charset=utf-8\n"
                   "Content-Length: 9\nETag: \"1\"\nVary: Accept-Language\n\n");
    dx_response_clear(&r);
    expect_cgi(&r, "Status: 200 OK\nContent-Type: text/html; charset=utf-8\n"
                   "Content-Length: 0\n\n");
    dx_response_free(&r);
}

static void the_last_value_of_a_header_counts(void **state)
{
    (void)state;
    dx_response r;

    dx_response_init(&r);
    dx_response_set(&r, "A", "1");
    dx_response_set(&r, "B", "2");
    dx_response_set(&r, "A", "another");
    expect_cgi(&r, "Status: 200 OK\nContent-Type: text/html; charset=utf-8\n"
                   "Content-Length: 0\nA: another\nB: 2\n\n");
    dx_response_free(&r);
}

static void no_value_makes_a_header_of_its_own(void **state)
{
    (void)state;
    dx_response r;

    dx_response_init(&r);
    dx_response_set(&r, "A", "1\r\nSet-Cookie: x\n\nbody\x7F");
    expect_cgi(&r, "Status: 200 OK\nContent-Type: text/html; charset=utf-8\n"
                   "Content-Length: 0\nA: 1  Set-Cookie: x  body \n\n");
    dx_response_free(&r);
}

static void what_has_not_changed_has_no_body_and_no_length(void **state)
{
    (void)state;
    dx_response r;

    dx_response_init(&r);
    r.status = "304 Not Modified";
    dx_response_set(&r, "ETag", "\"1\"");
    dx_buf_puts(&r.body, "x");
    assert_true(dx_response_is_ok(&r));
    assert_false(dx_response_has_body(&r));
    expect_cgi(&r, "Status: 304 Not Modified\nETag: \"1\"\n\n");
    dx_response_free(&r);
}

static void more_headers_than_there_is_room_for_are_left_out(void **state)
{
    (void)state;
    static const char names[] = "abcdefghijklmnopqrstuvwxyz";
    static char each[sizeof names][2];
    dx_response r;

    dx_response_init(&r);
    for (unsigned i = 0; names[i]; i++) {
        each[i][0] = names[i];
        dx_response_set(&r, each[i], "1");
    }
    assert_int_equal(r.header_count, DX_RESPONSE_HEADERS_MAX);
    dx_response_set(&r, each[0], "2");
    assert_int_equal(r.header_count, DX_RESPONSE_HEADERS_MAX);
    dx_response_free(&r);
}

static const char *variable(void *ctx, const char *name)
{
    for (const char **pair = ctx; *pair; pair += 2)
        if (strcmp(pair[0], name) == 0)
            return pair[1];
    return NULL;
}

static void a_head_is_read_from_the_variables_of_cgi(void **state)
{
    (void)state;
    const char *pairs[] = {"REQUEST_METHOD", "HEAD", "QUERY_STRING", "q=a",
        "HTTP_IF_NONE_MATCH", "\"1\"", "HTTP_HOST", "tinh.vn", "HTTPS", "on",
        NULL};
    const char *plain[] = {"HTTPS", "off", NULL};
    const char *proxied[] = {"HTTP_X_FORWARDED_PROTO", "https", NULL};
    dx_web_head head;

    dx_web_head_read(&head, variable, pairs);
    assert_string_equal(head.method, "HEAD");
    assert_string_equal(head.query_string, "q=a");
    assert_string_equal(head.if_none_match, "\"1\"");
    assert_string_equal(head.host, "tinh.vn");
    assert_null(head.origin);
    assert_true(head.https);
    dx_web_head_read(&head, variable, (void *)(uintptr_t)plain);
    assert_null(head.method);
    assert_false(head.https);
    dx_web_head_read(&head, variable, (void *)(uintptr_t)proxied);
    assert_true(head.https);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_response_is_its_status_headers_and_body),
        cmocka_unit_test(the_last_value_of_a_header_counts),
        cmocka_unit_test(no_value_makes_a_header_of_its_own),
        cmocka_unit_test(what_has_not_changed_has_no_body_and_no_length),
        cmocka_unit_test(more_headers_than_there_is_room_for_are_left_out),
        cmocka_unit_test(a_head_is_read_from_the_variables_of_cgi),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
