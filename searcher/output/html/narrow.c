/* Links to other orders, and to filters with their counts. */
#include "searcher/output/html/narrow.h"

#include <string.h>

#include "common/base/escape.h"
#include "searcher/output/html/link.h"
#include "common/cli/number.h"

void dx_narrow_put_orders(const dx_output *o)
{
    static const char *const names[] = {[DX_ORDER_SCORE] = "phù hợp nhất",
        [DX_ORDER_NEWEST] = "mới nhất", [DX_ORDER_OLDEST] = "cũ nhất"};
    dx_link link = dx_link_of(o->view);
    dx_buf *out = o->out;

    if (dx_results_total(o->rs) < 2)
        return;
    dx_buf_puts(out, "<nav class=\"orders\" aria-label=\"Thứ tự\">\n");
    for (unsigned i = DX_ORDER_SCORE; i <= DX_ORDER_OLDEST; i++) {
        link.order = (dx_order)i;
        if (link.order == o->view->order) {
            dx_buf_printf(out, "<span aria-current=\"true\">%s</span>\n",
                names[i]);
            continue;
        }
        dx_link_put(out, &link, NULL);
        dx_buf_printf(out, "%s</a>\n", names[i]);
    }
    dx_buf_puts(out, "</nav>\n");
}

/* Name in the results, name in the query, and as the reader sees it. */
static const struct field {
    const char *name, *filter, *label;
} fields[] = {{"year", "date", "Năm"}, {"source", "source", "Nguồn"},
    {"category", "category", "Chuyên mục"},
    {"province", "province", "Tỉnh, thành phố"},
    {"agency", "agency", "Cơ quan"}, {"doctype", "doctype", "Loại văn bản"}};
#define FIELD_COUNT (sizeof fields / sizeof *fields)

static const struct field *find_field(const char *name)
{
    for (size_t i = 0; i < FIELD_COUNT; i++)
        if (strcmp(fields[i].name, name) == 0)
            return &fields[i];
    return NULL;
}

static void put_value(const dx_output *o, const struct field *field,
    const dx_facet *f)
{
    dx_link link = dx_link_of(o->view);
    dx_buf *out = o->out;
    char number[DX_FORMAT_BYTES];

    link.field = field->filter;
    link.value = dx_facet_value(f);
    dx_buf_puts(out, "<li>");
    dx_link_put(out, &link, NULL);
    dx_html_put(out, link.value);
    dx_buf_printf(out, "</a> <span>%s</span></li>\n",
        dx_number_text(DX_VIETNAMESE, dx_facet_count(f), number));
}

void dx_narrow_put_filters(const dx_output *o)
{
    const struct field *open = NULL;
    dx_buf *out = o->out;
    const dx_facet *f;

    for (uint32_t i = 0; (f = dx_results_facet(o->rs, i)) != NULL; i++) {
        const struct field *field = find_field(dx_facet_field(f));
        if (!field || dx_facet_count(f) == dx_results_total(o->rs) ||
            !dx_link_can_filter(dx_facet_value(f)))
            continue;
        if (field != open) {
            dx_buf_puts(out, open ? "</ul>\n"
                                  : "<nav class=\"filters\" "
                                    "aria-label=\"Lọc kết quả\">\n");
            dx_buf_printf(out, "<h2>%s</h2>\n<ul>\n", field->label);
        }
        open = field;
        put_value(o, field, f);
    }
    dx_buf_puts(out, open ? "</ul>\n</nav>\n" : "");
}
