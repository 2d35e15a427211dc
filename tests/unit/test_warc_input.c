/* WARC: which records are articles, where they were, and what is damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "indexer/input/archive/digest.h"
#include "tests/support/listing.h"

#define PAGE                                                                   \
    "<html><head><title>Ruộng bậc thang vào mùa nước đổ</title></head><body>"  \
    "<p>Bà con thôn Nậm Lúc be bờ, dẫn nước về từng thửa ruộng trong mấy ngày " \
    "nắng ráo đầu tháng này.</p></body></html>"
#define ARTICLE(url, day)                                                      \
    "[thu.warc/" url "]\ntitle: Ruộng bậc thang vào mùa nước đổ\n"             \
    "body: Bà con thôn Nậm Lúc be bờ, dẫn nước về từng thửa ruộng trong mấy "  \
    "ngày nắng ráo đầu tháng này.\nid: " url "\nurl: " url "\ndate: " day "\n"

static dx_buf warc;

/* Adds a record. */
static void put(const char *type, const char *url, const char *content_type,
    const char *content)
{
    dx_buf_printf(&warc, "WARC/1.0\r\nWARC-Type: %s\r\n", type);
    if (url)
        dx_buf_printf(&warc, "WARC-Target-URI: %s\r\n", url);
    dx_buf_printf(&warc, "WARC-Date: 2025-05-20T18:30:00Z\r\n"
                         "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n%s"
                         "\r\n\r\n",
        content_type, strlen(content), content);
}

static void put_response(const char *url, const char *status, const char *headers,
    const char *body)
{
    char *text = malloc(strlen(body) + strlen(headers) + 100);

    assert_non_null(text);
    sprintf(text, "HTTP/1.1 %s\r\n%s\r\n%s", status, headers, body);
    put("response", url, "application/http;msgtype=response", text);
    free(text);
}

static void check(const char *wanted)
{
    assert_int_equal(warc.status, DX_OK);
    assert_string_equal(listing_of(&dx_source_warc, "thu.warc", warc.data,
                            warc.len), wanted);
    dx_buf_clear(&warc);
}

/* ---- records ---- */

static void responses_are_articles_with_address_and_day(void **state)
{
    (void)state;
    put("warcinfo", NULL, "application/warc-fields", "software: wget\r\n");
    put("request", "https://namluc.example/1", "application/http",
        "GET /1 HTTP/1.1\r\n\r\n");
    put_response("https://namluc.example/1", "200 OK",
        "Content-Type: text/html; charset=utf-8\r\n", PAGE);
    put_response("https://namluc.example/tin-102250101083000123.htm", "200 OK",
        "content-type:TEXT/HTML\r\n", PAGE);
    put("resource", "https://namluc.example/2", "text/html", PAGE);
    put("resource", "metadata://crawler/arguments.txt", "text/plain", "-r -l 2");
    put("response", "dns:namluc.example", "text/dns", "20250520183000");
    check(ARTICLE("https://namluc.example/1", "2025-05-21")
            ARTICLE("https://namluc.example/tin-102250101083000123.htm", "2025-01-01")
                ARTICLE("https://namluc.example/2", "2025-05-21"));
}

static void what_is_no_article_is_left_out_with_its_reason(void **state)
{
    (void)state;
    put_response("https://a.example/mat", "404 Not Found",
        "Content-Type: text/html\r\n", PAGE);
    put_response("https://a.example/chuyen", "301 Moved", "Location: /\r\n", "");
    put_response("https://a.example/anh", "200 OK", "Content-Type: image/png\r\n",
        "\x89PNG\r\n\x1A\n");
    put_response("https://a.example/s.css?v=1", "200 OK", "\r\n", "a{}");
    put_response("https://a.example/trong", "200 OK",
        "Content-Type: text/html\r\n", "");
    put("revisit", "https://a.example/1", "application/http",
        "HTTP/1.1 200 OK\r\n\r\n");
    put_response("https://a.example/gia", "200 OK", "Content-Type: text/html\r\n",
        "GIF89a.......");
    check("[thu.warc/https://a.example/mat] left out: error-page\n"
          "[thu.warc/https://a.example/chuyen] left out: error-page\n"
          "[thu.warc/https://a.example/anh] left out: other\n"
          "[thu.warc/https://a.example/s.css?v=1] left out: other\n"
          "[thu.warc/https://a.example/trong] left out: empty\n"
          "[thu.warc/https://a.example/1] left out: revisit\n"
          "[thu.warc/https://a.example/gia] left out: media\n");
}

