/* JSON articles: fields of every type, unknown ones, and broken text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/mem.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/json/tree.h"
#include "indexer/input/source.h"

static dx_arena arena;
static dx_article a;
static dx_error err;

static dx_status read_bytes(const char *json, size_t len)
{
    char *copy = malloc(len ? len : 1); /* exact, for the sanitizer */

    memcpy(copy, json, len);
    dx_arena_reset(&arena);
    err.msg[0] = '\0';
    dx_status rc = dx_source_read(&dx_source_json,
        &(dx_record){.bytes = {copy, len}}, &(dx_input_options){0},
        DX_STR_LIT("in/a.jsonl#7"), &arena, &a, &err);
    free(copy);
    return rc;
}

static void read_ok(const char *json)
{
    if (read_bytes(json, strlen(json)) != DX_OK)
        fail_msg("%s\n%s", json, err.msg);
}

static void check(dx_str found, const char *wanted)
{
    if (!dx_str_eq(found, dx_str_from(wanted)))
        fail_msg("found \"%.*s\", not \"%s\"", (int)found.len, found.ptr,
            wanted);
}

static void check_refused(const char *json, const char *reason)
{
    assert_int_equal(read_bytes(json, strlen(json)), DX_ERR_FORMAT);
    if (!strstr(err.msg, reason) || !strstr(err.msg, "in/a.jsonl#7"))
        fail_msg("%s", err.msg);
}

static void all_fields(void **state)
{
    (void)state;
    read_ok("{\"id\":\"bg-1\",\"title\":\"Bắc Giang\",\"lead\":\"Tóm tắt\","
            "\"body\":\"Một\\nHai\",\"date\":\"2021-12-16\","
            "\"source\":\"Cổng\",\"author\":\"Thu Hà\",\"category\":\"CĐS\","
            "\"url\":\"https://a.example/1\",\"tags\":\"x, y\"}");
    check(a.id, "bg-1");
    check(a.title, "Bắc Giang");
    check(a.lead, "Tóm tắt");
    check(a.body, "Một\nHai");
    check(a.source, "Cổng");
    check(a.author, "Thu Hà");
    check(a.category, "CĐS");
    check(a.url, "https://a.example/1");
    check(a.tags, "x, y");
    check(a.path, "in/a.jsonl#7");
    check(a.extra, "");
    assert_int_equal(a.date, dx_date_of(2021, 12, 16));
}

static void abstract_is_a_lead(void **state)
{
    (void)state;
    read_ok("{\"title\":\"T\",\"abstract\":\"Tóm tắt\",\"body\":\"B\"}");
    check(a.lead, "Tóm tắt");
    check(a.extra, "");
    read_ok("{\"title\":\"T\",\"lead\":\"Một\",\"abstract\":\"Hai\"}");
    check(a.lead, "Một");
    check(a.extra, "{\"abstract\":\"Hai\"}");
    read_ok("{\"title\":\"T\",\"lead\":\"\",\"abstract\":\"Hai\"}");
    check(a.lead, "Hai");
}

static void numbers_and_lists_become_text(void **state)
{
    (void)state;
    read_ok("{\"id\":12345678901,\"title\":2024,\"body\":[\"Một\",\"Hai\"],"
            "\"tags\":[\"a\",\"b\",3],\"author\":{\"name\":\"Thu Hà\"}}");
    check(a.id, "12345678901");
    check(a.title, "2024");
    check(a.body, "Một\nHai");
    check(a.tags, "a, b, 3");
    check(a.author, "Thu Hà");
}

static void no_digit_of_a_number_is_lost(void **state)
{
    (void)state;
    read_ok("{\"id\":123456789012345678901234567890,\"title\":\"T\"}");
    check(a.id, "123456789012345678901234567890");
    read_ok("{\"id\":-9223372036854775809,\"title\":\"T\",\"n\":1.50,"
            "\"m\":18446744073709551616}");
    check(a.id, "-9223372036854775809");
    check(a.extra, "{\"n\":1.50,\"m\":18446744073709551616}");
    read_ok("{\"title\":\"T\",\"date\":99999999999999999999}");
    assert_int_equal(a.date, DX_DATE_UNKNOWN);
}

