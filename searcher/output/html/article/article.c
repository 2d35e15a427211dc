/* The page of one article. */
#include "searcher/output/html/article/article.h"

#include <stdio.h>
#include <string.h>

#include "common/base/escape.h"
#include "common/cli/number.h"
#include "common/index/field/field.h"
#include "searcher/output/article.h"
#include "searcher/output/html/hit.h"
#include "searcher/output/html/link.h"
#include "searcher/output/html/page.h"
#include "searcher/output/html/texts.h"

#define MARK "<mark>"
#define MARK_END "</mark>"
#define JUMPS_MAX 300u /* marks after that are no places to jump to */
#define VALUES_MAX 40u /* of a field */
#define VALUE_BYTES_MAX 256u

/* ---- text ---- */

static uint32_t count_marks(const char *text)
{
    uint32_t count = 0;

    while ((text = strstr(text, MARK)) != NULL && count < JUMPS_MAX) {
        text += sizeof MARK - 1;
        count++;
    }
    return count;
}

static void put_jump(dx_buf *out, dx_language language, dx_text_id what, uint32_t to,
    const char *sign)
{
    dx_buf_printf(out, "<a href=\"#m%u\" aria-label=\"%s\">%s</a>", to,
        dx_text(language, what), sign);
}

/* Where one has jumped to, and only there, links lead on. */
static void put_jumps(dx_buf *out, dx_language language, uint32_t at, uint32_t count)
{
    if (count < 2)
        return;
    dx_buf_puts(out, "<span class=\"jump\">");
    if (at > 1)
        put_jump(out, language, DX_TEXT_mark_before, at - 1, "↑");
    if (at < count)
        put_jump(out, language, DX_TEXT_mark_next, at + 1, "↓");
    dx_buf_puts(out, "</span>");
}

/* A paragraph; *at is how many marks there were before it. */
static void put_paragraph(dx_buf *out, dx_language language, dx_str line,
    uint32_t *at, uint32_t count)
{
    const char *p = line.ptr, *end = dx_str_end(line), *mark;

    dx_buf_puts(out, "<p>");
    while (*at < count && (mark = memmem(p, (size_t)(end - p), MARK, sizeof MARK - 1))) {
        const char *after = memmem(mark, (size_t)(end - mark), MARK_END, sizeof MARK_END - 1);
        if (!after)
            break;
        after += sizeof MARK_END - 1;
        dx_buf_put(out, p, (size_t)(mark - p));
        dx_buf_printf(out, "<mark id=\"m%u\">", ++*at);
        mark += sizeof MARK - 1;
        dx_buf_put(out, mark, (size_t)(after - mark));
        put_jumps(out, language, *at, count);
        p = after;
    }
    dx_buf_put(out, p, (size_t)(end - p));
    dx_buf_puts(out, "</p>\n");
}

static void fill_text(dx_values *s, const dx_view *view, const dx_hit *hit)
{
    dx_snippet_options marks = DX_SNIPPET_INIT;
    uint32_t count, at = 0;

    marks.mark_open = MARK;
    marks.mark_close = MARK_END;
    dx_buf_puts(&s->html[DX_SLOT_article_title], dx_hit_title(hit, &marks));
    const char *text = dx_article_text(view, hit, &marks);
    count = count_marks(text);
    while (*text) {
        size_t n = strcspn(text, "\n");
        put_paragraph(&s->html[DX_SLOT_article_text], view->language, (dx_str){text, n},
            &at, count);
        text += n + (text[n] == '\n');
    }
    if (count == 0)
        return;
    dx_buf_puts(&s->html[DX_SLOT_article_marks], "<a href=\"#m1\">");
    dx_text_put_count(&s->html[DX_SLOT_article_marks], view->language,
        DX_TEXT_marks_found, count);
    dx_buf_puts(&s->html[DX_SLOT_article_marks], " ↓</a>");
}

/* ---- fields ---- */

/* Those that have a place of their own on the page, or say nothing to readers. */
static bool is_listed(dx_field field)
{
    static const dx_field others[] = {DX_FIELD_ID, DX_FIELD_URL, DX_FIELD_PATH,
        DX_FIELD_EXTRA, DX_FIELD_IMAGE, DX_FIELD_CAPTION, DX_FIELD_DATE, DX_FIELD_SOURCE,
        DX_FIELD_MIME};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (field == others[i])
            return false;
    return !(dx_fields[field].show & DX_SHOW_NEVER) &&
           dx_fields[field].kind != DX_KIND_FLAG;
}

/* What a search for a value of the field is, or NULL. Numbers that are cited are those of
 * other documents. */
static const char *asked(dx_field field)
{
    if (field == DX_FIELD_CITES)
        field = DX_FIELD_DOCNO;
    return dx_fields[field].find == DX_FIND_VALUE || dx_fields[field].find == DX_FIND_DOCNO
               ? dx_field_asked(field)
               : NULL;
}

