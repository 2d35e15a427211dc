/* The page that a browser gets. */
#include "searcher/output/html/page.h"

#include <string.h>

#include "common/base/escape.h"
#include "common/cli/number.h"
#include "common/index/field/article_id.h"
#include "searcher/output/html/link.h"
#include "searcher/output/html/narrow.h"
#include "searcher/output/html/style.h"

#define FACET_VALUES 6u /* of each field */
#define QUERY_CHARS_MAX "1000" /* what the browser lets a reader type */

/* ---- the frame ---- */

static void put_head(dx_buf *out, const char *title)
{
    dx_buf_puts(out, "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n"
                     "<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" "
                     "content=\"width=device-width, initial-scale=1\">\n"
                     "<meta name=\"robots\" content=\"noindex\">\n<title>");
    dx_html_put(out, title);
    dx_buf_puts(out, *title ? " – Tìm kiếm" : "Tìm kiếm");
    dx_buf_puts(out, "</title>\n<style>");
    dx_buf_puts(out, dx_style_sheet);
    dx_buf_puts(out, "</style>\n</head>\n<body>\n");
}

static void put_foot(dx_buf *out)
{
    dx_buf_puts(out, "</main>\n</body>\n</html>\n");
}

/* The first thing on the page; on an empty one the cursor is in it. */
static void put_form(dx_buf *out, const char *query, uint64_t articles)
{
    char number[DX_FORMAT_BYTES];

    dx_buf_printf(out,
        "<header>\n<form method=\"get\" role=\"search\">\n"
        "<label for=\"q\">Tìm trong %s bài viết</label>\n<div class=\"row\">\n"
        "<input type=\"search\" id=\"q\" name=\"q\" maxlength=\"%s\" "
        "autocapitalize=\"none\" spellcheck=\"false\" "
        "enterkeyhint=\"search\"%s value=\"",
        dx_number_text(DX_VIETNAMESE, articles, number), QUERY_CHARS_MAX,
        *query ? "" : " autofocus");
    dx_html_put(out, query);
    dx_buf_puts(out, "\">\n<button type=\"submit\">Tìm</button>\n</div>\n"
                     "</form>\n</header>\n<main>\n");
}

/* ---- results ---- */

static void put_title(dx_buf *out, const dx_hit *hit,
    const dx_snippet_options *marks)
{
    const char *url = dx_hit_field(hit, "url");
    bool is_link = dx_url_is_web(url);

    dx_buf_puts(out, "<h2>");
    if (is_link) {
        dx_buf_puts(out, "<a href=\"");
        dx_html_put_url(out, url);
        if (dx_hit_page(hit) && !strchr(url, '#')) /* browsers open PDF there */
            dx_buf_printf(out, "#page=%lu", (unsigned long)dx_hit_page(hit));
        dx_buf_puts(out, "\">");
    }
    dx_buf_puts(out, dx_hit_title(hit, marks));
    dx_buf_puts(out, is_link ? "</a></h2>\n" : "</h2>\n");
}

static void put_separator(dx_buf *out, bool *is_first)
{
    dx_buf_puts(out, *is_first ? "<p class=\"facts\">" : " · ");
    *is_first = false;
}

/* An id for an address; NULL when it is too long for one, or tells a path of the
 * server's disk. */
static const char *link_id(const dx_hit *hit)
{
    const char *id = dx_hit_field(hit, "id");
    const char *path = dx_hit_field(hit, "path");

    return dx_id_tells_path(dx_str_from(id), dx_str_from(path)) ||
                   strlen(id) > DX_LINK_LIKE_BYTES_MAX
               ? NULL
               : id;
}

static void put_similar(dx_buf *out, const dx_hit *hit)
{
    const char *id = link_id(hit);
    dx_link link = {.query = "", .like = "", .field = "dup", .value = id};
    bool is_link = id && dx_link_can_filter(&link);

    if (is_link)
        dx_link_put(out, &link, NULL);
    dx_buf_printf(out, "và %u bài gần giống%s", dx_hit_similar(hit),
        is_link ? "</a>" : "");
}

