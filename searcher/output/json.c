/* Results as a JSON object (docs/json.md). */
#include "searcher/output/json.h"

#include <math.h>
#include <string.h>

#include "common/base/escape.h"
#include "common/base/mem.h"
#include "common/base/status.h"
#include "common/index/field/field.h"
#include "searcher/output/article.h"

#define JSON_BYTES_MAX ((size_t)1 << 30)
#define SNIPPET_BYTES_MAX ((size_t)1 << 20)

/* JSON has no infinity and no NaN, which only a damaged index could bring. */
static void put_number(dx_buf *out, const char *key, double value)
{
    dx_buf_printf(out, ",\"%s\":%.6f", key, isfinite(value) ? value : 0.0);
}

static void put_bool(dx_buf *out, const char *key, bool value)
{
    dx_buf_printf(out, ",\"%s\":%s", key, value ? "true" : "false");
}

/* The object is stored as the indexer's JSON library wrote it. */
static void put_extra(dx_buf *out, const char *extra)
{
    size_t len = strlen(extra);
    bool is_object = len >= 2 && extra[0] == '{' && extra[len - 1] == '}';

    dx_buf_puts(out, ",\"extra\":");
    dx_buf_puts(out, is_object ? extra : "{}");
}

/* Marks that no passage has in it: blanks stand for control characters there. */
#define MARK_OPEN "\1"
#define MARK_CLOSE "\2"

static void put_marked(dx_buf *out, const char *passage, bool as_html)
{
    for (const char *p = passage; *p; p++) {
        const char *entity = dx_html_entity((unsigned char)*p);
        if (*p == *MARK_OPEN)
            dx_buf_puts(out, as_html ? "<b>" : "");
        else if (*p == *MARK_CLOSE)
            dx_buf_puts(out, as_html ? "</b>" : "");
        else if (as_html && entity)
            dx_buf_puts(out, entity);
        else
            dx_buf_putc(out, *p);
    }
}

/* A passage with such marks, as plain text and as HTML under the two names: to choose and
 * write it is most of the work of a hit, so both come from one. `view` NULL wants both. */
static void put_both(dx_buf *out, const dx_view *view, const char *const names[2],
    const char *passage)
{
    dx_buf text;

    dx_buf_init(&text, JSON_BYTES_MAX);
    for (int as_html = 0; as_html < 2; as_html++) {
        if (view && !dx_view_wants(view, names[as_html]))
            continue;
        dx_buf_clear(&text);
        put_marked(&text, passage, as_html);
        dx_buf_latch(out, &text);
        dx_json_put_member(out, names[as_html], dx_buf_cstr(&text));
    }
    dx_buf_free(&text);
}

static dx_snippet_options marked_options(void)
{
    dx_snippet_options marked = DX_SNIPPET_INIT;

    marked.mark_open = MARK_OPEN;
    marked.mark_close = MARK_CLOSE;
    marked.escape_html = false;
    return marked;
}

static void put_snippets(const dx_output *o, const dx_hit *hit)
{
    static const char *const names[] = {"snippet", "snippet_html"};
    dx_snippet_options marked = marked_options();

    if (dx_view_wants(o->view, names[0]) || dx_view_wants(o->view, names[1]))
        put_both(o->out, o->view, names, dx_hit_snippet(hit, &marked));
}

/* What was not asked for is not made, either. */
static void put_texts(const dx_output *o, const dx_hit *hit)
{
    dx_snippet_options html = DX_SNIPPET_INIT;

    if (dx_view_wants(o->view, "title"))
        dx_json_put_member(o->out, "title", dx_hit_field(hit, "title"));
    if (dx_view_wants(o->view, "title_html"))
        dx_json_put_member(o->out, "title_html", dx_hit_title(hit, &html));
    put_snippets(o, hit);
}

/* Of the others only those that the article has. */
static void put_fields(const dx_output *o, const dx_hit *hit)
{
    bool hide_paths = o->view->is_web;

    for (unsigned f = DX_TEXT_FIELDS; f < DX_FIELDS; f++) {
        const char *name = dx_fields[f].name;
        const char *value = dx_hit_field(hit, name);
        bool always = dx_fields[f].show & DX_SHOW_ALWAYS;
        if (f == DX_FIELD_ID || f == DX_FIELD_EXTRA || (!always && !*value) ||
            (dx_fields[f].show & DX_SHOW_NEVER) || !dx_view_wants(o->view, name))
            continue;
        dx_json_put_member(o->out, name, f == DX_FIELD_PATH && hide_paths ? "" : value);
    }
}

static void put_similar_ids(dx_buf *out, const dx_view *view, const dx_hit *hit)
{
    const dx_hit *other;

    dx_buf_puts(out, ",\"similar_ids\":[");
    for (uint32_t i = 0; (other = dx_hit_similar_hit(hit, i)); i++) {
        dx_buf_puts(out, i > 0 ? "," : "");
        dx_json_put(out, dx_str_from(dx_view_id(view, other)));
    }
    dx_buf_putc(out, ']');
}

