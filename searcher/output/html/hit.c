/* One hit: its title, what is known about it, a passage, and where to go from it. */
#include "searcher/output/html/hit.h"

#include <stdio.h>
#include <string.h>

#include "common/base/escape.h"
#include "common/cli/number.h"
#include "searcher/output/html/link.h"
#include "searcher/output/html/look/look.h"
#include "searcher/output/html/texts.h"

#define ADDRESS_BYTES_MAX ((size_t)1 << 22)
#define CRUMBS_MAX 3u
#define CRUMB_BYTES_MAX 40u
#define NUMBERS_MAX 4u

/* ---- addresses ---- */

const char *dx_hit_link_id(const dx_view *view, const dx_hit *hit)
{
    const char *id = dx_view_id(view, hit);

    return strlen(id) > DX_LINK_LIKE_BYTES_MAX ? dx_hit_field(hit, "key") : id;
}

static void put_lang(const dx_view *view, dx_buf *out)
{
    if (view->lang && *view->lang)
        dx_buf_printf(out, "&lang=%s", view->lang);
}

void dx_hit_put_address(const dx_view *view, const dx_hit *hit, dx_buf *out)
{
    const char *url = dx_hit_field(hit, "url");
    const char *id = dx_hit_link_id(view, hit);

    if (dx_url_is_web(url)) {
        dx_buf_puts(out, url);
        uint32_t page = strchr(url, '#') ? 0 : dx_hit_page(hit);
        if (page) /* browsers open PDF there */
            dx_buf_printf(out, "#page=%lu", (unsigned long)page);
    } else if (*id && view->face && (view->face->parts & DX_PART_ARTICLE)) {
        dx_buf_puts(out, "?id=");
        dx_url_put_parameter(out, id);
        if (*view->query) {
            dx_buf_puts(out, "&q=");
            dx_url_put_parameter(out, view->query);
        }
        put_lang(view, out);
    }
}

/* ---- breadcrumbs ---- */

/* "chinh-tri" of "chinh-tri", "tin tức" of "tin%20t%E1%BB%A9c": cut between characters. */
static void put_crumb(dx_str part, dx_buf *out)
{
    char text[CRUMB_BYTES_MAX + 4];
    size_t len = 0, i = 0;

    for (; i < part.len && len < CRUMB_BYTES_MAX; i++) {
        int high = part.ptr[i] == '%' && i + 2 < part.len
                       ? dx_hex_value(part.ptr[i + 1])
                       : -1;
        int low = high < 0 ? -1 : dx_hex_value(part.ptr[i + 2]);
        text[len++] = low < 0 ? part.ptr[i] : (char)(high * 16 + low);
        i += low < 0 ? 0 : 2;
    }
    if (i < part.len) {
        while (len > 0 && ((unsigned char)text[len - 1] & 0xC0) == 0x80)
            len--;
        len -= len > 0 && (unsigned char)text[len - 1] >= 0xC0;
        memcpy(text + len, "…", 3);
        len += 3;
    }
    dx_html_put_str(out, (dx_str){text, len});
}

/* Host and folders; the last part names the article, as its title does. */
static void put_crumbs(const char *url, dx_buf *out)
{
    dx_str host = dx_url_host(url);
    const char *p = dx_str_end(host);
    const char *end = p + strcspn(p, "?#");

    dx_html_put_str(out, host);
    for (unsigned i = 0; i < CRUMBS_MAX && p < end; i++) {
        p += strspn(p, "/");
        size_t len = strcspn(p, "/?#");
        if (len == 0 || p[len] != '/' || p + len + 1 >= end)
            break;
        dx_buf_puts(out, " › ");
        put_crumb((dx_str){p, len}, out);
        p += len;
    }
}

/* ---- what leads on ---- */

static void put_near_same(const dx_output *o, const dx_hit *hit, dx_buf *out)
{
    const char *id = dx_hit_link_id(o->view, hit);
    dx_link link = {.query = "", .like = "", .field = "dup", .value = id,
        .lang = o->view->lang};
    bool is_link = dx_link_can_filter(&link);

    if (is_link)
        dx_link_put(out, &link, NULL);
    else
        dx_buf_puts(out, "<span>");
    dx_text_put_count(out, o->view->language, DX_TEXT_near_same,
        dx_hit_similar(hit));
    dx_buf_puts(out, is_link ? "</a>" : "</span>");
}