static void put_facts(dx_buf *out, const dx_hit *hit)
{
    const char *date = dx_hit_field(hit, "date");
    const char *source = dx_hit_field(hit, "source");
    const char *url = dx_hit_field(hit, "url");
    char shown_date[DX_FORMAT_BYTES];
    bool is_first = true, is_link = dx_url_is_web(url);

    if (*date) {
        put_separator(out, &is_first);
        dx_buf_printf(out, "<time datetime=\"%s\">%s</time>", date,
            dx_date_text(DX_VIETNAMESE, date, shown_date));
    }
    if (*source) {
        put_separator(out, &is_first);
        dx_html_put(out, source);
    }
    if (*url && (!is_link || !*source)) {
        put_separator(out, &is_first);
        if (is_link)
            dx_html_put_str(out, dx_url_host(url));
        else
            dx_html_put(out, url);
    }
    if (dx_hit_page(hit)) {
        put_separator(out, &is_first);
        dx_buf_printf(out, "trang %lu", (unsigned long)dx_hit_page(hit));
    }
    if (dx_hit_is_partial(hit)) {
        put_separator(out, &is_first);
        dx_buf_puts(out, "gần đúng");
    }
    if (dx_hit_similar(hit)) {
        put_separator(out, &is_first);
        put_similar(out, hit);
    }
    if (!is_first)
        dx_buf_puts(out, "</p>\n");
}

static void put_like(dx_buf *out, const dx_hit *hit)
{
    const char *id = link_id(hit);

    if (!id)
        return;
    dx_buf_puts(out, "<p class=\"more\">");
    dx_link_put(out, &(dx_link){.query = "", .like = id}, NULL);
    dx_buf_puts(out, "Bài tương tự</a></p>\n");
}

static void put_hit(const dx_output *o, const dx_hit *hit)
{
    dx_snippet_options marks = DX_SNIPPET_INIT;
    dx_buf *out = o->out;

    marks.mark_open = "<mark>";
    marks.mark_close = "</mark>";
    dx_buf_puts(out, "<li class=\"hit\">\n");
    put_title(out, hit, &marks);
    put_facts(out, hit);
    const char *snippet = dx_hit_snippet(hit, &marks);
    if (*snippet)
        dx_buf_printf(out, "<p>%s</p>\n", snippet);
    put_like(out, hit);
    dx_buf_puts(out, "</li>\n");
}

static void put_scope_link(const dx_output *o, dx_scope scope, uint64_t count,
    const char *what)
{
    dx_link link = dx_link_of(o->view);
    char number[DX_FORMAT_BYTES];

    link.scope = scope;
    dx_link_put(o->out, &link, NULL);
    dx_buf_printf(o->out, "%s bài%s</a>",
        dx_number_text(DX_VIETNAMESE, count, number), what);
}

/* How many have everything; of what part they are, if there are two. */
static void put_total(const dx_output *o, uint64_t partial)
{
    uint64_t total = dx_results_total(o->rs);
    char number[DX_FORMAT_BYTES];

    if (dx_output_has_scopes(o)) {
        uint64_t exact = dx_results_exact(o->rs);
        put_scope_link(o, DX_SCOPE_EXACT, exact, "");
        dx_buf_puts(o->out, " · ");
        put_scope_link(o, DX_SCOPE_OTHERS, total - exact,
            " khác dấu hoặc rời chữ");
    } else if (total > 0) {
        dx_buf_printf(o->out, "%s bài",
            dx_number_text(DX_VIETNAMESE, total, number));
    } else {
        dx_buf_puts(o->out, partial > 0 ? "Không bài nào có đủ các từ"
                                        : "Không tìm thấy bài nào");
    }
    if (total > 0 && partial > 0)
        dx_buf_puts(o->out, " có đủ các từ");
}

