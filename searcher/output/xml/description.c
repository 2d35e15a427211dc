/* The search as a browser may offer it. */
#include "searcher/output/xml/description.h"

#include <string.h>

#include "common/base/escape.h"
#include "common/text/utf8.h"

#define SHORT_NAME_CHARS 16 /* OpenSearch allows no more */
#define LONG_NAME_CHARS 48

/* As much of `text` as has `max` characters, not a part of a word if there is a whole one. */
static void put_cut(dx_buf *out, const char *text, unsigned max)
{
    const char *end = text + strlen(text), *p = text, *blank = NULL;
    uint32_t c;
    dx_buf cut;

    for (unsigned n = 0; p < end && n < max; n++) {
        size_t len = dx_utf8_decode(p, end, &c);
        if (*p == ' ')
            blank = p;
        p += len ? len : 1;
    }
    if (p < end && *p != ' ' && blank)
        p = blank;
    dx_buf_init(&cut, out->max);
    dx_buf_put(&cut, text, (size_t)(p - text));
    dx_xml_put_text(out, dx_buf_cstr(&cut));
    dx_buf_latch(out, &cut);
    dx_buf_free(&cut);
}

static void put_address(dx_buf *out, const dx_view *view, const char *type,
    const char *rel, const char *parameters)
{
    dx_buf_printf(out, "<Url type=\"%s\" rel=\"%s\" template=\"", type, rel);
    dx_html_put_url(out, view->base);
    dx_buf_printf(out, "%s\"/>\n", parameters);
}

void dx_description_put(dx_buf *out, const dx_view *view)
{
    bool is_vi = view->language == DX_VIETNAMESE;
    const char *search = is_vi ? "Tìm kiếm" : "Search";
    const char *title = *view->face->title ? view->face->title : search;

    dx_buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<OpenSearchDescription "
                     "xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n<ShortName>");
    put_cut(out, title, SHORT_NAME_CHARS);
    dx_buf_puts(out, "</ShortName>\n<LongName>");
    put_cut(out, title, LONG_NAME_CHARS);
    dx_buf_printf(out, "</LongName>\n<Description>%s", search);
    dx_buf_puts(out, title == search ? "" : ": ");
    dx_xml_put_text(out, title == search ? "" : title);
    dx_buf_puts(out, "</Description>\n");
    put_address(out, view, "text/html", "results",
        "?q={searchTerms}&amp;page={startPage?}");
    put_address(out, view, "application/atom+xml", "results",
        "?q={searchTerms}&amp;page={startPage?}&amp;format=atom");
    if (view->face->parts & DX_PART_SUGGESTIONS)
        put_address(out, view, DX_SUGGESTIONS_MIME, "suggestions",
            "?suggest={searchTerms}");
    put_address(out, view, DX_DESCRIPTION_MIME, "self", "?opensearch=1");
    if (dx_url_is_web(view->face->logo)) {
        dx_buf_puts(out, "<Image>");
        dx_html_put_url(out, view->face->logo);
        dx_buf_puts(out, "</Image>\n");
    }
    dx_buf_printf(out,
        "<Language>%s</Language>\n<InputEncoding>UTF-8</InputEncoding>\n"
        "<OutputEncoding>UTF-8</OutputEncoding>\n</OpenSearchDescription>\n",
        dx_language_code(view->language));
}
