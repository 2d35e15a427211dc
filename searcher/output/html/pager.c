/* Numbers of pages. */
#include "searcher/output/html/pager.h"

#include "common/cli/number.h"
#include "searcher/output/html/link.h"
#include "searcher/output/html/texts.h"

#define AROUND 2u

/* Partial matches count where they were counted anyway. */
static uint32_t last_page(const dx_output *o)
{
    uint64_t hits = dx_results_total(o->rs) + dx_output_partial(o);
    uint32_t most = DX_RANK_MAX / o->view->hits_max;
    uint32_t page = dx_view_page(o->view);
    uint64_t last = (hits + o->view->hits_max - 1) / o->view->hits_max;

    if (!o->has_more)
        return page;
    if (last <= page)
        last = (uint64_t)page + 1;
    return last < most ? (uint32_t)last : most;
}

static void put_link(const dx_output *o, uint32_t page, const char *rel,
    const char *text, dx_buf *out)
{
    dx_link link = dx_link_of(o->view);
    char number[DX_FORMAT_BYTES];

    link.page = page;
    dx_link_put(out, &link, rel);
    dx_buf_puts(out,
        text ? text : dx_number_text(o->view->language, page, number));
    dx_buf_puts(out, "</a>\n");
}

static void put_number(const dx_output *o, uint32_t page, dx_buf *out)
{
    char number[DX_FORMAT_BYTES];

    if (page != dx_view_page(o->view)) {
        put_link(o, page, NULL, NULL, out);
        return;
    }
    dx_buf_printf(out, "<span aria-current=\"page\">%s</span>\n",
        dx_number_text(o->view->language, page, number));
}

static void put_numbers(const dx_output *o, uint32_t last, dx_buf *out)
{
    uint32_t page = dx_view_page(o->view);
    uint32_t from = page > AROUND + 2 ? page - AROUND : 1;
    uint32_t to = page + AROUND + 1 < last ? page + AROUND : last;

    if (from > 1) {
        put_number(o, 1, out);
        dx_buf_puts(out, "<span>…</span>\n");
    }
    for (uint32_t i = from; i <= to; i++)
        put_number(o, i, out);
    if (to < last) {
        dx_buf_puts(out, "<span>…</span>\n");
        put_number(o, last, out);
    }
}

static void put_sizes(const dx_output *o, dx_buf *out)
{
    static const uint32_t sizes[] = {10, 20, 50};
    dx_language language = o->view->language;
    dx_link link = dx_link_of(o->view);

    dx_buf_printf(out, "<nav class=\"sizes\" aria-label=\"%s\">%s\n",
        dx_text(language, DX_TEXT_per_page), dx_text(language, DX_TEXT_per_page));
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        link.limit = o->view->face && sizes[i] == o->view->face->hits_per_page
                         ? 0
                         : sizes[i];
        if (sizes[i] == o->view->hits_max) {
            dx_buf_printf(out, "<span aria-current=\"true\">%u</span>\n", sizes[i]);
            continue;
        }
        dx_link_put(out, &link, NULL);
        dx_buf_printf(out, "%u</a>\n", sizes[i]);
    }
    dx_buf_puts(out, "</nav>\n");
}

void dx_pager_put(const dx_output *o, dx_buf *out)
{
    dx_language language = o->view->language;
    uint32_t page = dx_view_page(o->view), last = last_page(o);

    if (page > 1 || o->has_more) {
        dx_buf_printf(out, "<nav class=\"pages\" aria-label=\"%s\">\n",
            dx_text(language, DX_TEXT_pages));
        if (page > 1)
            put_link(o, page - 1, "prev", dx_text(language, DX_TEXT_previous), out);
        put_numbers(o, last, out);
        if (o->has_more && page < last)
            put_link(o, page + 1, "next", dx_text(language, DX_TEXT_next), out);
        dx_buf_puts(out, "</nav>\n");
    }
    if (page > 1 || dx_results_total(o->rs) > 10)
        put_sizes(o, out);
}