static void wrong_types_are_not_lost(void **state)
{
    (void)state;
    read_ok("{\"title\":true,\"body\":\"Nội dung của bài.\",\"url\":null,"
            "\"tags\":{},\"source\":[]}");
    check(a.title, "Nội dung của bài");
    check(a.id, "in/a.jsonl#7");
    check(a.extra, "{\"title\":true}");
    read_ok("{\"title\":\"T\",\"date\":\"hôm qua\"}");
    assert_int_equal(a.date, DX_DATE_UNKNOWN);
    check(a.extra, "{\"date\":\"hôm qua\"}");
}

static void unknown_fields_are_kept_in_order(void **state)
{
    (void)state;
    read_ok("{\"z\":1,\"title\":\"T\",\"a\":{\"b\":[1,2.5,null,{\"c\":\"đ\"}]},"
            "\"views\":0,\"empty\":\"\"}");
    check(a.extra, "{\"z\":1,\"a\":{\"b\":[1,2.5,null,{\"c\":\"đ\"}]},"
                   "\"views\":0,\"empty\":\"\"}");
}

static void a_huge_unknown_field_is_left_out(void **state)
{
    dx_buf json;

    (void)state;
    dx_buf_init(&json, SIZE_MAX);
    dx_buf_puts(&json, "{\"title\":\"T\",\"first\":1,\"big\":\"");
    for (int i = 0; i < 200000; i++)
        dx_buf_putc(&json, 'x');
    dx_buf_puts(&json, "\",\"last\":2}");
    assert_int_equal(read_bytes((const char *)json.data, json.len), DX_OK);
    check(a.extra, "{\"first\":1,\"last\":2}");
    dx_buf_free(&json);
}

static void the_last_of_two_equal_keys_counts(void **state)
{
    (void)state;
    read_ok("{\"title\":\"Một\",\"title\":\"Hai\",\"body\":\"B\"}");
    check(a.title, "Hai");
    read_ok("{\"title\":\"T\",\"x\":1,\"y\":{\"z\":1,\"z\":2},\"x\":3}");
    check(a.extra, "{\"y\":{\"z\":2},\"x\":3}");
}

static void a_nul_does_not_end_a_key(void **state)
{
    (void)state;
    read_ok("{\"title\":\"T\",\"title\\u0000\":\"U\"}");
    check(a.title, "T");
    check(a.extra, "{\"title\\u0000\":\"U\"}");
}

static void escapes_and_surrogates(void **state)
{
    (void)state;
    read_ok("{\"title\":\"\\u0110\\u1ed5i m\\u1edbi \\ud83d\\ude00\"}");
    check(a.title, "Đổi mới \xF0\x9F\x98\x80");
    read_ok("{\"title\":\"m\\u1edbi \\ud83d, c\\u0169 \\ude00.\"}");
    check(a.title, "mới , cũ .");
    read_ok("{\"title\":\"a\\\\\",\"body\":\"\\ud83d\"}");
    check(a.title, "a\\");
    read_ok("{\"title\":\"m\\u1edbi\\u0000 h\\u0001ơn\"}");
    check(a.title, "mới hơn");
}

static void raw_control_characters_are_forgiven(void **state)
{
    (void)state;
    read_ok("{\"title\":\"Một\tHai\",\"body\":\"a\x01" "b\"}");
    check(a.title, "Một Hai");
}

static void ill_formed_utf8_is_mended(void **state)
{
    (void)state;
    read_ok("{\"title\":\"Chuyển đổi số \xE1\xBB tỉnh\",\"body\":\"Bắc\"}");
    check(a.title, "Chuyển đổi số tỉnh");
    /* a whole line in windows-1258 */
    read_ok("{\"title\":\"Chuy\xEA\xD2n \xF0\xF4\xD2i s\xF4\xEC\"}");
    check(a.title, "Chuyển đổi số");
}

static void nul_bytes_do_not_end_the_text(void **state)
{
    static const char json[] = "{\"title\":\"Một\0Hai\"}";

    (void)state;
    assert_int_equal(read_bytes(json, sizeof json - 1), DX_OK);
    check(a.title, "Một Hai");
}