static void put_standing(const dx_output *o, const dx_hit *hit)
{
    const dx_view *view = o->view;
    dx_buf *out = o->out;

    uint32_t page = dx_view_wants(view, "page") ? dx_hit_page(hit) : 0;
    if (page)
        dx_buf_printf(out, ",\"page\":%lu", (unsigned long)page);
    if (dx_view_wants(view, "score"))
        put_number(out, "score", dx_hit_score(hit));
    if (dx_view_wants(view, "partial"))
        put_bool(out, "partial", dx_hit_is_partial(hit));
    if (dx_view_wants(view, "loose"))
        put_bool(out, "loose", dx_hit_is_loose(hit));
    if (dx_hit_is_pinned(hit) && dx_view_wants(view, "pinned"))
        put_bool(out, "pinned", true);
    if (dx_view_wants(view, "similar"))
        dx_buf_printf(out, ",\"similar\":%u", dx_hit_similar(hit));
    if (dx_view_wants(view, "similar_ids"))
        put_similar_ids(out, view, hit);
    if (dx_results_indexes(o->rs) > 1 && dx_view_wants(view, "index"))
        dx_json_put_member(out, "index", dx_view_index(view, hit));
    if (dx_view_wants(view, "extra"))
        put_extra(out, dx_hit_field(hit, "extra"));
}

/* Each member with a comma before it; that of the first becomes the bracket. */
static void put_hit(const dx_output *o, const dx_hit *hit)
{
    dx_buf *out = o->out;

    dx_buf_puts(out, o->number > 0 ? "," : "");
    size_t start = out->len;
    if (dx_view_wants(o->view, "rank"))
        dx_buf_printf(out, ",\"rank\":%lu", (unsigned long)dx_hit_rank(hit) + 1);
    if (dx_view_wants(o->view, "id"))
        dx_json_put_member(out, "id", dx_view_id(o->view, hit));
    put_texts(o, hit);
    put_fields(o, hit);
    put_standing(o, hit);
    if (out->len == start)
        dx_buf_putc(out, '{');
    else
        out->data[start] = '{';
    dx_buf_putc(out, '}');
}

static void open_object(dx_buf *out, const dx_view *view)
{
    dx_buf_puts(out, "{\"version\":" DX_JSON_VERSION);
    dx_json_put_member(out, "qid", view->qid);
}

static void put_count(dx_buf *out, const char *key, bool counted, uint64_t count)
{
    if (counted)
        dx_buf_printf(out, ",\"%s\":%llu", key, (unsigned long long)count);
    else
        dx_buf_printf(out, ",\"%s\":null", key);
}

/* To count these takes as long as the search, so on the web it is done by wish, and where the
 * page is about them: facets are counted over the exact ones. */
static void put_counts(const dx_output *o)
{
    bool all = !o->view->is_web || o->view->counts;
    bool exact = all || dx_results_facet(o->rs, 0);
    bool partial = all || o->partial > 0 || o->shown == 0;

    put_count(o->out, "exact", exact, exact ? dx_results_exact(o->rs) : 0);
    put_count(o->out, "partial_total", partial,
        partial ? dx_results_partial(o->rs) : 0);
}

static void put_begin(const dx_output *o)
{
    dx_buf *out = o->out;

    open_object(out, o->view);
    dx_json_put_member(out, "query", o->view->query);
    if (*o->view->like)
        dx_json_put_member(out, "like", o->view->like);
    dx_buf_printf(out, ",\"total\":%llu",
        (unsigned long long)dx_results_total(o->rs));
    put_counts(o);
    if (!o->view->is_web)
        dx_buf_printf(out, ",\"time_ms\":%.3f", dx_results_time_ms(o->rs));
    put_bool(out, "timed_out", dx_results_timed_out(o->rs));
    dx_buf_puts(out, ",\"warnings\":[");
}

static void put_warning(const dx_output *o, const dx_warning *w)
{
    dx_buf_puts(o->out, o->number > 0 ? ",{\"vi\":" : "{\"vi\":");
    dx_json_put(o->out, dx_str_from(dx_warning_text(w, "vi")));
    dx_json_put_member(o->out, "en", dx_warning_text(w, "en"));
    dx_buf_printf(o->out, ",\"start\":%u,\"end\":%u}", dx_warning_start(w),
        dx_warning_end(w));
}

/* Ends the warnings. */
static void open_notes(const dx_output *o)
{
    dx_buf_puts(o->out, "],\"notes\":[");
}

static void put_note(const dx_output *o, const dx_note *note)
{
    static const char *const kinds[] = {[DX_NOTE_READING] = "reading",
        [DX_NOTE_KEYS] = "keys", [DX_NOTE_CORRECTED] = "corrected",
        [DX_NOTE_SPELLING] = "spelling",
        [DX_NOTE_ABBREVIATION] = "abbreviation",
        [DX_NOTE_RENAMED] = "renamed", [DX_NOTE_LIKE] = "like",
        [DX_NOTE_PARTLY_READ] = "partly-read"};

    if (o->number == 0)
        open_notes(o);
    dx_buf_printf(o->out, "%s{\"kind\":\"%s\"", o->number > 0 ? "," : "",
        kinds[dx_note_kind_of(note)]);
    dx_json_put_member(o->out, "text", dx_note_text(note));
    dx_json_put_member(o->out, "detail", dx_note_detail(note));
    dx_json_put_member(o->out, "query", dx_note_query(note));
    dx_buf_putc(o->out, '}');
}

