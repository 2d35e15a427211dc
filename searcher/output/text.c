/* Results as a person reads them, on a terminal or in a file. */
#include "searcher/output/text.h"

#include <stdio.h>
#include <string.h>

#include "common/cli/number.h"
#include "searcher/output/messages.h"
#include "searcher/output/wrap.h"

#define SIMILAR_BYTES 64

#define SGR_RESET "\x1B[0m"
#define SGR_TITLE "\x1B[1m"
#define SGR_ADDRESS "\x1B[32m"
#define SGR_MARKED "\x1B[1;31m"

static dx_wrap plain_lines(const dx_output *o)
{
    return (dx_wrap){.out = o->out, .width = o->view->columns, .style = "",
        .marked = "", .reset = ""};
}

static void put_line(const dx_output *o, const char *text)
{
    dx_wrap w = plain_lines(o);

    dx_wrap_put(&w, text);
    dx_wrap_end(&w);
}

/* ---- one hit ---- */

static void begin(dx_wrap *w, const dx_view *view, const char *sgr)
{
    w->style = view->color ? sgr : "";
    w->marked = view->color ? SGR_MARKED : "";
    w->reset = view->color ? SGR_RESET : "";
}

static void put_indent(dx_wrap *w)
{
    while (w->column < w->indent) {
        dx_buf_putc(w->out, ' ');
        w->column++;
    }
}

static void put_address(dx_wrap *w, const char *address, const dx_view *view)
{
    if (!*address)
        return;
    put_indent(w);
    begin(w, view, SGR_ADDRESS);
    dx_wrap_put(w, address);
    dx_wrap_end(w);
}

/* With what finds those that are the same, in one piece to be copied. */
static void put_similar(dx_wrap *w, const dx_hit *hit, const dx_view *view)
{
    char text[SIMILAR_BYTES];
    dx_buf filter;

    snprintf(text, sizeof text, dx_message_text(view->language, DX_SAY_SIMILAR),
        dx_hit_similar(hit));
    dx_buf_init(&filter, 1u << 16);
    dx_buf_printf(&filter, "dup:\"%s\"", dx_hit_field(hit, "id"));
    put_indent(w);
    begin(w, view, "");
    dx_wrap_put(w, text);
    dx_wrap_put(w, ": ");
    dx_wrap_put(w, dx_buf_cstr(&filter));
    dx_wrap_end(w);
    dx_buf_free(&filter);
}

/* Date, source and, on lines of their own so that they can be copied, where the
 * article is and, unless that is the same, its id. */
static void put_facts(dx_wrap *w, const dx_hit *hit, const dx_output *o)
{
    const dx_view *view = o->view;
    char date[DX_FORMAT_BYTES], page[32] = "";
    const char *url = dx_hit_field(hit, "url");
    const char *address = *url ? url : dx_hit_field(hit, "path");

    uint32_t number = dx_hit_page(hit);
    if (number)
        snprintf(page, sizeof page,
            dx_message_text(view->language, DX_SAY_PAGE), number);
    const char *facts[] = {
        dx_date_text(view->language, dx_hit_field(hit, "date"), date),
        dx_hit_field(hit, "source"), page,
        dx_hit_is_partial(hit)
            ? dx_message_text(view->language, DX_SAY_PARTIAL)
            : "",
        dx_results_indexes(o->rs) > 1 ? dx_hit_field(hit, "index") : ""};

    begin(w, view, "");
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (!*facts[i])
            continue;
        if (w->column > 0)
            dx_wrap_put(w, " · ");
        put_indent(w);
        dx_wrap_put(w, facts[i]);
    }
    if (w->column > 0)
        dx_wrap_end(w);
    put_address(w, address, view);
    if (dx_hit_similar(hit))
        put_similar(w, hit, view);
    const char *id = dx_hit_field(hit, "id");
    if (strcmp(id, address) == 0)
        return;
    put_indent(w);
    begin(w, view, "");
    dx_wrap_put(w, dx_message_text(view->language, DX_SAY_ID));
    dx_wrap_put(w, " ");
    dx_wrap_put(w, id);
    dx_wrap_end(w);
}

