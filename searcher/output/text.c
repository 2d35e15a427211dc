#include "searcher/output/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/cli/number.h"
#include "common/cli/terminal.h"
#include "searcher/output/messages.h"
#include "searcher/output/wrap.h"

#define SIMILAR_BYTES 64
#define WIDTH_MIN 20u
#define WIDTH_MAX 1000u

#define SGR_RESET "\x1B[0m"
#define SGR_TITLE "\x1B[1m"
#define SGR_ADDRESS "\x1B[32m"
#define SGR_MARKED "\x1B[1;31m"

/* ---- style ---- */

static unsigned page_width(void)
{
    unsigned width = dx_terminal_columns(STDOUT_FILENO);

    return width < WIDTH_MIN   ? WIDTH_MIN
           : width > WIDTH_MAX ? WIDTH_MAX
                               : width;
}

static bool wants_color(dx_color color)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

    if (color != DX_COLOR_AUTO)
        return color == DX_COLOR_ALWAYS;
    return !(no_color && *no_color) && !(term && strcmp(term, "dumb") == 0) &&
           isatty(STDOUT_FILENO);
}

dx_page_style dx_page_style_of(const dx_cli_options *options)
{
    return (dx_page_style){.language = options->language,
        .width = page_width(), .color = wants_color(options->color)};
}

/* ---- one hit ---- */

static void begin(dx_wrap *w, const dx_page_style *style, const char *sgr)
{
    w->style = style->color ? sgr : "";
    w->marked = style->color ? SGR_MARKED : "";
    w->reset = style->color ? SGR_RESET : "";
}

static void put_indent(dx_wrap *w)
{
    while (w->column < w->indent) {
        dx_buf_putc(w->out, ' ');
        w->column++;
    }
}

/* Date, source and, on a line of its own so that it can be copied, where the
 * article is. */
static void put_facts(dx_wrap *w, const dx_hit *hit, const dx_page_style *style)
{
    char date[DX_FORMAT_BYTES], similar[SIMILAR_BYTES] = "";
    if (dx_hit_similar(hit))
        snprintf(similar, sizeof similar,
            dx_message_text(style->language, DX_SAY_SIMILAR),
            dx_hit_similar(hit));
    const char *facts[] = {
        dx_date_text(style->language, dx_hit_field(hit, "date"), date),
        dx_hit_field(hit, "source"),
        dx_hit_is_partial(hit)
            ? dx_message_text(style->language, DX_SAY_PARTIAL)
            : "",
        similar};
    const char *url = dx_hit_field(hit, "url");
    const char *address = *url ? url : dx_hit_field(hit, "path");

    begin(w, style, "");
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
    if (!*address)
        return;
    put_indent(w);
    begin(w, style, SGR_ADDRESS);
    dx_wrap_put(w, address);
    dx_wrap_end(w);
}

static void put_hit(dx_wrap *w, const dx_hit *hit, const dx_page_style *style)
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
    begin(w, style, SGR_TITLE);
    dx_wrap_put(w, dx_hit_title(hit, &marks));
    dx_wrap_end(w);
    put_facts(w, hit, style);
    const char *snippet = dx_hit_snippet(hit, &marks);
    if (!*snippet)
        return;
    put_indent(w);
    begin(w, style, "");
    dx_wrap_put(w, snippet);
    dx_wrap_end(w);
}

/* ---- the page ---- */

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

static void put_summary(dx_wrap *w, dx_language l, dx_results *rs,
    uint32_t first_rank, uint32_t partial)
{
    char a[DX_FORMAT_BYTES], b[DX_FORMAT_BYTES], c[DX_FORMAT_BYTES],
        range[2 * DX_FORMAT_BYTES], text[256];
    uint64_t total = dx_results_total(rs);
    uint32_t count = dx_results_count(rs);
    const char *all = dx_number_text(l, total, a);
    const char *some = dx_number_text(l, partial, b);
    const char *ms = dx_milliseconds_text(l, dx_results_time_ms(rs), c);

    if (total == 0 && partial > 0)
        snprintf(text, sizeof text, dx_message_text(l, DX_SAY_ONLY_PARTIAL),
            some, ms);
    else if (total == 0)
        snprintf(text, sizeof text, dx_message_text(l, DX_SAY_NOTHING), ms);
    else if (partial > 0)
        snprintf(text, sizeof text, dx_message_text(l, DX_SAY_ALL_AND_PARTIAL),
            all, some, ms);
    else if (count > 0 && count < total)
        snprintf(text, sizeof text, dx_message_text(l, DX_SAY_ARTICLES_SHOWN),
            all,
            range_text(l, first_rank + 1, first_rank + count, range), ms);
    else if (total == 1)
        snprintf(text, sizeof text, dx_message_text(l, DX_SAY_ONE_ARTICLE), ms);
    else
        snprintf(text, sizeof text, dx_message_text(l, DX_SAY_ARTICLES), all,
            ms);
    dx_wrap_put(w, text);
    dx_wrap_end(w);
    if (total == 0 && count == 0) {
        dx_wrap_put(w, dx_message_text(l, DX_SAY_HINT));
        dx_wrap_end(w);
    }
}

