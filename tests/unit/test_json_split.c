/* Which records a .json file has, however they are wrapped, and where it is broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/input/json/split.h"

static dx_error err;
static char found[4096];
static unsigned stop_after;
static const dx_input_options no_options;

static dx_status note(void *ctx, const dx_record *record)
{
    size_t n = strlen(found);
    dx_str text = record->bytes;

    (void)ctx;
    assert_true(n + text.len + 2 < sizeof found);
    memcpy(found + n, text.ptr, text.len);
    strcpy(found + n + text.len, "|");
    return stop_after && --stop_after == 0 ? DX_ERR_NOMEM : DX_OK;
}

static dx_status split(const char *json)
{
    found[0] = err.msg[0] = '\0';
    return dx_json_split(dx_str_from(json), &no_options, note, NULL, &err);
}

static void check_split(const char *json, const char *wanted)
{
    assert_int_equal(split(json), DX_OK);
    assert_string_equal(found, wanted);
}

static void a_json_file_holds_objects(void **state)
{
    (void)state;
    check_split("{\"a\":1}", "{\"a\":1}|");
    check_split("\xEF\xBB\xBF{\"a\":1}\r\n", "{\"a\":1}|");
    check_split(" [ {\"a\":\"]}\"} , {\"b\":[{}]} ] ",
        "{\"a\":\"]}\"}|{\"b\":[{}]}|");
    check_split("[]", "");
    check_split("{\"a\":1}\n{\"b\":\"\\\"}\"}\n", "{\"a\":1}|{\"b\":\"\\\"}\"}|");
}

static void a_wrapped_list_is_found(void **state)
{
    (void)state;
    check_split("{\"total\":2,\"articles\":[{\"a\":1},{\"b\":2}],\"n\":{}}",
        "{\"a\":1}|{\"b\":2}|");
    check_split("{\"data\":[{\"a\":1}]}", "{\"a\":1}|");
    /* items named by their ids; an article's own parts are none */
    check_split("{\"-Nx1\":{\"title\":\"x\",\"body\":\"y\"},\"-Nx2\":{\"title\":\"z\","
                "\"body\":\"w\"}}",
        "{\"title\":\"x\",\"body\":\"y\"}|{\"title\":\"z\",\"body\":\"w\"}|");
    check_split("{\"tin\":{\"b1\":{\"title\":\"x\",\"body\":\"y\"},\"b2\":{\"title\":\"z\","
                "\"body\":\"w\"}},\"n\":2}",
        "{\"title\":\"x\",\"body\":\"y\"}|{\"title\":\"z\",\"body\":\"w\"}|");
    check_split("{\"h1\":{\"width\":1},\"h2\":{\"width\":2}}",
        "{\"h1\":{\"width\":1},\"h2\":{\"width\":2}}|");
    check_split("{\"title\":\"x\",\"body\":\"y\",\"images\":{\"i1\":{\"title\":\"a\","
                "\"url\":\"u\"},\"i2\":{\"title\":\"b\",\"url\":\"v\"}}}",
        "{\"title\":\"x\",\"body\":\"y\",\"images\":{\"i1\":{\"title\":\"a\","
        "\"url\":\"u\"},\"i2\":{\"title\":\"b\",\"url\":\"v\"}}}|");
    check_split("{\"meta\":{\"title\":\"x\"},\"items\":[{\"a\":1}]}",
        "{\"a\":1}|");
    /* an article of its own */
    check_split("{\"title\":\"T\",\"items\":[{\"a\":1}]}",
        "{\"title\":\"T\",\"items\":[{\"a\":1}]}|");
    check_split("{\"items\":[{\"a\":1}],\"title\":\"T\"}",
        "{\"items\":[{\"a\":1}],\"title\":\"T\"}|");
    check_split("{\"items\":[\"a\"]}", "{\"items\":[\"a\"]}|");
    check_split("{\"items\":[]}", "{\"items\":[]}|");
}

static void a_list_deep_within_is_found(void **state)
{
    (void)state;
    check_split("{\"hits\":{\"hits\":[{\"_id\":\"1\",\"_source\":{\"title\":\"a\","
                "\"body\":\"b\"}}]}}",
        "{\"_id\":\"1\",\"_source\":{\"title\":\"a\",\"body\":\"b\"}}|");
    check_split("{\"title\":\"Nguồn\",\"items\":[{\"title\":\"a\",\"url\":\"u\"}]}",
        "{\"title\":\"a\",\"url\":\"u\"}|");
    /* related articles are not the article */
    check_split("{\"title\":\"T\",\"related\":[{\"title\":\"a\",\"url\":\"u\"}]}",
        "{\"title\":\"T\",\"related\":[{\"title\":\"a\",\"url\":\"u\"}]}|");
    check_split("{\"id\":1,\"url\":\"u\",\"x\":[{\"number\":\"Điều 1\",\"body\":\"b\"}]}",
        "{\"id\":1,\"url\":\"u\",\"x\":[{\"number\":\"Điều 1\",\"body\":\"b\"}]}|");
    check_split("{\"fields\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"records\":[[1,2]]}",
        "{\"fields\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"records\":[[1,2]]}|");
}

