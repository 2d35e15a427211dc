/* What is filled into forms, as one query; and the reader's language. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/serve/request.h"
#include "searcher/serve/request/compose.h"
#include "searcher/serve/request/language.h"

static void expect(const char *query_string, const char *wanted)
{
    dx_web_head head = {.query_string = query_string};
    dx_web_request request;

    dx_web_request_read(&head, &request);
    assert_string_equal(request.query, wanted);
}

static void fields_become_one_query(void **state)
{
    (void)state;
    expect("q=l%C5%A9&filter=source%3AVTV", "lũ source:VTV");
    expect("filter=source%3AVTV", "source:VTV");
    expect("all=a+b&exact=c+d&any=e+f&none=g+h&source=i+j&category=k&from=2024-01-02&to=2024-02-03",
        "a b \"c d\" (e OR f) -\"g\" -\"h\" source:\"i j\" category:\"k\" "
        "date:2024-01-02..2024-02-03");
    expect("all=&exact=+&any=&none=&source=&category=&from=&to=", "");
    expect("q=x&any=e", "x e");
    expect("q=%22x&from=2024-01-02", "date:2024-01-02.. \"x"); /* not within the phrase */
    expect("q=OR+x&filter=source:VTV", "source:VTV (OR x)");
}

static void words_mean_themselves(void **state)
{
    (void)state;
    expect("exact=a+%22b%22+c", "\"a  b  c\"");
    expect("any=OR+(a+TT%26TT", "(\"OR\" OR \"(a\" OR \"TT&TT\")");
    expect("none=749+-x", "-\"749\" -\"-x\"");
    expect("source=B%C3%A1o+%22X%22%5C", "source:\"Báo \\\"X\\\"\\\\\"");
}

static void days_that_are_none_are_left_out(void **state)
{
    (void)state;
    expect("q=x&from=2024-01-02", "x date:2024-01-02..");
    expect("q=x&to=2024-01-02", "x date:..2024-01-02");
    expect("q=x&from=hôm+nay&to=2024-13-2", "x");
    expect("q=x&from=2/1/2024&to=3/2024", "x date:2024-01-02..2024-03-31");
    expect("q=x&from=2024-01-02&to=9999-12-31", "x date:2024-01-02..");
    expect("q=x&from=1000-01-01&to=2200-12-31", "x date:..2200-12-31");
    expect("q=x&from=2024-01-02OR", "x");
    expect("q=x&from=2024-01-02+y+and+more", "x");
}

static void what_does_not_fit_is_left_out(void **state)
{
    char query[16] = "abc";
    (void)state;
    dx_form_add(DX_FORM_EXACT, "0123456789", query, sizeof query - 1);
    assert_string_equal(query, "abc");
    dx_form_add(DX_FORM_EXACT, "012345678", query, sizeof query - 1);
    assert_string_equal(query, "abc \"012345678\"");
}

static void the_language_that_weighs_most(void **state)
{
    (void)state;
    assert_int_equal(dx_language_accepted(NULL, DX_VIETNAMESE), DX_VIETNAMESE);
    assert_int_equal(dx_language_accepted("", DX_ENGLISH), DX_ENGLISH);
    assert_int_equal(dx_language_accepted("en-US,en;q=0.9", DX_VIETNAMESE), DX_ENGLISH);
    assert_int_equal(dx_language_accepted("vi-VN,vi;q=0.9,en;q=0.8", DX_ENGLISH),
        DX_VIETNAMESE);
    assert_int_equal(dx_language_accepted("en;q=0.3, vi ; q=0.7", DX_ENGLISH), DX_VIETNAMESE);
    assert_int_equal(dx_language_accepted("fr,de;q=0.5", DX_VIETNAMESE), DX_VIETNAMESE);
    assert_int_equal(dx_language_accepted("en;q=0", DX_VIETNAMESE), DX_VIETNAMESE);
    assert_int_equal(dx_language_accepted(",,;=;q=,vie", DX_ENGLISH), DX_ENGLISH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_become_one_query),
        cmocka_unit_test(words_mean_themselves),
        cmocka_unit_test(days_that_are_none_are_left_out),
        cmocka_unit_test(what_does_not_fit_is_left_out),
        cmocka_unit_test(the_language_that_weighs_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