static void put_value(dx_buf *out, const dx_view *view, dx_field field, dx_str text)
{
    char value[VALUE_BYTES_MAX];
    dx_link link = {.query = "", .like = "", .field = asked(field), .value = value,
        .lang = view->lang};
    bool is_link = link.field && text.len < sizeof value;

    if (is_link) {
        memcpy(value, text.ptr, text.len);
        value[text.len] = '\0';
        is_link = dx_link_can_filter(&link);
    }
    if (is_link)
        dx_link_put(out, &link, NULL);
    dx_html_put_str(out, text);
    dx_buf_puts(out, is_link ? "</a>" : "");
}

static void put_values(dx_buf *out, const dx_view *view, dx_field field,
    const char *text)
{
    char date[DX_FORMAT_BYTES];
    char sign = dx_fields[field].kind == DX_KIND_VALUES ? ';'
                : dx_fields[field].kind == DX_KIND_LIST ? ','
                                                        : '\0';

    if (dx_fields[field].kind == DX_KIND_DATE) {
        dx_html_put(out, dx_date_text(view->language, text, date));
        return;
    }
    for (unsigned i = 0; i < VALUES_MAX && *text; i++) {
        const char *end = sign ? strchrnul(text, sign) : text + strlen(text);
        dx_buf_puts(out, i > 0 ? ", " : "");
        put_value(out, view, field, dx_str_trim((dx_str){text, (size_t)(end - text)}));
        text = end + (*end != '\0');
    }
}

static void put_fields(dx_buf *out, const dx_view *view, const dx_hit *hit)
{
    bool is_vietnamese = view->language == DX_VIETNAMESE;

    for (unsigned f = DX_TEXT_FIELDS; f < DX_FIELDS; f++) {
        const char *value = dx_hit_field(hit, dx_fields[f].name);
        if (!*value || !is_listed((dx_field)f))
            continue;
        dx_buf_puts(out, "<div><dt>");
        dx_html_put(out, is_vietnamese ? dx_fields[f].vi : dx_fields[f].en);
        dx_buf_puts(out, "</dt><dd>");
        put_values(out, view, (dx_field)f, value);
        dx_buf_puts(out, "</dd></div>\n");
    }
}

static void put_facts(dx_buf *out, const dx_view *view, const dx_hit *hit)
{
    const char *date = dx_hit_field(hit, "date");
    const char *source = dx_hit_field(hit, "source");
    char shown[DX_FORMAT_BYTES];

    if (*date)
        dx_buf_printf(out, "<time datetime=\"%s\">%s</time>\n", date,
            dx_date_text(view->language, date, shown));
    if (*source) {
        dx_buf_puts(out, "<span>");
        put_value(out, view, DX_FIELD_SOURCE, dx_str_from(source));
        dx_buf_puts(out, "</span>\n");
    }
}

/* ---- what is like it ---- */

static void put_similar(dx_buf *out, const dx_view *view, const dx_results *similar)
{
    char shown[DX_FORMAT_BYTES];
    const dx_hit *hit;

    for (uint32_t i = 0; (hit = dx_results_hit(similar, i)) != NULL; i++) {
        const char *date = dx_hit_field(hit, "date");
        dx_buf address;
        dx_buf_init(&address, out->max);
        dx_hit_put_address(view, hit, &address);
        dx_buf_puts(out, "<li>");
        if (address.len > 0) {
            dx_buf_puts(out, "<a href=\"");
            dx_html_put_url(out, dx_buf_cstr(&address));
            dx_buf_puts(out, "\">");
        }
        dx_html_put(out, dx_hit_field(hit, "title"));
        dx_buf_puts(out, address.len > 0 ? "</a>" : "");
        if (*date)
            dx_buf_printf(out, " <time datetime=\"%s\">%s</time>", date,
                dx_date_text(view->language, date, shown));
        dx_buf_puts(out, "</li>\n");
        dx_buf_latch(out, &address);
        dx_buf_free(&address);
    }
}

/* ---- all ---- */

void dx_article_put(dx_buf *out, const dx_view *view, const dx_results *rs,
    const dx_results *similar)
{
    const dx_hit *hit = dx_results_hit(rs, 0);
    const char *url = dx_hit_field(hit, "url");
    dx_link results = dx_link_of(view);
    dx_values s;
    dx_buf back;

    results.id = NULL;
    dx_buf_init(&back, out->max);
    dx_page_init(&s, view, dx_hit_field(hit, "title"));
    fill_text(&s, view, hit);
    put_facts(&s.html[DX_SLOT_article_facts], view, hit);
    put_fields(&s.html[DX_SLOT_article_fields], view, hit);
    put_similar(&s.html[DX_SLOT_article_similar], view, similar);
    if (dx_url_is_web(url))
        dx_values_set(&s, DX_SLOT_original, url);
    if (*view->query)
        dx_link_put_address(&back, &results);
    dx_values_set(&s, DX_SLOT_back, dx_buf_cstr(&back));
    dx_page_put(&s, view, DX_TEMPLATE_article, out);
    dx_buf_latch(out, &back);
    dx_buf_free(&back);
}