static void put_hit(dx_wrap *w, const dx_hit *hit, const dx_output *o)
{
    dx_snippet_options marks = DX_SNIPPET_INIT;
    char rank[16];
    int len = snprintf(rank, sizeof rank, "%lu. ",
        (unsigned long)dx_hit_rank(hit) + 1);

    marks.mark_open = DX_WRAP_MARK_OPEN;
    marks.mark_close = DX_WRAP_MARK_CLOSE;
    marks.escape_html = false;
    dx_wrap_end(w);
    for (; w->column + (unsigned)len < w->indent; w->column++)
        dx_buf_putc(w->out, ' ');
    dx_buf_puts(w->out, rank);
    w->column = w->indent;
    begin(w, o->view, SGR_TITLE);
    dx_wrap_put(w, dx_hit_title(hit, &marks));
    dx_wrap_end(w);
    put_facts(w, hit, o);
    const char *snippet = dx_hit_snippet(hit, &marks);
    if (!*snippet)
        return;
    put_indent(w);
    begin(w, o->view, "");
    dx_wrap_put(w, snippet);
    dx_wrap_end(w);
}

/* ---- the page ---- */

static const char *others_text(const dx_output *o, char out[DX_FORMAT_BYTES])
{
    return dx_number_text(o->view->language,
        dx_results_total(o->rs) - dx_results_exact(o->rs), out);
}

/* Above those that do not have everything to the letter. */
static void put_others(const dx_output *o)
{
    char number[DX_FORMAT_BYTES], text[256];

    snprintf(text, sizeof text, dx_message_text(o->view->language, DX_SAY_LOOSE),
        others_text(o, number));
    dx_buf_putc(o->out, '\n');
    put_line(o, text);
}

/* Columns of "N. " with the largest rank on the page. */
static unsigned indent_for(uint32_t last_rank)
{
    unsigned columns = 3;

    for (uint32_t n = last_rank; n >= 10; n /= 10)
        columns++;
    return columns;
}

static void put_text_hit(const dx_output *o, const dx_hit *hit)
{
    dx_wrap w = {.out = o->out, .width = o->view->columns,
        .indent = indent_for(o->view->offset + o->shown)};

    put_hit(&w, hit, o);
}

/* A batch's query has a heading. */
static void put_heading(const dx_output *o)
{
    dx_buf heading;

    if (!o->view->qid)
        return;
    dx_buf_init(&heading, o->out->max);
    dx_buf_printf(&heading, dx_message_text(o->view->language, DX_SAY_QUERY),
        o->view->qid, o->view->query);
    dx_wrap_put_clean(o->out, dx_buf_cstr(&heading));
    dx_buf_putc(o->out, '\n');
    dx_buf_free(&heading);
}

/* "11–20", or "11" alone. */
static const char *range_text(dx_language l, uint32_t first, uint32_t last,
    char out[2 * DX_FORMAT_BYTES])
{
    char a[DX_FORMAT_BYTES], b[DX_FORMAT_BYTES];
    bool is_one = first == last;

    snprintf(out, (size_t)2 * DX_FORMAT_BYTES, "%s%s%s",
        dx_number_text(l, first, a), is_one ? "" : "–",
        is_one ? "" : dx_number_text(l, last, b));
    return out;
}

/* How many have everything; of what part they are, if there are two. */
static void count_all(const dx_output *o, char text[128])
{
    char number[DX_FORMAT_BYTES], all[64];
    dx_language l = o->view->language;
    bool scopes = dx_output_has_scopes(o);
    uint64_t count = scopes ? dx_results_exact(o->rs) : dx_results_total(o->rs);

    snprintf(all, sizeof all,
        dx_message_text(l, count == 1 ? DX_SAY_ONE_ARTICLE : DX_SAY_ARTICLES),
        dx_number_text(l, count, number));
    if (scopes)
        snprintf(text, 128, dx_message_text(l, DX_SAY_SCOPES), all,
            others_text(o, number));
    else
        snprintf(text, 128, "%s", all);
}

static void put_all(const dx_output *o, const char *ms, char text[256])
{
    char all[128], range[2 * DX_FORMAT_BYTES];
    dx_language l = o->view->language;
    uint32_t first = o->view->offset;

    count_all(o, all);
    if (o->shown > 0 && o->shown < dx_results_total(o->rs))
        snprintf(text, 256, dx_message_text(l, DX_SAY_FOUND_SHOWN), all,
            range_text(l, first + 1, first + o->shown, range), ms);
    else
        snprintf(text, 256, dx_message_text(l, DX_SAY_FOUND), all, ms);
}

