/* XML as tags and texts: in pieces of any size, and what is not taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "indexer/input/xml/xml.h"

static dx_buf told;
static dx_status answer; /* to an element named "dung" */
static dx_error err;

static dx_status on_open(void *ctx, const char *name,
    const char *const *attributes)
{
    (void)ctx;
    const char *id = dx_xml_attribute(attributes, "id");
    dx_buf_printf(&told, "<%s%s%s>", dx_xml_local(name), id ? " " : "",
        id ? id : "");
    return strcmp(name, "dung") == 0 ? answer : DX_OK;
}

static dx_status on_close(void *ctx, const char *name)
{
    (void)ctx;
    dx_buf_printf(&told, "</%s>", name);
    return DX_OK;
}

static dx_status on_text(void *ctx, dx_str text)
{
    (void)ctx;
    dx_buf_put_str(&told, text);
    return DX_OK;
}

/* Puts the text in pieces of `step` bytes. */
static dx_status parse(const char *text, size_t step)
{
    dx_xml_reader reader = {NULL, on_open, on_close, on_text};
    dx_xml *x = dx_xml_new(&reader, false);
    dx_status rc = x ? DX_OK : DX_ERR_NOMEM;
    size_t len = strlen(text);

    err = (dx_error){0};
    dx_buf_clear(&told);
    for (size_t at = 0; rc == DX_OK && at < len; at += step) {
        size_t n = len - at < step ? len - at : step;
        rc = dx_xml_put(x, (dx_str){text + at, n}, at + n == len, &err);
    }
    dx_xml_free(x);
    return rc;
}

static void pieces_of_any_size_are_told_alike(void **state)
{
    static const char text[] =
        "<?xml version='1.0'?><!-- x --><w:tin xmlns:w='u' w:id='3'>Bò &amp; "
        "trâu &#7879;<![CDATA[<b>]]><p/></w:tin>";

    (void)state;
    for (size_t step = 1; step <= sizeof text; step++) {
        assert_int_equal(parse(text, step), DX_OK);
        assert_string_equal(dx_buf_cstr(&told),
            "<tin 3>Bò & trâu ệ<b><p></p></w:tin>");
    }
}

static void damage_is_told_with_its_line(void **state)
{
    static const struct { const char *text, *why; } cases[] = {
        {"<a>\n<b></a>", "the XML is damaged in line 2: mismatched tag"},
        {"<a>\n\n", "the XML is damaged in line 3: no element found"},
        {"không phải", "the XML is damaged in line 1: syntax error"},
        {"<!DOCTYPE a [<!ENTITY x 'xx'>]><a>&x;</a>",
            "the XML is damaged in line 1: it declares entities of its own"},
        {"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
            "the XML is damaged in line 1: it declares entities of its own"}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(parse(cases[i].text, 7), DX_ERR_FORMAT);
        assert_string_equal(err.msg, cases[i].why);
    }
}

static void what_is_too_deep_is_not_taken(void **state)
{
    char *text = malloc(DX_XML_DEPTH_MAX * 3 + 4);

    (void)state;
    assert_non_null(text);
    text[0] = '\0';
    for (unsigned i = 0; i <= DX_XML_DEPTH_MAX; i++)
        memcpy(text + 3 * (size_t)i, "<a>", 4);
    assert_int_equal(parse(text, 100), DX_ERR_LIMIT);
    assert_non_null(strstr(err.msg, "too many elements within elements"));
    free(text);
}

static void the_reader_can_stop_it(void **state)
{
    (void)state;
    answer = DX_ERR_BUSY;
    assert_int_equal(parse("<a><dung/>thôi</a>", 3), DX_ERR_BUSY);
    assert_string_equal(dx_buf_cstr(&told), "<a><dung>");
    assert_string_equal(err.msg, "");
    answer = DX_OK;
}

static void a_failed_allocation_is_reported(void **state)
{
    dx_status rc = DX_ERR_NOMEM;

    (void)state;
    dx_buf_clear(&told);
    dx_buf_puts(&told, "chỗ cho tất cả những gì được kể lại sau đây, đủ dài");
    for (int64_t n = 0; rc != DX_OK; n++) {
        dx_mem_fail_after(n);
        rc = parse("<a id='1'><b>hai</b></a>", 9);
        dx_mem_fail_after(-1);
        assert_true(rc == DX_OK || rc == DX_ERR_NOMEM);
        assert_true(n < 1000);
    }
    assert_string_equal(dx_buf_cstr(&told), "<a 1><b>hai</b></a>");
}

static int set_up(void **state)
{
    (void)state;
    dx_buf_init(&told, SIZE_MAX);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dx_buf_free(&told);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_of_any_size_are_told_alike),
        cmocka_unit_test(damage_is_told_with_its_line),
        cmocka_unit_test(what_is_too_deep_is_not_taken),
        cmocka_unit_test(the_reader_can_stop_it),
        cmocka_unit_test(a_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