static void open_hits(const dx_output *o)
{
    if (!dx_results_note(o->rs, 0))
        open_notes(o);
    dx_buf_printf(o->out, "],\"offset\":%lu,\"hits\":[",
        (unsigned long)o->view->offset);
}

/* Only where they were asked for. */
static void put_facet(const dx_output *o, const dx_facet *f)
{
    const char *field = dx_facet_field(f);
    const dx_facet *before =
        o->number > 0 ? dx_results_facet(o->rs, o->number - 1) : NULL;

    if (before && strcmp(field, dx_facet_field(before)) == 0)
        dx_buf_putc(o->out, ',');
    else
        dx_buf_printf(o->out, "],%s\"%s\":[", before ? "" : "\"facets\":{",
            field);
    dx_buf_puts(o->out, "{\"value\":");
    dx_json_put(o->out, dx_str_from(dx_facet_value(f)));
    dx_buf_printf(o->out, ",\"count\":%llu}",
        (unsigned long long)dx_facet_count(f));
}

static void put_end(const dx_output *o)
{
    dx_buf_puts(o->out, dx_results_facet(o->rs, 0) ? "]}}\n" : "]}\n");
}

static void put_failure(dx_buf *out, const dx_view *view, const dx_failure *why)
{
    open_object(out, view);
    dx_buf_puts(out, ",\"error\":{\"code\":");
    dx_json_put(out, dx_str_from(why->code));
    dx_json_put_member(out, "message_vi", why->title[DX_VIETNAMESE]);
    dx_json_put_member(out, "message_en", why->title[DX_ENGLISH]);
    dx_buf_puts(out, "}}\n");
}

/* ---- an article ---- */

static void put_article_text(dx_buf *out, const dx_view *view, const dx_hit *hit)
{
    static const char *const names[] = {"text", "text_html"};
    dx_snippet_options html = DX_SNIPPET_INIT, marked = marked_options();

    dx_json_put_member(out, "title", dx_hit_field(hit, "title"));
    dx_json_put_member(out, "title_html", dx_hit_title(hit, &html));
    put_both(out, NULL, names, dx_article_text(view, hit, &marked));
}

static void put_article(dx_buf *out, const dx_view *view, const dx_results *rs,
    const dx_results *similar)
{
    const dx_output o = {.out = out, .view = view, .rs = rs};
    const dx_hit *hit = dx_results_hit(rs, 0);

    open_object(out, view);
    dx_json_put_member(out, "query", view->query);
    dx_buf_puts(out, ",\"article\":{\"id\":");
    dx_json_put(out, dx_str_from(dx_view_id(view, hit)));
    put_article_text(out, view, hit);
    put_fields(&o, hit);
    put_extra(out, dx_hit_field(hit, "extra"));
    dx_buf_puts(out, "},\"similar\":[");
    for (uint32_t i = 0; (hit = dx_results_hit(similar, i)) != NULL; i++) {
        dx_buf_puts(out, i > 0 ? ",{\"id\":" : "{\"id\":");
        dx_json_put(out, dx_str_from(dx_view_id(view, hit)));
        dx_json_put_member(out, "title", dx_hit_field(hit, "title"));
        dx_json_put_member(out, "date", dx_hit_field(hit, "date"));
        dx_json_put_member(out, "url", dx_hit_field(hit, "url"));
        dx_buf_putc(out, '}');
    }
    dx_buf_puts(out, "]}\n");
}

dx_status dx_results_json(const dx_results *rs, char **json, dx_error *err)
{
    dx_view view = {.query = dx_results_query(rs), .like = dx_results_like(rs),
        .offset = dx_results_offset(rs), .hits_max = dx_results_count(rs)};
    dx_buf out;

    if (json)
        *json = NULL;
    if (!rs || !json)
        return dx_fail(err, DX_ERR_INVALID,
            "dx_results_json: an argument that must not be NULL is NULL");
    dx_buf_init(&out, JSON_BYTES_MAX);
    dx_format_write(&dx_format_json, &view, rs, &out);
    dx_status rc = dx_results_check(rs, err);
    if (rc != DX_OK) {
        dx_buf_free(&out);
        return rc;
    }
    rc = out.status;
    if (rc == DX_OK) {
        *json = dx_strndup((const char *)out.data, out.len - 1);
        rc = *json ? DX_OK : DX_ERR_NOMEM;
    }
    dx_buf_free(&out);
    return rc == DX_OK ? rc : dx_fail(err, rc, "%s", dx_status_text(rc));
}

const dx_format dx_format_json = {.name = "json", .mime = "application/json",
    .use = DX_FORMAT_TERMINAL | DX_FORMAT_WEB, .begin = put_begin,
    .warning = put_warning, .note = put_note, .hits = open_hits,
    .hit = put_hit, .facet = put_facet, .end = put_end, .fail = put_failure,
    .article = put_article};