static void put_summary(const dx_output *o)
{
    char ms[DX_FORMAT_BYTES], number[DX_FORMAT_BYTES];
    uint64_t partial = dx_output_partial(o);
    uint32_t page = dx_view_page(o->view);
    dx_buf *out = o->out;

    dx_buf_puts(out, "<p class=\"summary\" role=\"status\">");
    put_total(o, partial);
    if (partial > 0)
        dx_buf_printf(out, "; %s %s bài gần đúng",
            dx_results_total(o->rs) > 0 ? "thêm" : "đây là",
            dx_number_text(DX_VIETNAMESE, partial, number));
    if (page > 1)
        dx_buf_printf(out, ", trang %u", page);
    dx_buf_printf(out, " (%s ms)</p>\n",
        dx_milliseconds_text(DX_VIETNAMESE, dx_results_time_ms(o->rs), ms));
}

/* Above those that do not have everything to the letter. */
static void put_others(const dx_output *o)
{
    uint64_t others = dx_results_total(o->rs) - dx_results_exact(o->rs);
    char number[DX_FORMAT_BYTES];

    dx_buf_printf(o->out,
        "</ol>\n<p class=\"others\">%s bài khác có các chữ này rời nhau hoặc khác "
        "dấu:</p>\n<ol start=\"%u\">\n",
        dx_number_text(DX_VIETNAMESE, others, number),
        o->view->offset + o->number + 1);
}

static void put_nothing(dx_buf *out, const dx_view *view)
{
    if (dx_view_page(view) > 1) {
        dx_buf_puts(out, "<p>Trang này không có kết quả.</p>\n");
        return;
    }
    if (*view->like) {
        dx_buf_puts(out, "<p>Không có bài nào tương tự.</p>\n");
        return;
    }
    dx_buf_puts(out, "<p>Không có bài nào cho <b>");
    dx_html_put(out, view->query);
    dx_buf_puts(out,
        "</b>.</p>\n<ul>\n"
        "<li>Hãy thử ít từ hơn, hoặc từ khác cùng nghĩa.</li>\n"
        "<li>Gõ không dấu cũng được: <i>chuyen doi so</i>.</li>\n"
        "<li>Bỏ bớt dấu ngoặc kép và từ có dấu trừ đứng trước.</li>\n</ul>\n");
}

static void put_page_link(dx_buf *out, const dx_view *view,
    uint32_t page, const char *rel, const char *text)
{
    dx_link link = dx_link_of(view);

    link.page = page;
    dx_link_put(out, &link, rel);
    dx_buf_printf(out, "%s</a>\n", text);
}

static void put_pages(dx_buf *out, const dx_view *view, bool has_more)
{
    bool has_next = has_more && dx_view_page(view) < DX_RANK_MAX / view->hits_max;

    if (dx_view_page(view) == 1 && !has_next)
        return;
    dx_buf_puts(out, "<nav class=\"pages\" aria-label=\"Các trang kết quả\">\n");
    if (dx_view_page(view) > 1)
        put_page_link(out, view, dx_view_page(view) - 1, "prev",
            "← Trang trước");
    dx_buf_printf(out, "<span>Trang %u</span>\n", dx_view_page(view));
    if (has_next)
        put_page_link(out, view, dx_view_page(view) + 1, "next", "Trang sau →");
    dx_buf_puts(out, "</nav>\n");
}

/* ---- pages ---- */

static void put_start(dx_buf *out, const dx_view *view)
{
    put_head(out, "");
    put_form(out, "", view->articles);
    dx_buf_puts(out,
        "<p class=\"hint\">Gõ có dấu hay không dấu đều được. Đặt trong ngoặc "
        "kép để tìm các từ đứng liền nhau: <i>\"Bắc Giang\"</i>. Thêm dấu trừ "
        "trước từ không muốn có: <i>chuyển đổi số -hội</i>.</p>\n");
    put_foot(out);
}

/* What was read into the words can be left out again. */
static void put_literal_link(dx_buf *out, const dx_view *view)
{
    dx_link link = dx_link_of(view);

    link.literal = true;
    dx_buf_puts(out, " · ");
    dx_link_put(out, &link, NULL);
    dx_buf_puts(out, "Tìm đúng như đã gõ</a>");
}

