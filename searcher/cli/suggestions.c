/* Suggestions as text or JSON. */
#include "searcher/cli/suggestions.h"

#include "common/base/escape.h"
#include "common/base/str.h"
#include "searcher/output/json.h"
#include "searcher/output/messages.h"
#include "searcher/output/wrap.h"

static void put_lines(const dx_suggestions *s, dx_buf *out)
{
    for (uint32_t i = 0; i < dx_suggestions_count(s); i++) {
        dx_wrap_put_clean(out, dx_suggestions_text(s, i));
        dx_buf_putc(out, '\n');
    }
}

static void put_array(const dx_suggestions *s, dx_buf *out)
{
    dx_buf_putc(out, '[');
    for (uint32_t i = 0; i < dx_suggestions_count(s); i++) {
        dx_buf_puts(out, i > 0 ? ", " : "");
        dx_json_put(out, dx_str_from(dx_suggestions_text(s, i)));
    }
    dx_buf_putc(out, ']');
}

static void put_object(const dx_suggestions *s, const dx_view *view,
    dx_buf *out)
{
    dx_buf_puts(out, "{\"version\":" DX_JSON_VERSION);
    dx_json_put_member(out, "qid", view->qid);
    dx_json_put_member(out, "query", view->query);
    dx_buf_puts(out, ",\"suggestions\":");
    put_array(s, out);
    dx_buf_putc(out, '}');
}

static void put_heading(const dx_view *view, dx_buf *out)
{
    dx_buf heading;

    dx_buf_init(&heading, out->max);
    dx_buf_printf(&heading, dx_message_text(view->language, DX_SAY_QUERY),
        view->qid, view->query);
    dx_wrap_put_clean(out, dx_buf_cstr(&heading));
    dx_buf_putc(out, '\n');
    dx_buf_free(&heading);
}

void dx_suggestions_put(const dx_suggestions *s, const dx_format *format,
    const dx_view *view, dx_buf *out)
{
    bool is_json = format == &dx_format_json;

    if (is_json && view->qid)
        put_object(s, view, out);
    else if (is_json)
        put_array(s, out);
    if (is_json) {
        dx_buf_putc(out, '\n');
        return;
    }
    if (view->qid)
        put_heading(view, out);
    put_lines(s, out);
    dx_buf_puts(out, view->qid ? "\n" : "");
}
