/* Any bytes as a log of queries: counted, or not, and a report that is clean text, a table and
 * a page, whatever was in the lines. */
#include <string.h>

#include "searcher/report/write/page.h"
#include "searcher/report/write/table.h"
#include "searcher/report/write/text.h"
#include "tests/fuzz/fuzz.h"

#define ROWS 5u

static void add_lines(dx_report *r, dx_str text)
{
    while (text.len > 0) {
        const char *end = memchr(text.ptr, '\n', text.len);
        size_t len = end ? (size_t)(end - text.ptr) : text.len;
        FUZZ_CHECK(dx_report_add(r, (dx_str){text.ptr, len}) == DX_OK);
        len += end != NULL;
        text = (dx_str){text.ptr + len, text.len - len};
    }
}

/* What a line says is text, never an element: so each element is one of the writer's, and
 * none leads anywhere. (That the text "href=" stands on the page is no fault.) */
static void check_page(const char *page)
{
    static const char *const own[] = {"!DOCTYPE", "b", "body", "details", "g", "h1", "h2", "head",
        "html", "i", "main", "meta", "p", "rect", "style", "summary", "svg", "table", "tbody",
        "td", "th", "thead", "title", "tr"};

    FUZZ_CHECK(!strstr(page, "<script"));
    for (const char *p = strchr(page, '<'); p; p = strchr(p, '<')) {
        const char *name = p + 1 + (p[1] == '/'), *end = strchr(name, '>');
        FUZZ_CHECK(end != NULL);
        dx_str tag = {name, (size_t)(end - name)};
        size_t len = strcspn(name, " \n>"), i = 0;
        while (i < sizeof own / sizeof *own && !dx_str_eq(dx_str_from(own[i]), (dx_str){name, len}))
            i++;
        FUZZ_CHECK(i < sizeof own / sizeof *own);
        FUZZ_CHECK(!memmem(tag.ptr, tag.len, "href=", 5) && !memmem(tag.ptr, tag.len, "src=", 4));
        p = end;
    }
}

static void check_counts(const dx_report *r, const dx_report_view *v)
{
    uint64_t of_days = 0, of_times = 0;

    for (size_t i = 0; i < r->day_count; i++) {
        FUZZ_CHECK(i == 0 || r->days[i - 1].day < r->days[i].day);
        of_days += r->days[i].searches;
    }
    for (size_t i = 0; i < DX_REPORT_TIMES; i++)
        of_times += r->times[i];
    FUZZ_CHECK(of_days == r->searches && of_times == r->searches);
    FUZZ_CHECK(r->nothing <= r->searches && r->timed_out <= r->searches);
    for (size_t i = 1; i < v->frequent_count; i++)
        FUZZ_CHECK(v->frequent[i - 1]->searches >= v->frequent[i]->searches);
    for (size_t i = 1; i < r->slow_count; i++)
        FUZZ_CHECK(r->slowest[i - 1].ms >= r->slowest[i].ms);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dx_report r;
    dx_report_view v;
    dx_buf out;

    FUZZ_CHECK(dx_report_init(&r, ROWS) == DX_OK);
    add_lines(&r, (dx_str){(const char *)data, size});
    FUZZ_CHECK(dx_report_view_init(&v, &r, DX_VIETNAMESE) == DX_OK);
    check_counts(&r, &v);
    dx_buf_init(&out, (size_t)1 << 24);
    dx_report_put_text(&v, &out);
    FUZZ_CHECK(fuzz_is_clean((dx_str){dx_buf_cstr(&out), out.len}));
    dx_buf_clear(&out);
    dx_report_put_table(&v, &out);
    FUZZ_CHECK(out.status == DX_OK);
    dx_buf_clear(&out);
    dx_report_put_page(&v, &out);
    FUZZ_CHECK(out.status == DX_OK);
    check_page(dx_buf_cstr(&out));
    dx_buf_free(&out);
    dx_report_view_free(&v);
    dx_report_free(&r);
    return 0;
}