static void dates_of_every_type(void **state)
{
    (void)state;
    read_ok("{\"title\":\"T\",\"date\":1711501370}");
    assert_int_equal(a.date, dx_date_of(2024, 3, 27));
    read_ok("{\"title\":\"T\",\"date\":1711501370123}");
    assert_int_equal(a.date, dx_date_of(2024, 3, 27));
    read_ok("{\"title\":\"T\",\"date\":1711501370.5}");
    assert_int_equal(a.date, dx_date_of(2024, 3, 27));
    read_ok("{\"title\":\"T\",\"date\":\"Thứ Tư - 27/03/2024 08:42\"}");
    assert_int_equal(a.date, dx_date_of(2024, 3, 27));
    read_ok("{\"title\":\"T\",\"published\":\"27/03/2024\"}");
    assert_int_equal(a.date, dx_date_of(2024, 3, 27));
    read_ok("{\"title\":\"T\",\"url\":\"https://a.example/"
            "b-102240327094504794.htm\"}");
    assert_int_equal(a.date, dx_date_of(2024, 3, 27));
    read_ok("{\"title\":\"T\",\"date\":1e300}");
    assert_int_equal(a.date, DX_DATE_UNKNOWN);
}

static void an_id_is_the_url_or_the_path(void **state)
{
    (void)state;
    read_ok("{\"title\":\"T\",\"url\":\"https://a.example/1\"}");
    check(a.id, "https://a.example/1");
    read_ok("{\"title\":\"T\",\"id\":\" \"}");
    check(a.id, "in/a.jsonl#7");
}

static void a_missing_title_comes_from_the_text(void **state)
{
    (void)state;
    read_ok("{\"body\":\"UBND TP. Hà Nội họp sáng nay. Nội dung khác.\"}");
    check(a.title, "UBND TP. Hà Nội họp sáng nay");
}

static void a_lead_repeated_in_the_body_counts_once(void **state)
{
    (void)state;
    read_ok("{\"title\":\"T\",\"lead\":\"Tóm tắt.\","
            "\"body\":\"Tóm tắt.\\nPhần sau.\"}");
    check(a.body, "Phần sau.");
    read_ok("{\"title\":\"T\",\"lead\":\"Tóm tắt.\",\"body\":\"Tóm tắt.\"}");
    check(a.lead, "");
    check(a.body, "Tóm tắt.");
}

static void what_is_no_article_is_refused_with_a_reason(void **state)
{
    char deep[20000];

    (void)state;
    check_refused("{\"title\":\"T\"", "not valid JSON");
    check_refused("{'title':'T'}", "not valid JSON");
    check_refused("", "not valid JSON");
    check_refused("title: T", "not valid JSON");
    check_refused("[1,2]", "must be a JSON object");
    check_refused("\"text\"", "not valid JSON");
    check_refused("null", "not valid JSON");
    check_refused("{\"title\":\"T\"} {\"title\":\"U\"}", "not valid JSON");
    memset(deep, '[', sizeof deep);
    memcpy(deep, "{\"a\":", 5);
    deep[sizeof deep - 1] = '\0';
    check_refused(deep, "not valid JSON");
}

static void check_left_out(const char *json, dx_left_out why)
{
    read_ok(json);
    if (a.left_out != why)
        fail_msg("%s\nleft out as \"%s\", not \"%s\"", json,
            dx_left_out_key(a.left_out), dx_left_out_key(why));
}

static void a_record_that_is_no_article_is_told(void **state)
{
    (void)state;
    check_left_out("{}", DX_LEFT_EMPTY);
    check_left_out("{\"title\":\"\",\"body\":[]}", DX_LEFT_EMPTY);
    check_left_out("{\"STT\":1,\"Xã\":\"Hòa Bình\",\"Số hộ\":\"1.204\"}",
        DX_LEFT_TABLE);
    check_left_out("{\"ten\":\"Hội xuân\",\"huyen\":\"Lạng Giang\",\"so_khach\":90}",
        DX_LEFT_TABLE);
    check_left_out("{\"fields\":[{\"id\":\"STT\"}],\"records\":[[1,\"Xã A\"]]}",
        DX_LEFT_TABLE);
    check_left_out("{\"url\":\"https://tinh.example/1\",\"views\":7}",
        DX_LEFT_METADATA);
    /* articles, however short */
    check_left_out("{\"title\":\"Hội xuân\"}", DX_LEFT_NOT);
    check_left_out("{\"title\":\"Hội xuân\",\"views\":7}", DX_LEFT_NOT);
    check_left_out("{\"ten\":\"Hội xuân\",\"ngay_dang\":\"5/2/2024\",\"luot_xem\":9}",
        DX_LEFT_NOT);
    check_left_out("{\"name\":\"Hội xuân\",\"content\":\"Hội mở cửa.\"}",
        DX_LEFT_NOT);
}