static void bodies_come_in_chunks_or_only_say_so(void **state)
{
    char chunks[4000];
    size_t half = strlen(PAGE) / 2;

    (void)state;
    sprintf(chunks, "%zx;x=1\r\n%.*s\r\n%zX\r\n%s\r\n0\r\n\r\n", half, (int)half,
        PAGE, strlen(PAGE) - half, &PAGE[half]);
    put_response("https://a.example/1", "200 OK",
        "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", chunks);
    put_response("https://a.example/2", "200 OK",
        "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", PAGE);
    check(ARTICLE("https://a.example/1", "2025-05-21")
            ARTICLE("https://a.example/2", "2025-05-21"));
}

static void a_member_may_hold_many_articles(void **state)
{
    (void)state;
    put_response("https://a.example/api", "200 OK",
        "Content-Type: application/json\r\n",
        "[{\"id\":\"a1\",\"title\":\"Một\"},{\"id\":\"a2\",\"title\":\"Hai\"}]");
    check("[thu.warc/https://a.example/api#1]\ntitle: Một\nid: a1\n"
          "date: 2025-05-21\n"
          "[thu.warc/https://a.example/api#2]\ntitle: Hai\nid: a2\n"
          "date: 2025-05-21\n");
}

/* ---- damage ---- */

static void a_wrong_length_swallows_no_other_record(void **state)
{
    (void)state;
    dx_buf_puts(&warc, "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: "
                       "https://a.example/dai\r\nContent-Length: 500\r\n\r\n"
                       "ngắn\r\n\r\n");
    put("resource", "https://a.example/1", "text/html", PAGE);
    dx_buf_puts(&warc, "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: "
                       "https://a.example/ngan\r\nContent-Length: 3\r\n\r\n"
                       "dài hơn thế\r\nnhiều\r\n\r\n");
    put("resource", "https://a.example/2", "text/html", PAGE);
    check("[thu.warc/https://a.example/dai] fault: the WARC record is damaged: its "
          "length is wrong\n" ARTICLE("https://a.example/1", "2025-05-21")
          "[thu.warc/https://a.example/ngan] fault: the WARC record is damaged: its "
          "length is wrong\n" ARTICLE("https://a.example/2", "2025-05-21"));
}

static void rubbish_is_told_once_and_passed_over(void **state)
{
    (void)state;
    put("resource", "https://a.example/1", "text/html", PAGE);
    dx_buf_puts(&warc, "rác\nrác\n\nrác\n");
    dx_buf_puts(&warc, "WARC/1.0\r\nWARC-Type: response\r\n"
                       "WARC-Target-URI: https://a.example/0\r\n\r\n");
    put("resource", "https://a.example/2", "text/html", PAGE);
    check(ARTICLE("https://a.example/1", "2025-05-21")
          "[thu.warc] fault: the WARC record is damaged: none begins where one "
          "should; reading goes on at the next\n"
          "[thu.warc/https://a.example/0] fault: the WARC record is damaged: it does "
          "not say how long it is\n" ARTICLE("https://a.example/2", "2025-05-21"));
}

static void a_file_cut_off_is_told(void **state)
{
    (void)state;
    put("resource", "https://a.example/1", "text/html", PAGE);
    put("resource", "https://a.example/2", "text/html", PAGE);
    warc.len -= 30;
    check(ARTICLE("https://a.example/1", "2025-05-21")
          "[thu.warc/https://a.example/2] fault: the WARC record is damaged: it ends "
          "too early; is the file complete?\n");
}

static bool is_wrong(const char *label)
{
    return dx_digest_is_wrong(dx_str_from(label), DX_STR_LIT("abc"));
}

