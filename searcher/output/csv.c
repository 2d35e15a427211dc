/* Hits as a table. */
#include "searcher/output/csv.h"

#include <stdio.h>

#include "common/base/escape.h"
#include "common/index/field/field.h"

#define HITS 100u /* on the web; what people open in a spreadsheet */
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define NUMBER_BYTES 32

/* A line of the table under way. */
typedef struct row {
    const dx_output *o;
    const dx_hit *hit; /* NULL: the line of names */
    bool has_cell;
} row;

/* Those of the columns that were asked for; if none were, the usual ones. */
static bool is_column(const row *r, const char *name, bool is_usual)
{
    const char *fields = r->o->view->fields;

    return fields && *fields ? dx_view_wants(r->o->view, name) : is_usual;
}

static void put_cell(row *r, const char *name, const char *value)
{
    dx_buf_puts(r->o->out, r->has_cell ? "," : "");
    dx_csv_put(r->o->out, r->hit ? value : name);
    r->has_cell = true;
}

static void put_number(row *r, const char *name, double n, int decimals)
{
    char text[NUMBER_BYTES];

    snprintf(text, sizeof text, "%.*f", decimals, n);
    if (is_column(r, name, true))
        put_cell(r, name, text);
}

static void put_snippet(row *r)
{
    dx_snippet_options plain = DX_SNIPPET_INIT;

    plain.mark_open = plain.mark_close = "";
    plain.escape_html = false;
    if (is_column(r, "snippet", true))
        put_cell(r, "snippet", r->hit ? dx_hit_snippet(r->hit, &plain) : "");
}

static void put_fields(row *r)
{
    bool is_web = r->o->view->is_web;

    for (unsigned f = DX_TEXT_FIELDS; f < DX_FIELDS; f++) {
        const char *name = dx_fields[f].name;
        bool is_kept = dx_fields[f].kind != DX_KIND_FOUND &&
                       !(dx_fields[f].show & DX_SHOW_NEVER);
        bool is_hidden = f == DX_FIELD_PATH && is_web;
        if (f == DX_FIELD_ID || !is_kept ||
            !is_column(r, name, dx_fields[f].show & DX_SHOW_ALWAYS && !is_hidden))
            continue;
        put_cell(r, name, is_hidden ? "" : dx_hit_field(r->hit, name));
    }
}

static void put_row(const dx_output *o, const dx_hit *hit)
{
    row r = {.o = o, .hit = hit};

    put_number(&r, "rank", hit ? dx_hit_rank(hit) + 1.0 : 0, 0);
    if (is_column(&r, "id", true))
        put_cell(&r, "id", hit ? dx_view_id(o->view, hit) : "");
    if (is_column(&r, "title", true))
        put_cell(&r, "title", dx_hit_field(hit, "title"));
    put_snippet(&r);
    put_fields(&r);
    put_number(&r, "score", dx_hit_score(hit), 6);
    put_number(&r, "partial", dx_hit_is_partial(hit), 0);
    put_number(&r, "similar", dx_hit_similar(hit), 0);
    if (is_column(&r, "index", dx_results_indexes(o->rs) > 1))
        put_cell(&r, "index", hit ? dx_view_index(o->view, hit) : "");
    dx_buf_puts(o->out, "\r\n");
}

static void put_names(const dx_output *o)
{
    dx_buf_puts(o->out, o->view->is_web ? BYTE_ORDER_MARK : "");
    put_row(o, NULL);
}

const dx_format dx_format_csv = {.name = "csv", .mime = "text/csv",
    .use = DX_FORMAT_TERMINAL | DX_FORMAT_WEB, .file = "tim-kiem.csv", .usual = HITS,
    .begin = put_names, .hit = put_row};