static void errors_give_the_byte(void **state)
{
    (void)state;
    check_refused("{\"title\":\"T\",}", "(byte 14)");
    check_refused("{\"title\":\"T\"} x", "(byte 15)");
    check_refused("{\"title\":tru}", "(byte 12)");
    check_refused("{\"title\":\"a\\q\"}", "(byte 12)");
    check_refused("{\"title\":\"T", "(byte 11)");
    check_refused("{\"title\":NaN}", "(byte 10)");
    check_refused("{\"title\":1}/* */", "(byte 11)");
    check_refused("{\"n\":01}", "(byte 6)");
}

/* `text` repeated between `head` and `tail`. */
static dx_status read_repeated(const char *head, const char *text, size_t times,
    const char *tail)
{
    dx_buf json;

    dx_buf_init(&json, SIZE_MAX);
    dx_buf_puts(&json, head);
    for (size_t i = 0; i < times; i++)
        dx_buf_puts(&json, text);
    dx_buf_puts(&json, tail);
    dx_status rc = read_bytes((const char *)json.data, json.len);
    dx_buf_free(&json);
    return rc;
}

static void depth_and_count_have_limits(void **state)
{
    char tail[DX_JSON_DEPTH_MAX + 1];

    (void)state;
    memset(tail, ']', sizeof tail);
    tail[DX_JSON_DEPTH_MAX - 1] = '}';
    tail[DX_JSON_DEPTH_MAX] = '\0';
    assert_int_equal(read_repeated("{\"title\":\"T\",\"x\":", "[",
        DX_JSON_DEPTH_MAX - 1, tail), DX_OK);
    assert_int_equal(read_repeated("{\"title\":\"T\",\"x\":", "[",
        DX_JSON_DEPTH_MAX, "]"), DX_ERR_FORMAT);
    assert_non_null(strstr(err.msg, "nested too deeply"));
    /* the object, the title, x, its items */
    assert_int_equal(read_repeated("{\"title\":\"T\",\"x\":[0", ",0",
        DX_JSON_VALUES_MAX - 4, "]}"), DX_OK);
    assert_int_equal(read_repeated("{\"title\":\"T\",\"x\":[0", ",0",
        DX_JSON_VALUES_MAX - 3, "]}"), DX_ERR_FORMAT);
    assert_non_null(strstr(err.msg, "too many values"));
}

static void an_object_of_many_keys_is_read(void **state)
{
    (void)state;
    assert_int_equal(read_repeated("{\"title\":\"T\"", ",\"key\":1", 100000,
        "}"), DX_OK);
    check(a.extra, "{\"key\":1}");
    assert_int_equal(read_repeated("{\"title\":\"T\",\"x\":{\"a\":1",
        ",\"key\":1", 100000, "}}"), DX_OK);
    check(a.extra, "{\"x\":{\"a\":1,\"key\":1}}");
}

static void any_prefix_is_read_or_refused(void **state)
{
    static const char json[] =
        "{\"id\":7,\"title\":\"\\u0110\\ud83d\\ude00 đ\",\"x\":[{\"y\":1e5}],"
        "\"date\":\"2024-03-27T01:00:00Z\"}";

    (void)state;
    for (size_t n = 0; n < sizeof json - 1; n++)
        assert_int_equal(read_bytes(json, n), DX_ERR_FORMAT);
}

static void dates_numbers_and_flags_are_checked(void **state)
{
    (void)state;
    read_ok("{\"title\":\"T\",\"ngay_ban_hanh\":\"3/6/2020\",\"pages\":12,"
            "\"hidden\":\"có\",\"modified\":1609459200}");
    check(a.issued, "2020-06-03");
    check(a.pages, "12");
    check(a.hidden, "1");
    check(a.modified, "2021-01-01");
    check(a.extra, "");
    read_ok("{\"title\":\"T\",\"ngay_ban_hanh\":\"hôm qua\",\"pages\":\"i-iv\","
            "\"hidden\":false}");
    check(a.issued, "");
    check(a.pages, "");
    check(a.hidden, "");
    check(a.extra, "{\"ngay_ban_hanh\":\"hôm qua\",\"pages\":\"i-iv\"}");
    read_ok("{\"title\":\"T\",\"so_hieu\":\"1/QĐ\",\"docno\":[\"2/QĐ\",\"3/QĐ\"]}");
    check(a.docno, "2/QĐ, 3/QĐ");
    check(a.extra, "{\"so_hieu\":\"1/QĐ\"}");
}