/* The sums of "abc" are in FIPS 180. */
static void a_check_sum_is_in_base_32_or_hexadecimal(void **state)
{
    (void)state;
    assert_false(is_wrong("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5"));
    assert_false(is_wrong("SHA1:vgmt4nsha2awvor6evyxqugcnsonbwe5"));
    assert_false(is_wrong("sha1:a9993e364706816aba3e25717850c26c9cd0d89d"));
    assert_false(is_wrong("sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410"
                          "FF61F20015AD"));
    assert_false(is_wrong(
        "sha-256:XJ4BNP4PAHH6UQKBIDPF3LRCEOYAGYNDSYLXVHFUCD7WD4QACWWQ===="));
    assert_true(is_wrong("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE7"));
    assert_true(is_wrong("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410"
                         "ff61f20015ae"));
}

static void a_check_sum_that_we_do_not_know_is_not_wrong(void **state)
{
    (void)state;
    assert_false(is_wrong(""));
    assert_false(is_wrong("md5:900150983cd24fb0d6963f7d28e17f72"));
    assert_false(is_wrong("sha1:"));
    assert_false(is_wrong("sha1:VGMT4"));
}

/* A response with these headers of WARC and HTTP. */
static void put_summed(const char *headers, const char *http, const char *body)
{
    dx_buf_printf(&warc, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: "
                         "https://a.example/1\r\nWARC-Date: 2025-05-20T18:30:00Z\r\n"
                         "Content-Type: application/http\r\n%sContent-Length: %zu"
                         "\r\n\r\n%s%s\r\n\r\n",
        headers, strlen(http) + strlen(body), http, body);
}

#define OTHER_SUM "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5\r\n"
#define OK_HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"

static void a_record_with_another_check_sum_is_damaged(void **state)
{
    static const char fault[] = "[thu.warc/https://a.example/1] fault: the WARC record "
                                "is damaged: its check sum is wrong\n";

    (void)state;
    put_summed("WARC-Block-Digest: " OTHER_SUM, OK_HEAD "\r\n", PAGE);
    check(fault);
    put_summed("WARC-Payload-Digest: " OTHER_SUM, OK_HEAD "\r\n", PAGE);
    check(fault);
}

/* Summed up before it was cut off; as sent, or as meant. */
static void some_check_sums_are_of_something_else(void **state)
{
    (void)state;
    put_summed("WARC-Truncated: length\r\nWARC-Block-Digest: " OTHER_SUM,
        OK_HEAD "\r\n", PAGE);
    check(ARTICLE("https://a.example/1", "2025-05-21"));
    put_summed("WARC-Payload-Digest: " OTHER_SUM,
        OK_HEAD "Transfer-Encoding: chunked\r\n\r\n", PAGE);
    check(ARTICLE("https://a.example/1", "2025-05-21"));
}

static void a_failed_allocation_is_reported(void **state)
{
    const char *listing = NULL;

    (void)state;
    put_response("https://a.example/1", "200 OK",
        "Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n",
        "17\r\n[{\"title\":\"Một hai\"}]\n\r\n0\r\n\r\n");
    for (int64_t n = 0; !listing; n++) {
        dx_mem_fail_after(n);
        listing = listing_of(&dx_source_warc, "a", warc.data, warc.len);
        dx_mem_fail_after(-1);
        assert_true(n < 2000);
    }
    assert_non_null(strstr(listing, "title: Một hai"));
    dx_buf_clear(&warc);
}

static int set_up(void **state)
{
    (void)state;
    dx_buf_init(&warc, SIZE_MAX);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dx_buf_free(&warc);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(responses_are_articles_with_address_and_day),
        cmocka_unit_test(what_is_no_article_is_left_out_with_its_reason),
        cmocka_unit_test(bodies_come_in_chunks_or_only_say_so),
        cmocka_unit_test(a_member_may_hold_many_articles),
        cmocka_unit_test(a_wrong_length_swallows_no_other_record),
        cmocka_unit_test(rubbish_is_told_once_and_passed_over),
        cmocka_unit_test(a_file_cut_off_is_told),
        cmocka_unit_test(a_check_sum_is_in_base_32_or_hexadecimal),
        cmocka_unit_test(a_check_sum_that_we_do_not_know_is_not_wrong),
        cmocka_unit_test(a_record_with_another_check_sum_is_damaged),
        cmocka_unit_test(some_check_sums_are_of_something_else),
        cmocka_unit_test(a_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
