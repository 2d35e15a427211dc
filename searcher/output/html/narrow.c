/* Links to other orders, and to filters with their counts. */
#include "searcher/output/html/narrow.h"

#include <string.h>

#include "common/base/escape.h"
#include "common/index/field/field.h"
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

/* What the reader sees above the values of a facet; NULL when it is not on the
 * page. */
static const char *label_of(const char *facet)
{
    dx_field field = dx_field_asked_as(dx_str_from(facet));

    if (strcmp(facet, "year") == 0)
        return "Năm";
    return field < DX_FIELDS && dx_fields[field].show & DX_SHOW_ON_PAGE
               ? dx_fields[field].vi
               : NULL;
}

/* Keystrokes and slips beside a filter are taken as they are: it goes to what was
 * searched for instead of them. */
static const char *searched(const dx_output *o)
{
    const dx_note *note = dx_results_note(o->rs, 0);

    return note && (dx_note_kind_of(note) == DX_NOTE_KEYS ||
                       dx_note_kind_of(note) == DX_NOTE_CORRECTED)
               ? dx_note_query(note)
               : o->view->query;
}

static dx_link link_of(const dx_output *o, const dx_facet *f)
{
    const char *facet = dx_facet_field(f);
    dx_link link = dx_link_of(o->view);

    link.query = searched(o);
    if (dx_output_has_scopes(o)) /* it is of these that values are counted */
        link.scope = DX_SCOPE_EXACT;
    link.field = strcmp(facet, "year") == 0 ? "date" : facet;
    link.value = dx_facet_value(f);
    return link;
}

static void put_value(const dx_output *o, const dx_facet *f)
{
    dx_link link = link_of(o, f);
    dx_buf *out = o->out;
    char number[DX_FORMAT_BYTES];

    dx_buf_puts(out, "<li>");
    dx_link_put(out, &link, NULL);
    dx_html_put(out, link.value);
    dx_buf_printf(out, "</a> <span>%s</span></li>\n",
        dx_number_text(DX_VIETNAMESE, dx_facet_count(f), number));
}

/* How many articles the values are counted of. */
static uint64_t counted_of(const dx_output *o)
{
    return dx_output_has_scopes(o) ? dx_results_exact(o->rs)
                                   : dx_results_total(o->rs);
}

void dx_narrow_put_filters(const dx_output *o)
{
    const char *open = NULL;
    dx_buf *out = o->out;
    const dx_facet *f;

    for (uint32_t i = 0; (f = dx_results_facet(o->rs, i)) != NULL; i++) {
        const char *label = label_of(dx_facet_field(f));
        dx_link link = link_of(o, f);
        if (!label || dx_facet_count(f) == counted_of(o) ||
            !dx_link_can_filter(&link))
            continue;
        if (label != open) {
            dx_buf_puts(out, open ? "</ul>\n"
                                  : "<nav class=\"filters\" "
                                    "aria-label=\"Lọc kết quả\">\n");
            dx_buf_printf(out, "<h2>%s</h2>\n<ul>\n", label);
        }
        open = label;
        put_value(o, f);
    }
    dx_buf_puts(out, open ? "</ul>\n</nav>\n" : "");
}
