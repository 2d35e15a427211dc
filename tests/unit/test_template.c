/* Templates of pages: what they may say, and that no value gets out of its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "searcher/output/html/template/context.h"
#include "searcher/output/html/template/parts.h"
#include "tests/support/fixture.h"

#define HOSTILE "\"'><script>alert(1)</script>&amp;\x01{{title}}"
#define HOSTILE_AS_TEXT                                                        \
    "&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;\xEF\xBF\xBD{{title}}"

/* What the template of a hit becomes, with a title, and `source` and `link` as given. */
static void expect(const char *text, const char *source, const char *link,
    const char *wanted)
{
    dx_error err = {0};
    dx_template t;
    dx_values v;
    dx_buf out;

    assert_int_equal(dx_template_read(DX_TEMPLATE_hit, dx_str_from(text), &t, &err), DX_OK);
    dx_values_init(&v);
    dx_buf_puts(&v.html[DX_SLOT_title], "<mark>lũ</mark>");
    dx_values_set(&v, DX_SLOT_source, source);
    dx_values_set(&v, DX_SLOT_link, link);
    dx_buf_init(&out, 1 << 20);
    dx_template_put(&t, &v, DX_VIETNAMESE, &out);
    assert_int_equal(out.status, DX_OK);
    assert_string_equal(dx_buf_cstr(&out), wanted);
    dx_buf_free(&out);
    dx_values_free(&v);
    dx_template_free(&t);
}

static void expect_mistake(const char *text, const char *wanted)
{
    dx_error err = {0};
    dx_template t;

    assert_int_equal(dx_template_read(DX_TEMPLATE_hit, dx_str_from(text), &t, &err),
        DX_ERR_INVALID);
    assert_string_equal(err.msg, wanted);
    assert_null(t.ops);
}

static void values_are_escaped_for_their_place(void **state)
{
    (void)state;
    expect("<p>{{source}}</p>", HOSTILE, "", "<p>" HOSTILE_AS_TEXT "</p>");
    expect("<p title=\"{{source}}\">", HOSTILE, "", "<p title=\"" HOSTILE_AS_TEXT "\">");
    expect("<p title='{{source}}'>", HOSTILE, "", "<p title='" HOSTILE_AS_TEXT "'>");
    expect("<a href=\"?q={{source}}&amp;x={{source}}\">", "a&b=\"c d", "",
        "<a href=\"?q=a%26b%3D%22c+d&amp;x=a%26b%3D%22c+d\">");
    expect("<a href=\"{{link}}\">{{title}}</a>", "", "https://a.vn/?a=1&b=\"<'",
        "<a href=\"https://a.vn/?a=1&amp;b=%22%3C&#39;\"><mark>lũ</mark></a>");
    expect("<IMG SRC='{{link}}'>", "", "/ảnh.jpg", "<IMG SRC='/%E1%BA%A3nh.jpg'>");
    expect("a < b {{source}}", "<", "", "a < b &lt;");
}

static void addresses_lead_to_the_web_or_the_site(void **state)
{
    static const char *const safe[] = {"https://a.vn", "HTTP://a.vn/x:y", "?q=a:b", "/tin",
        "#x",
        "tin/bai.html", "?", "/", "tin/a:b"};
    static const char *const unsafe[] = {"javascript:alert(1)", "JaVaScRiPt:x", " javascript:x",
        "java\nscript:x", "\tdata:text/html,x", "data:,x", "vbscript:x", "//a.vn", "/\\a.vn",
        "file:///etc", "http:x", "https:", "x:y", "\x01javascript:x", "\\\\a.vn"};
    (void)state;
    for (size_t i = 0; i < sizeof safe / sizeof *safe; i++)
        assert_true(dx_address_is_safe(dx_str_from(safe[i])));
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++) {
        assert_false(dx_address_is_safe(dx_str_from(unsafe[i])));
        expect("<a href=\"{{link}}\">", "", unsafe[i], "<a href=\"\">");
    }
}

static void conditions_ask_whether_there_is_a_value(void **state)
{
    const char *text = "{{#if link}}có{{#if source}} {{source}}{{else}}!{{/if}}"
                       "{{else}}không{{/if}}.";
    (void)state;
    expect(text, "x", "/", "có x.");
    expect(text, "", "/", "có!.");
    expect(text, "x", "", "không.");
    expect("<p {{#if link}}class=\"a\" hidden {{/if}}>", "", "/", "<p class=\"a\" hidden >");
    expect("<p class=\"a{{#if link}} b{{/if}}\">", "", "/", "<p class=\"a b\">");
    expect("{{#if title}}{{title}}{{/if}}", "", "", "<mark>lũ</mark>");
}

static void texts_are_in_the_readers_language(void **state)
{
    (void)state;
    expect("<b title=\"{{text.submit}}\">{{ text.similar_to }}</b>", "", "",
        "<b title=\"Tìm\">Bài tương tự</b>");
}

static void lines_lose_indents_and_remarks(void **state)
{
    (void)state;
    expect("{{! a remark\n of two lines }}\n<ul>\n    {{#if link}}\n  <li>a b</li>\n"
           "  {{/if}}\n\n</ul> c\n",
        "", "/", "<ul>\n<li>a b</li>\n</ul> c\n");
    expect("a\n{{source}} b", "x", "", "a\nx b");
}