/* Document numbers, each a link to what has or mentions it. `numbers` is a list with commas. */
static void put_numbers(const dx_view *view, const char *numbers, dx_buf *out)
{
    char number[128];

    for (unsigned i = 0; i < NUMBERS_MAX && *numbers; i++) {
        size_t len = strcspn(numbers, ",");
        dx_str text = dx_str_trim((dx_str){numbers, len});
        snprintf(number, sizeof number, "%.*s", (int)text.len, text.ptr);
        dx_link link = {.query = "", .like = "", .field = "docno",
            .value = number, .lang = view->lang};
        if (text.len > 0 && text.len < sizeof number &&
            dx_link_can_filter(&link)) {
            dx_buf_puts(out, "<span class=\"number\">");
            dx_link_put(out, &link, NULL);
            dx_html_put(out, number);
            dx_buf_puts(out, "</a></span>\n");
        }
        numbers += len + (numbers[len] == ',');
    }
}

static void put_like(const dx_output *o, const dx_hit *hit, dx_buf *out)
{
    const char *id = dx_hit_link_id(o->view, hit);

    if (*id && o->view->face && (o->view->face->parts & DX_PART_SIMILAR))
        dx_link_put_address(out,
            &(dx_link){.query = "", .like = id, .lang = o->view->lang});
}

/* ---- all ---- */

static void fill_facts(const dx_output *o, const dx_hit *hit, dx_values *s)
{
    const dx_face *face = o->view->face;
    const char *url = dx_hit_field(hit, "url");
    const char *image = dx_hit_field(hit, "image");
    const char *source = dx_hit_field(hit, "source");

    dx_values_set(s, DX_SLOT_date, dx_hit_field(hit, "date"));
    if (!dx_str_eq(dx_str_from(source), dx_url_host(url))) /* it is told by the address */
        dx_values_set(s, DX_SLOT_source, source);
    if (dx_url_is_web(url))
        put_crumbs(url, &s->html[DX_SLOT_crumbs]);
    else
        dx_values_set(s, DX_SLOT_place, url);
    if (face && (face->parts & DX_PART_IMAGES) && *image &&
        dx_look_allows_image(face, image))
        dx_values_set(s, DX_SLOT_image, image);
    if (dx_hit_is_partial(hit))
        dx_values_set(s, DX_SLOT_partial, "1");
    if (dx_hit_is_pinned(hit))
        dx_values_set(s, DX_SLOT_pinned, "1");
    put_numbers(o->view, dx_hit_field(hit, "docno"),
        &s->html[DX_SLOT_numbers]);
    if (dx_hit_similar(hit))
        put_near_same(o, hit, &s->html[DX_SLOT_near_same]);
}

static void fill_texts(const dx_hit *hit, dx_values *s)
{
    dx_snippet_options marks = DX_SNIPPET_INIT;

    marks.mark_open = "<mark>";
    marks.mark_close = "</mark>";
    dx_buf_puts(&s->html[DX_SLOT_title], dx_hit_title(hit, &marks));
    dx_buf_puts(&s->html[DX_SLOT_snippet], dx_hit_snippet(hit, &marks));
}

void dx_hit_put(const dx_output *o, const dx_hit *hit, dx_values *slots,
    dx_buf *out)
{
    char date[DX_FORMAT_BYTES];
    dx_language language = o->view->language;
    dx_buf link, similar;

    dx_values_clear(slots, DX_TEMPLATE_hit);
    dx_buf_init(&link, ADDRESS_BYTES_MAX);
    dx_buf_init(&similar, ADDRESS_BYTES_MAX);
    dx_hit_put_address(o->view, hit, &link);
    put_like(o, hit, &similar);
    fill_texts(hit, slots);
    fill_facts(o, hit, slots);
    dx_values_set(slots, DX_SLOT_link, dx_buf_cstr(&link));
    dx_values_set(slots, DX_SLOT_similar, dx_buf_cstr(&similar));
    dx_values_set(slots, DX_SLOT_shown_date,
        dx_date_text(language, dx_hit_field(hit, "date"), date));
    uint32_t page = dx_hit_page(hit);
    if (page)
        dx_text_put_count(&slots->html[DX_SLOT_page_number], language,
            DX_TEXT_on_page, page);
    dx_template_put(dx_look_part(o->view->face, DX_TEMPLATE_hit), slots, language,
        out);
    dx_buf_latch(out, &link);
    dx_buf_latch(out, &similar);
    dx_buf_free(&link);
    dx_buf_free(&similar);
}
