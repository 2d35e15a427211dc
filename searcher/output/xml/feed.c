/* An answer as Atom or RSS. */
#include "searcher/output/xml/feed.h"

#include <string.h>

#include "common/base/civil.h"
#include "common/base/escape.h"
#include "common/base/hash.h"
#include "searcher/output/html/link.h"

#define HITS 30u /* of a day or two, so that who looks daily misses none */
#define NO_DATE "1970-01-01"

/* ---- pieces of both ---- */

static void put_element(dx_buf *out, const char *name, const char *text)
{
    dx_buf_printf(out, "<%s>", name);
    dx_xml_put_text(out, text);
    dx_buf_printf(out, "</%s>\n", name);
}

/* Which query this is, and whose site. */
static void put_title(const dx_output *o)
{
    const dx_view *view = o->view;
    const dx_note *note = dx_results_note(o->rs, 0);
    bool is_like = note && dx_note_kind_of(note) == DX_NOTE_LIKE;
    const char *search = view->language == DX_VIETNAMESE ? "Tìm kiếm" : "Search";
    const char *like = view->language == DX_VIETNAMESE ? "Tương tự: " : "Like: ";

    dx_buf_puts(o->out, "<title>");
    dx_buf_puts(o->out, is_like ? like : "");
    dx_xml_put_text(o->out, is_like ? dx_note_text(note) : view->query);
    dx_buf_puts(o->out, " – ");
    dx_xml_put_text(o->out, *view->face->title ? view->face->title : search);
    dx_buf_puts(o->out, "</title>\n");
}

/* The address of the same answer as `format`; of the page without. */
static void put_address(const dx_output *o, const char *format)
{
    dx_link link = dx_link_of(o->view);
    dx_buf address;

    dx_buf_init(&address, o->out->max);
    link.order = DX_ORDER_SCORE;
    link.limit = 0; /* a feed's own number is no page's */
    dx_link_put_address(&address, &link);
    if (!format || o->view->order != DX_ORDER_NEWEST) /* usual of feeds */
        dx_buf_printf(&address, "&sort=%s", dx_link_orders[o->view->order]);
    if (format)
        dx_buf_printf(&address, "&format=%s", format);
    dx_html_put_url(o->out, o->view->base ? o->view->base : "");
    dx_xml_put_text(o->out, dx_buf_cstr(&address));
    dx_buf_latch(o->out, &address);
    dx_buf_free(&address);
}

static const char *date_of(const dx_hit *hit)
{
    const char *date = dx_hit_field(hit, "date");

    return *date ? date : NO_DATE;
}

static const char *newest_of(const dx_output *o)
{
    const char *newest = NO_DATE;

    for (uint32_t i = 0; i < o->shown; i++) {
        const char *date = date_of(dx_results_hit(o->rs, i));
        if (strcmp(date, newest) > 0)
            newest = date;
    }
    return newest;
}

/* A name made of `text`: RFC 9562, version 8. */
static void put_uuid(dx_buf *out, const char *text)
{
    dx_hash128 hash = dx_hash128_of(text, strlen(text));

    dx_buf_printf(out, "urn:uuid:%08x-%04x-8%03x-%04x-%012llx",
        (unsigned)(hash.hi >> 32), (unsigned)(hash.hi >> 16 & 0xFFFF),
        (unsigned)(hash.hi & 0xFFF), (unsigned)(hash.lo >> 48 & 0x3FFF) | 0x8000u,
        (unsigned long long)(hash.lo & 0xFFFFFFFFFFFFu));
}

static void put_id(dx_buf *out, const dx_hit *hit)
{
    const char *url = dx_hit_field(hit, "url");

    if (dx_url_is_web(url))
        dx_html_put_url(out, url);
    else
        put_uuid(out, dx_hit_field(hit, "id"));
}

static bool has_base(const dx_view *view) { return view->base && *view->base; }

/* Whether there is a place on the web that shows the article; and its address. */
static bool has_address(const dx_output *o, const dx_hit *hit)
{
    const dx_view *view = o->view;

    return dx_url_is_web(dx_hit_field(hit, "url")) ||
           (view->face->parts & DX_PART_ARTICLE && has_base(view) &&
               *dx_view_id(view, hit));
}