static void put_notes(dx_wrap *w, dx_language l, const dx_results *rs)
{
    static const dx_message messages[] = {
        [DX_NOTE_READING] = DX_SAY_NOTE_READING,
        [DX_NOTE_KEYS] = DX_SAY_NOTE_KEYS,
        [DX_NOTE_CORRECTED] = DX_SAY_NOTE_CORRECTED,
        [DX_NOTE_SPELLING] = DX_SAY_NOTE_SPELLING,
        [DX_NOTE_ABBREVIATION] = DX_SAY_NOTE_ABBREVIATION,
        [DX_NOTE_RENAMED] = DX_SAY_NOTE_RENAMED,
        [DX_NOTE_LIKE] = DX_SAY_NOTE_LIKE};
    char date[DX_FORMAT_BYTES];
    const dx_note *note;
    dx_buf text;

    for (uint32_t i = 0; (note = dx_results_note(rs, i)) != NULL; i++) {
        dx_buf_init(&text, w->out->max);
        dx_buf_printf(&text, dx_message_text(l, messages[dx_note_kind_of(note)]),
            dx_note_text(note), dx_date_text(l, dx_note_detail(note), date));
        dx_wrap_put(w, dx_buf_cstr(&text));
        dx_wrap_end(w);
        dx_buf_free(&text);
    }
}

/* A line for each field: "province: Bắc Giang 12, Hà Nội 7". */
static void put_facets(dx_wrap *w, dx_language language, const dx_results *rs)
{
    char number[DX_FORMAT_BYTES];
    const char *last = "";
    const dx_facet *f;

    for (uint32_t i = 0; (f = dx_results_facet(rs, i)) != NULL; i++) {
        const char *field = dx_facet_field(f);
        bool same = strcmp(field, last) == 0;
        if (!same && *last)
            dx_wrap_end(w);
        dx_wrap_put(w, same ? ", " : field);
        dx_wrap_put(w, same ? "" : ": ");
        dx_wrap_put(w, dx_facet_value(f));
        dx_wrap_put(w, " ");
        dx_wrap_put(w, dx_number_text(language, dx_facet_count(f), number));
        last = field;
    }
    if (*last)
        dx_wrap_end(w);
}

/* Columns of "N. " with the largest rank on the page. */
static unsigned indent_for(uint32_t last_rank)
{
    unsigned columns = 3;

    for (uint32_t n = last_rank; n >= 10; n /= 10)
        columns++;
    return columns;
}

/* The summary says how many hits are partial, which only the hits tell: so
 * they are written to a buffer of their own first. */
void dx_page_put(dx_buf *out, dx_results *rs, const dx_page_style *style)
{
    dx_buf hits;
    const dx_hit *hit;
    uint32_t first_rank = 0, partial = 0, count = 0;

    dx_buf_init(&hits, out->max);
    dx_wrap w = {.out = &hits, .width = style->width};
    while ((hit = dx_results_next(rs)) != NULL) {
        if (count++ == 0) {
            first_rank = dx_hit_rank(hit);
            w.indent = indent_for(first_rank + dx_results_count(rs));
        }
        partial += dx_hit_is_partial(hit);
        put_hit(&w, hit, style);
    }
    dx_wrap head = {.out = out, .width = style->width, .style = "",
        .marked = "", .reset = ""};
    put_notes(&head, style->language, rs);
    put_summary(&head, style->language, rs, first_rank, partial);
    dx_buf_put(out, hits.data, hits.len);
    put_facets(&head, style->language, rs);
    if (hits.status != DX_OK && out->status == DX_OK)
        out->status = hits.status;
    dx_buf_free(&hits);
}