static void put_summary(const dx_output *o)
{
    char a[DX_FORMAT_BYTES], b[DX_FORMAT_BYTES], c[DX_FORMAT_BYTES], text[256];
    dx_language l = o->view->language;
    uint64_t total = dx_results_total(o->rs);
    const char *all = dx_number_text(l, total, a);
    uint64_t partial = dx_output_partial(o);
    const char *some = dx_number_text(l, partial, b);
    const char *ms = dx_milliseconds_text(l, dx_results_time_ms(o->rs), c);

    if (total == 0 && partial > 0)
        snprintf(text, sizeof text, dx_message_text(l, DX_SAY_ONLY_PARTIAL),
            some, ms);
    else if (total == 0)
        snprintf(text, sizeof text, dx_message_text(l, DX_SAY_NOTHING), ms);
    else if (partial > 0)
        snprintf(text, sizeof text, dx_message_text(l, DX_SAY_ALL_AND_PARTIAL),
            all, some, ms);
    else
        put_all(o, ms, text);
    put_line(o, text);
    if (total + partial > 0 && o->shown == 0)
        put_line(o, dx_message_text(l, DX_SAY_PAST_LAST));
    else if (o->shown == 0)
        put_line(o, dx_message_text(l, DX_SAY_HINT));
}

static void put_note(const dx_output *o, const dx_note *note)
{
    static const dx_message messages[] = {
        [DX_NOTE_READING] = DX_SAY_NOTE_READING,
        [DX_NOTE_KEYS] = DX_SAY_NOTE_KEYS,
        [DX_NOTE_CORRECTED] = DX_SAY_NOTE_CORRECTED,
        [DX_NOTE_SPELLING] = DX_SAY_NOTE_SPELLING,
        [DX_NOTE_ABBREVIATION] = DX_SAY_NOTE_ABBREVIATION,
        [DX_NOTE_RENAMED] = DX_SAY_NOTE_RENAMED,
        [DX_NOTE_LIKE] = DX_SAY_NOTE_LIKE,
        [DX_NOTE_PARTLY_READ] = DX_SAY_NOTE_PARTLY_READ};
    dx_language l = o->view->language;
    char date[DX_FORMAT_BYTES];
    dx_buf text;

    dx_buf_init(&text, o->out->max);
    dx_buf_printf(&text, dx_message_text(l, messages[dx_note_kind_of(note)]),
        dx_note_text(note), dx_date_text(l, dx_note_detail(note), date));
    put_line(o, dx_buf_cstr(&text));
    dx_buf_free(&text);
}

static bool same_field(const dx_facet *a, const dx_facet *b)
{
    return a && b && strcmp(dx_facet_field(a), dx_facet_field(b)) == 0;
}

/* A line for each field, with its first value: "province: Bắc Giang 12, Hà Nội 7". */
static void put_facet(const dx_output *o, const dx_facet *first)
{
    dx_wrap w = plain_lines(o);
    char number[DX_FORMAT_BYTES];
    const dx_facet *f = first;

    if (o->number > 0 && same_field(dx_results_facet(o->rs, o->number - 1), f))
        return;
    dx_wrap_put(&w, dx_facet_field(f));
    for (uint32_t i = o->number; same_field(first, f);
         f = dx_results_facet(o->rs, ++i)) {
        dx_wrap_put(&w, f == first ? ": " : ", ");
        dx_wrap_put(&w, dx_facet_value(f));
        dx_wrap_put(&w, " ");
        dx_wrap_put(&w, dx_number_text(o->view->language, dx_facet_count(f),
                            number));
    }
    dx_wrap_end(&w);
}

static void put_end(const dx_output *o)
{
    if (o->view->qid)
        dx_buf_putc(o->out, '\n');
}

const dx_format dx_format_text = {.name = "text", .mime = "text/plain",
    .use = DX_FORMAT_TERMINAL, .begin = put_heading, .note = put_note,
    .hits = put_summary, .hit = put_text_hit, .others = put_others, .facet = put_facet,
    .end = put_end};
