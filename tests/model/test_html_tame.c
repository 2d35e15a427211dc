/* A page that was tamed reads like the page itself: the parser finds the same text
 * in the same elements, scripts, styles, comments and drawings aside, on pages put
 * together at random from pieces that are easily misread. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "indexer/input/html/dom_gumbo.h"
#include "indexer/input/html/tame.h"
#include "tests/support/random_query.h"

static const char *const pieces[] = {"<p>", "</p>", "<div class=a>", "</div>",
    "chữ ", "thường", " <b>", "</b>", "<!-- chú giải -->", "<!-->", "<!--->",
    "<!--", "-->", "--!>", "<!-- a -- b --->", "<script>", "</script>",
    "<script>var a = '<p>x</p>';</script>", "<script><!-- ", "</script >",
    "<script type='application/ld+json'>{\"a\": \"<b>\"}</script>",
    "<script>window.__S__={\"a\": \"<p>x</p>\"};</script>",
    "<SCRIPT SRC=a.js></SCRIPT>", "<style>p > b {}</style>", "<style>", "</style>",
    "<svg>", "</svg>", "<svg/>", "<svg viewBox='0 0 1 1'><path d='M0'/></svg>",
    "<svg><title>hình</title><text>nhãn</text></svg>", "<a title='</script>'>",
    "<a href=\"<!--\">", "</a>", "<img alt='<style>'>", "<textarea>", "</textarea>",
    "<title>tít <!-- x --></title>", "<p title=\"a > b\">", "<", ">", "</", "<!x>",
    "<td>ô</td>", "<table>", "</table>", "<br/>", "&lt;script&gt;", "'", "\"", "="};

enum { PIECES = sizeof pieces / sizeof *pieces };

/* Tags and texts of a page without blanks, in their order. */
static void show(dx_str html, dx_buf *out)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_dom dom;
    dx_error err;

    if (dx_dom_parse(html, NULL, &arena, &dom, &err) != DX_OK)
        fail_msg("%s", err.msg);
    for (uint32_t i = 0; i < dom.count;) {
        const dx_dom_node *node = &dom.nodes[i];
        bool data = node->kind == DX_DOM_SKIP && node->attr_count &&
                    strcmp(node->tag, "script") == 0;
        if (node->kind == DX_DOM_SKIP && !data && strcmp(node->tag, "head") != 0) {
            i = node->end; /* what it holds is no text */
            continue;
        }
        /* a blank in a table moves out of it with the text before it */
        for (size_t k = 0; k < node->text.len; k++)
            if (node->text.ptr[k] != ' ')
                dx_buf_putc(out, node->text.ptr[k]);
        if (node->tag[0])
            dx_buf_printf(out, "<%s>", node->tag);
        i++;
    }
    dx_arena_free(&arena);
}

static void compare(dx_str html)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_buf plain, tamed;
    dx_str tame;
    dx_error err;

    dx_buf_init(&plain, SIZE_MAX);
    dx_buf_init(&tamed, SIZE_MAX);
    assert_int_equal(dx_html_tame(html, &arena, &tame, &err), DX_OK);
    assert_true(tame.len <= html.len);
    show(html, &plain);
    show(tame, &tamed);
    if (plain.len != tamed.len || memcmp(plain.data, tamed.data, plain.len) != 0)
        fail_msg("%.*s\nreads\n%.*s\nbut tamed\n%.*s", (int)html.len, html.ptr,
            (int)plain.len, (const char *)plain.data, (int)tamed.len,
            (const char *)tamed.data);
    dx_buf_free(&plain);
    dx_buf_free(&tamed);
    dx_arena_free(&arena);
}

static void taming_changes_no_text(void **state)
{
    dx_buf b;

    (void)state;
    dx_buf_init(&b, SIZE_MAX);
    for (int round = 0; round < 20000; round++) {
        dx_buf_clear(&b);
        for (uint32_t n = 1 + random_below(12); n > 0; n--)
            dx_buf_puts(&b, pieces[random_below(PIECES)]);
        compare((dx_str){(const char *)b.data, b.len});
    }
    dx_buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(taming_changes_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