static void a_law_is_split_into_its_articles_when_asked(void **state)
{
    static const char law[] =
        "{\"id\":\"46/2019/QH14\",\"url\":\"https://vb.example/46\",\"chapters\":[{\"title\":"
        "\"Chương I\",\"articles\":[{\"id\":\"a1\",\"number\":\"Điều 1\",\"heading\":"
        "\"Phạm vi\",\"body\":\"Nói về sách.\"},{\"number\":\"Điều 2\",\"body\":\"Nói về "
        "\\\"phòng đọc\\\".\"}]}]}";
    const dx_input_options options = {.split_articles = true};

    (void)state;
    found[0] = '\0';
    assert_int_equal(dx_json_split(dx_str_from(law), &options, note, NULL, &err),
        DX_OK);
    assert_string_equal(found,
        "{\"title\":\"Điều 1. Phạm vi – 46/2019/QH14\",\"id\":\"46/2019/QH14#a1\","
        "\"url\":\"https://vb.example/46\",\"body\":\"Nói về sách.\"}|"
        "{\"title\":\"Điều 2 – 46/2019/QH14\",\"id\":\"46/2019/QH14#Điều 2\","
        "\"url\":\"https://vb.example/46\",\"body\":\"Nói về \\\"phòng đọc\\\".\"}|");
    /* what has a text, or no parts, stays whole */
    found[0] = '\0';
    assert_int_equal(dx_json_split(DX_STR_LIT("{\"title\":\"T\",\"body\":\"B\","
                                              "\"x\":[{\"body\":\"b\"}]}{\"a\":1}"),
                         &options, note, NULL, &err), DX_OK);
    assert_string_equal(found,
        "{\"title\":\"T\",\"body\":\"B\",\"x\":[{\"body\":\"b\"}]}|{\"a\":1}|");
}

static void rows_as_lists_are_read_where_their_columns_are_an_articles(void **state)
{
    (void)state;
    assert_int_equal(split("{\"success\":true,\"result\":{\"fields\":[{\"type\":\"int\","
                           "\"id\":\"_id\"},{\"id\":\"tieu_de\"},{\"id\":\"noi_dung\"}],"
                           "\"records\":[[1,\"A\",\"a\"],[2,\"B, C\"],[]]}}"), DX_OK);
    assert_string_equal(found,
        "{\"_id\":1,\"tieu_de\":\"A\",\"noi_dung\":\"a\"}|"
        "{\"_id\":2,\"tieu_de\":\"B, C\"}|{}|");
    assert_int_equal(split("{\"columns\":[\"title\",\"lead\"],\"data\":[[\"A\",\"b\"]]}"),
        DX_OK);
    assert_string_equal(found, "{\"title\":\"A\",\"lead\":\"b\"}|");
#define FIGURES "{\"fields\":[{\"id\":\"nam\"},{\"id\":\"ty_le\"}],\"records\":[[2024,7]]}"
    assert_int_equal(split(FIGURES), DX_OK);
    assert_string_equal(found, FIGURES "|"); /* statistics */
}

static void a_broken_json_file_says_where(void **state)
{
    (void)state;
    assert_int_equal(split("[{\"a\":1},"), DX_ERR_FORMAT);
    assert_string_equal(found, "{\"a\":1}|"); /* what came before counts */
    assert_non_null(strstr(err.msg, "complete?"));
    assert_int_equal(split("[{\"a\":1},{\"b\":"), DX_ERR_FORMAT);
    assert_non_null(strstr(err.msg, "byte 9"));
    assert_int_equal(split("<html>"), DX_ERR_FORMAT);
    assert_non_null(strstr(err.msg, "byte 0"));
    assert_int_equal(split("[1,2]"), DX_ERR_FORMAT);
    assert_int_equal(split(" \n"), DX_OK); /* it says nothing wrong */
    assert_string_equal(found, "");
    stop_after = 2;
    assert_int_equal(split("[{},{},{}]"), DX_ERR_NOMEM);
    assert_string_equal(found, "{}|{}|");
}

static void any_json_prefix_is_safe(void **state)
{
    static const char json[] =
        "{\"n\":[1,{\"x\":\"\\\"\"}],\"articles\":[{\"a\":\"]\\\\\"},{}],\"z\":0}";

    (void)state;
    for (size_t n = 0; n < sizeof json; n++) {
        char *copy = malloc(n ? n : 1);
        memcpy(copy, json, n);
        found[0] = '\0';
        dx_status rc = dx_json_split((dx_str){copy, n}, &no_options, note, NULL, &err);
        assert_true((rc == DX_OK) == (n == 0 || n >= sizeof json - 1));
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_json_file_holds_objects),
        cmocka_unit_test(a_wrapped_list_is_found),
        cmocka_unit_test(a_list_deep_within_is_found),
        cmocka_unit_test(a_law_is_split_into_its_articles_when_asked),
        cmocka_unit_test(rows_as_lists_are_read_where_their_columns_are_an_articles),
        cmocka_unit_test(a_broken_json_file_says_where),
        cmocka_unit_test(any_json_prefix_is_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