static void put_article_address(const dx_output *o, const dx_hit *hit)
{
    const char *url = dx_hit_field(hit, "url");

    if (dx_url_is_web(url)) {
        dx_html_put_url(o->out, url);
        return;
    }
    dx_html_put_url(o->out, o->view->base);
    dx_buf_puts(o->out, "?id=");
    dx_url_put_parameter(o->out, dx_view_id(o->view, hit));
}

/* Names joined by "; ", each between `open` and `close`. */
static void put_categories(dx_buf *out, const dx_hit *hit, const char *open,
    const char *close)
{
    dx_buf one;

    dx_buf_init(&one, out->max);
    for (const char *p = dx_hit_field(hit, "category"); *p;) {
        size_t len = strcspn(p, ";");
        dx_buf_clear(&one);
        dx_buf_put(&one, p, len);
        dx_buf_puts(out, open);
        dx_xml_put_text(out, dx_buf_cstr(&one));
        dx_buf_puts(out, close);
        dx_buf_latch(out, &one);
        p += len;
        p += strspn(p, "; ");
    }
    dx_buf_free(&one);
}

static void open_xml(const dx_output *o)
{
    dx_buf_puts(o->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}

/* ---- Atom ---- */

static void put_atom_time(dx_buf *out, const char *name, const char *date)
{
    dx_buf_printf(out, "<%s>%sT00:00:00+07:00</%s>\n", name, date, name);
}

static void begin_atom(const dx_output *o)
{
    dx_buf *out = o->out;

    open_xml(o);
    dx_buf_printf(out,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" "
        "xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\" xml:lang=\"%s\">\n"
        "<id>", dx_language_code(o->view->language));
    if (has_base(o->view))
        put_address(o, "atom");
    else
        put_uuid(out, *o->view->like ? o->view->like : o->view->query);
    dx_buf_puts(out, "</id>\n");
    put_title(o);
    put_atom_time(out, "updated", newest_of(o));
    dx_buf_puts(out, "<link rel=\"self\" type=\"application/atom+xml\" href=\"");
    put_address(o, "atom");
    dx_buf_puts(out, "\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"");
    put_address(o, NULL);
    dx_buf_puts(out, "\"/>\n<author><name>");
    dx_xml_put_text(out, *o->view->face->title ? o->view->face->title : "dx");
    dx_buf_printf(out,
        "</name></author>\n<generator version=\"" DX_VERSION "\">dx</generator>\n"
        "<opensearch:totalResults>%llu</opensearch:totalResults>\n"
        "<opensearch:startIndex>%u</opensearch:startIndex>\n"
        "<opensearch:itemsPerPage>%u</opensearch:itemsPerPage>\n",
        (unsigned long long)dx_results_total(o->rs), o->view->offset + 1,
        o->view->hits_max);
}

static void put_atom_author(dx_buf *out, const dx_hit *hit)
{
    const char *author = dx_hit_field(hit, "author");
    const char *name = *author ? author : dx_hit_field(hit, "source");

    if (!*name)
        return;
    dx_buf_puts(out, "<author><name>");
    dx_xml_put_text(out, name);
    dx_buf_puts(out, "</name></author>\n");
}

static void put_atom_entry(const dx_output *o, const dx_hit *hit)
{
    dx_buf *out = o->out;

    dx_buf_puts(out, "<entry>\n<id>");
    put_id(out, hit);
    dx_buf_puts(out, "</id>\n");
    put_element(out, "title", dx_hit_field(hit, "title"));
    put_atom_time(out, "updated", date_of(hit));
    if (*dx_hit_field(hit, "date"))
        put_atom_time(out, "published", date_of(hit));
    if (has_address(o, hit)) {
        dx_buf_puts(out, "<link rel=\"alternate\" href=\"");
        put_article_address(o, hit);
        dx_buf_puts(out, "\"/>\n");
    }
    put_atom_author(out, hit);
    put_categories(out, hit, "<category term=\"", "\"/>\n");
    dx_buf_puts(out, "<summary type=\"html\">");
    dx_xml_put_text(out, dx_hit_snippet(hit, NULL));
    dx_buf_puts(out, "</summary>\n</entry>\n");
}

static void end_atom(const dx_output *o) { dx_buf_puts(o->out, "</feed>\n"); }

/* ---- RSS ---- */

/* Of `count` digits; what is none counts as 0. */
static int number_at(const char *p, int count)
{
    int n = 0;

    for (int i = 0; i < count && p[i]; i++)
        n = n * 10 + (p[i] >= '0' && p[i] <= '9' ? p[i] - '0' : 0);
    return n;
}

/* RFC 822, with the year in full. Nothing of what is no date (YYYY-MM-DD). */
static void put_rss_time(dx_buf *out, const char *name, const char *date)
{
    static const char days[] = "ThuFriSatSunMonTueWed"; /* from 1970-01-01 on */
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    dx_civil civil = {0};

    if (strlen(date) != strlen(NO_DATE))
        return;
    civil = (dx_civil){number_at(date, 4), number_at(date + 5, 2),
        number_at(date + 8, 2)};
    if (civil.month < 1 || civil.month > 12)
        return;
    int day = (dx_civil_to_day(civil) % 7 + 7) % 7;
    dx_buf_printf(out, "<%s>%.3s, %02d %.3s %04d 00:00:00 +0700</%s>\n", name,
        days + 3 * day, civil.day, months + 3 * (civil.month - 1), civil.year, name);
}

static void begin_rss(const dx_output *o)
{
    const char *intro = o->view->language == DX_VIETNAMESE ? "Kết quả tìm kiếm: "
                                                           : "Results of the search: ";
    dx_buf *out = o->out;

    open_xml(o);
    dx_buf_puts(out,
        "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n");
    put_title(o);
    dx_buf_puts(out, "<link>");
    put_address(o, NULL);
    dx_buf_puts(out, "</link>\n<description>");
    dx_buf_puts(out, intro);
    dx_xml_put_text(out, *o->view->like ? o->view->like : o->view->query);
    dx_buf_printf(out, "</description>\n<language>%s</language>\n",
        dx_language_code(o->view->language));
    put_rss_time(out, "lastBuildDate", newest_of(o));
    dx_buf_puts(out, "<generator>dx " DX_VERSION "</generator>\n"
                     "<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"");
    put_address(o, "rss");
    dx_buf_puts(out, "\"/>\n");
}

static void put_rss_item(const dx_output *o, const dx_hit *hit)
{
    bool is_web = dx_url_is_web(dx_hit_field(hit, "url"));
    dx_buf *out = o->out;

    dx_buf_puts(out, "<item>\n");
    put_element(out, "title", dx_hit_field(hit, "title"));
    if (has_address(o, hit)) {
        dx_buf_puts(out, "<link>");
        put_article_address(o, hit);
        dx_buf_puts(out, "</link>\n");
    }
    dx_buf_printf(out, "<guid isPermaLink=\"%s\">", is_web ? "true" : "false");
    put_id(out, hit);
    dx_buf_puts(out, "</guid>\n");
    if (*dx_hit_field(hit, "date"))
        put_rss_time(out, "pubDate", date_of(hit));
    if (*dx_hit_field(hit, "author"))
        put_element(out, "dc:creator", dx_hit_field(hit, "author"));
    if (*dx_hit_field(hit, "source"))
        put_element(out, "dc:publisher", dx_hit_field(hit, "source"));
    put_categories(out, hit, "<category>", "</category>\n");
    put_element(out, "description", dx_hit_snippet(hit, NULL));
    dx_buf_puts(out, "</item>\n");
}

static void end_rss(const dx_output *o)
{
    dx_buf_puts(o->out, "</channel>\n</rss>\n");
}

const dx_format dx_format_atom = {.name = "atom", .mime = "application/atom+xml",
    .use = DX_FORMAT_WEB, .usual = HITS, .newest = true, .begin = begin_atom,
    .hit = put_atom_entry, .end = end_atom};

const dx_format dx_format_rss = {.name = "rss", .mime = "application/rss+xml",
    .use = DX_FORMAT_WEB, .usual = HITS, .newest = true, .begin = begin_rss,
    .hit = put_rss_item, .end = end_rss};