static void put_note(const dx_output *o, const dx_note *note)
{
    static const struct {
        const char *opening;
        bool counts; /* the results are not those of the words alone */
    } kinds[] = {[DX_NOTE_READING] = {"Hiểu là: ", true},
        [DX_NOTE_KEYS] = {"Kết quả cho: ", true},
        [DX_NOTE_CORRECTED] = {"Kết quả cho: ", true},
        [DX_NOTE_SPELLING] = {"Có phải bạn tìm: ", false},
        [DX_NOTE_ABBREVIATION] = {"Tìm cả: ", true},
        [DX_NOTE_RENAMED] = {"Tìm thêm: ", false},
        [DX_NOTE_LIKE] = {"Tương tự bài: ", false},
        [DX_NOTE_PARTLY_READ] = {"Hiểu một phần: ", true}};
    dx_note_kind kind = dx_note_kind_of(note);
    const char *query = dx_note_query(note);
    dx_link link = {.query = query, .like = "", .page = 1,
        .order = o->view->order};
    dx_buf *out = o->out;
    char date[DX_FORMAT_BYTES];

    dx_buf_puts(out, "<p class=\"note\">");
    dx_buf_puts(out, kinds[kind].opening);
    if (*query)
        dx_link_put(out, &link, NULL);
    dx_html_put(out, dx_note_text(note));
    dx_buf_puts(out, *query ? "</a>" : "");
    dx_buf_puts(out, kind == DX_NOTE_SPELLING ? "?" : "");
    if (kind == DX_NOTE_RENAMED)
        dx_buf_printf(out, " (sáp nhập, đổi tên từ %s)",
            dx_date_text(DX_VIETNAMESE, dx_note_detail(note), date));
    if (kinds[kind].counts)
        put_literal_link(out, o->view);
    dx_buf_puts(out, "</p>\n");
}

static void put_warning(const dx_output *o, const dx_warning *w)
{
    dx_buf_puts(o->out, "<p class=\"note\">");
    dx_html_put(o->out, dx_warning_text(w, "vi"));
    dx_buf_puts(o->out, "</p>\n");
}

static void put_begin(const dx_output *o)
{
    const dx_view *view = o->view;

    put_head(o->out, *view->like ? "Bài tương tự" : view->query);
    put_form(o->out, view->query, view->articles);
}

static void open_hits(const dx_output *o)
{
    put_summary(o);
    if (o->shown == 0) {
        put_nothing(o->out, o->view);
        return;
    }
    if (!*o->view->like)
        dx_narrow_put_orders(o);
    dx_buf_printf(o->out, "<div class=\"found\">\n<ol start=\"%u\">\n",
        o->view->offset + 1);
}

/* Beside or below the hits, what narrows them down. */
static void put_end(const dx_output *o)
{
    if (o->shown > 0) {
        dx_buf_puts(o->out, "</ol>\n");
        if (!*o->view->like)
            dx_narrow_put_filters(o);
        dx_buf_puts(o->out, "</div>\n");
    }
    put_pages(o->out, o->view, o->has_more);
    put_foot(o->out);
}

static void put_failure(dx_buf *out, const dx_view *view, const dx_failure *why)
{
    const char *title = why->title[view->language];

    put_head(out, title);
    dx_buf_puts(out, "<main>\n<h1>");
    dx_html_put(out, title);
    dx_buf_puts(out, "</h1>\n<p>");
    dx_html_put(out, why->text[view->language]);
    dx_buf_puts(out, "</p>\n");
    put_foot(out);
}

const dx_format dx_format_html = {.name = "html", .mime = "text/html",
    .use = DX_FORMAT_WEB, .facets = FACET_VALUES, .begin = put_begin, .warning = put_warning,
    .note = put_note, .hits = open_hits, .hit = put_hit, .others = put_others, .end = put_end,
    .fail = put_failure, .start = put_start};