static void mistakes_are_told_with_their_line(void **state)
{
    (void)state;
    expect_mistake("<p>\n{{titel}}</p>", "2: unknown name: titel");
    expect_mistake("\n\n{{chips}}{{hits}}", "3: not known in this part: hits");
    expect_mistake("{{text.nothere}}", "1: there is no such text: text.nothere");
    expect_mistake("{{#if link}}\n{{source}}", "1: {{#if}} without {{/if}}");
    expect_mistake("a\n{{/if}}", "2: {{/if}} without {{#if}}");
    expect_mistake("{{else}}", "1: {{else}} without {{#if}}");
    expect_mistake("{{#if link}}{{else}}{{else}}{{/if}}", "1: {{else}} without {{#if}}");
    expect_mistake("\n{{source", "2: {{ without }}");
    expect_mistake("{{}}", "1: unknown name");
}

static void values_stay_out_of_programs(void **state)
{
    static const char *const closed[] = {"<script>{{source}}</script>",
        "<style>{{source}}</style>",
        "<p onclick=\"{{source}}\">", "<p style='{{source}}'>", "<p title={{source}}>",
        "<{{source}}>",
        "<p {{source}}>", "<!-- {{source}} -->", "<!-- > {{source}} -->",
        "<iframe srcdoc=\"{{source}}\">",
        "<img srcset=\"{{source}}\">", "<script>\"</b>\"{{source}}</script>",
        "<p title= {{source}}>",
        "<p title = \"{{source}}\">", "<SCRIPT >{{source}}", "<p ONCLICK='{{source}}'>",
        "<script/>{{source}}</script>", "<<script>{{source}}</script>",
        "<script></scriptx>{{source}}</script>"};
    char wanted[128];
    (void)state;
    snprintf(wanted, sizeof wanted,
        "1: no value may stand here: only in text and in quoted attributes: source");
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        expect_mistake(closed[i], wanted);
    expect_mistake("<p title=\"{{title}}\">",
        "1: is HTML, which stands between tags only: title");
    expect_mistake("<a href=\"{{text.submit}}\">", "1: no text may stand here: text.submit");
    expect_mistake("<p{{#if link}} title=\"\"{{/if}}>", "1: no condition may stand here: link");
    expect_mistake("<script>{{#if link}}{{/if}}</script>",
        "1: no condition may stand here: link");
    expect("<script>x</script>{{source}}<!-- - -- x -->{{source}}", "<", "",
        "<script>x</script>&lt;<!-- - -- x -->&lt;");
}

static void conditions_end_where_they_began(void **state)
{
    static const char *const crooked[] = {"{{#if link}}<a href=\"{{/if}}x\">",
        "<p {{#if link}}title=\"{{/if}}\">",
        "{{#if link}}<p {{else}}{{/if}}>", "<a href=\"{{#if link}}x{{/if}}\">",
        "{{#if link}}<script>{{/if}}",
        "<p {{#if link}}a{{/if}}=\"\">"};
    (void)state;
    for (size_t i = 0; i < sizeof crooked / sizeof *crooked; i++)
        expect_mistake(crooked[i],
            "1: a condition must end where it began: in the same text, tag or attribute");
}

static void what_is_too_much_is_refused(void **state)
{
    static char text[DX_TEMPLATE_BYTES_MAX + 2];
    (void)state;
    memset(text, 'a', sizeof text - 1);
    expect_mistake(text, "1: too long");
    text[0] = '\0';
    for (unsigned i = 0; i < 9; i++)
        strcat(text, "{{#if link}}");
    expect_mistake(text, "1: conditions within conditions: too many");
    text[0] = '\0';
    for (unsigned i = 0; i < 4097; i++)
        strcat(text, "{{link}}");
    expect_mistake(text, "1: too long");
}

static void a_value_that_could_not_be_made_fails_the_page(void **state)
{
    dx_values v;
    dx_buf out;
    (void)state;
    dx_values_init(&v);
    v.html[DX_SLOT_snippet].status = DX_ERR_NOMEM;
    dx_buf_init(&out, 1 << 20);
    dx_template_put(&dx_templates_builtin[DX_TEMPLATE_hit], &v, DX_ENGLISH, &out);
    assert_int_equal(out.status, DX_OK); /* {{#if snippet}} finds none … */
    v.html[DX_SLOT_title].status = DX_ERR_NOMEM;
    dx_template_put(&dx_templates_builtin[DX_TEMPLATE_hit], &v, DX_ENGLISH, &out);
    assert_int_equal(out.status, DX_ERR_NOMEM);
    dx_buf_free(&out);
    dx_values_free(&v);
}

static dx_status read_one(void)
{
    static const char text[] = "<p>{{#if link}}{{title}}{{else}}{{source}}{{/if}}"
                               " and more than that</p>";
    dx_template t;
    dx_status rc = dx_template_read(DX_TEMPLATE_hit, DX_STR_LIT(text), &t, NULL);

    if (rc == DX_OK)
        dx_template_free(&t);
    return rc;
}

static void reading_fails_for_lack_of_memory_only(void **state)
{
    (void)state;
    fixture_fail_each_allocation(read_one, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_escaped_for_their_place),
        cmocka_unit_test(addresses_lead_to_the_web_or_the_site),
        cmocka_unit_test(conditions_ask_whether_there_is_a_value),
        cmocka_unit_test(texts_are_in_the_readers_language),
        cmocka_unit_test(lines_lose_indents_and_remarks),
        cmocka_unit_test(mistakes_are_told_with_their_line),
        cmocka_unit_test(values_stay_out_of_programs),
        cmocka_unit_test(conditions_end_where_they_began),
        cmocka_unit_test(what_is_too_much_is_refused),
        cmocka_unit_test(a_value_that_could_not_be_made_fails_the_page),
        cmocka_unit_test(reading_fails_for_lack_of_memory_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