static void content_hash_sees_every_field(void **state)
{
    const char *fields[DX_FIELDS + 1];
    uint64_t seen[DX_FIELDS + 1];
    size_t count = 0;

    (void)state;
    for (unsigned f = 0; f < DX_FIELDS; f++)
        if (dx_fields[f].input_names[0] && f != DX_FIELD_DELETED)
            fields[count++] = dx_fields[f].input_names[0];
    fields[count++] = "other";
    for (size_t i = 0; i < count; i++) {
        char json[200];
        snprintf(json, sizeof json, "{\"title\":\"T\",\"id\":\"i\",\"%s\":%s}",
            fields[i], strcmp(fields[i], "hidden") == 0  ? "true"
                       : strcmp(fields[i], "pages") == 0 ? "7"
                                                         : "\"2024-01-01\"");
        read_ok(json);
        seen[i] = a.content.lo;
        read_ok(json);
        assert_true(seen[i] == a.content.lo);
        for (size_t k = 0; k < i; k++)
            assert_true(seen[k] != seen[i]);
    }
}

/* Each allocation fails in turn; nothing leaks and nothing is half read. */
static void a_failed_allocation_is_reported(void **state)
{
    static const char bytes[] =
        "{\"id\":7,\"title\":\"T\x01\",\"tags\":[\"a\",\"b\"],\"x\":{\"y\":1},"
        "\"body\":\"<p>Một &amp; hai</p>\",\"so_hieu\":\"1/QĐ\",\"ngay\":\"1/2/2024\","
        "\"box\":[{\"ten\":\"Người ký\",\"gia_tri\":\"Bình\"}]}";
    dx_status rc = DX_ERR_NOMEM;

    (void)state;
    for (int64_t n = 0; rc != DX_OK; n++) {
        dx_arena_free(&arena);
        dx_mem_fail_after(n);
        rc = read_bytes(bytes, sizeof bytes - 1);
        dx_mem_fail_after(-1);
        assert_true(rc == DX_OK || rc == DX_ERR_NOMEM);
        assert_true(n < 2000);
    }
}

static int set_up(void **state)
{
    (void)state;
    arena = (dx_arena)DX_ARENA_INIT;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dx_arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_fields),
        cmocka_unit_test(abstract_is_a_lead),
        cmocka_unit_test(numbers_and_lists_become_text),
        cmocka_unit_test(no_digit_of_a_number_is_lost),
        cmocka_unit_test(wrong_types_are_not_lost),
        cmocka_unit_test(unknown_fields_are_kept_in_order),
        cmocka_unit_test(a_huge_unknown_field_is_left_out),
        cmocka_unit_test(the_last_of_two_equal_keys_counts),
        cmocka_unit_test(a_nul_does_not_end_a_key),
        cmocka_unit_test(escapes_and_surrogates),
        cmocka_unit_test(raw_control_characters_are_forgiven),
        cmocka_unit_test(ill_formed_utf8_is_mended),
        cmocka_unit_test(nul_bytes_do_not_end_the_text),
        cmocka_unit_test(dates_of_every_type),
        cmocka_unit_test(an_id_is_the_url_or_the_path),
        cmocka_unit_test(a_missing_title_comes_from_the_text),
        cmocka_unit_test(a_lead_repeated_in_the_body_counts_once),
        cmocka_unit_test(what_is_no_article_is_refused_with_a_reason),
        cmocka_unit_test(a_record_that_is_no_article_is_told),
        cmocka_unit_test(errors_give_the_byte),
        cmocka_unit_test(depth_and_count_have_limits),
        cmocka_unit_test(an_object_of_many_keys_is_read),
        cmocka_unit_test(any_prefix_is_read_or_refused),
        cmocka_unit_test(dates_numbers_and_flags_are_checked),
        cmocka_unit_test(content_hash_sees_every_field),
        cmocka_unit_test(a_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
