#include "searcher/output/json.h"

#include <math.h>
#include <string.h>

#include "common/base/json.h"

static void put_string(dx_buf *out, const char *key, const char *value)
{
    dx_buf_printf(out, ",\"%s\":", key);
    dx_json_put(out, dx_str_from(value));
}

/* JSON has no infinity and no NaN, which only a damaged index could bring. */
static void put_number(dx_buf *out, const char *key, double value)
{
    dx_buf_printf(out, ",\"%s\":%.6f", key, isfinite(value) ? value : 0.0);
}

/* The object is stored as the indexer's JSON library wrote it. */
static void put_extra(dx_buf *out, const char *extra)
{
    size_t len = strlen(extra);
    bool is_object = len >= 2 && extra[0] == '{' && extra[len - 1] == '}';

    dx_buf_puts(out, ",\"extra\":");
    dx_buf_puts(out, is_object ? extra : "{}");
}

static void put_texts(dx_buf *out, const dx_hit *hit)
{
    dx_snippet_options html = DX_SNIPPET_INIT, plain = DX_SNIPPET_INIT;

    plain.mark_open = plain.mark_close = "";
    plain.escape_html = false;
    put_string(out, "title", dx_hit_field(hit, "title"));
    put_string(out, "title_html", dx_hit_title(hit, &html));
    put_string(out, "snippet", dx_hit_snippet(hit, &plain));
    put_string(out, "snippet_html", dx_hit_snippet(hit, &html));
}

static void put_hit(dx_buf *out, const dx_hit *hit, const dx_json_page *page)
{
    static const char *const fields[] = {"date", "source", "author",
        "category", "tags", "url"};
    const char *id = dx_hit_field(hit, "id");
    const char *path = dx_hit_field(hit, "path");

    dx_buf_printf(out, "{\"rank\":%lu", (unsigned long)dx_hit_rank(hit) + 1);
    put_string(out, "id",
        page->hide_paths && strcmp(id, path) == 0 ? "" : id);
    put_texts(out, hit);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        put_string(out, fields[i], dx_hit_field(hit, fields[i]));
    put_string(out, "path", page->hide_paths ? "" : path);
    put_number(out, "score", dx_hit_score(hit));
    dx_buf_printf(out, ",\"partial\":%s",
        dx_hit_is_partial(hit) ? "true" : "false");
    dx_buf_printf(out, ",\"similar\":%u", dx_hit_similar(hit));
    put_extra(out, dx_hit_field(hit, "extra"));
    dx_buf_putc(out, '}');
}

static void put_warnings(dx_buf *out, const dx_results *rs)
{
    const dx_warning *w;

    dx_buf_puts(out, ",\"warnings\":[");
    for (uint32_t i = 0; (w = dx_results_warning(rs, i)) != NULL; i++) {
        dx_buf_puts(out, i > 0 ? ",{\"vi\":" : "{\"vi\":");
        dx_json_put(out, dx_str_from(dx_warning_text(w, "vi")));
        put_string(out, "en", dx_warning_text(w, "en"));
        dx_buf_printf(out, ",\"start\":%u,\"end\":%u}", dx_warning_start(w),
            dx_warning_end(w));
    }
    dx_buf_putc(out, ']');
}

static void put_notes(dx_buf *out, const dx_results *rs)
{
    static const char *const kinds[] = {[DX_NOTE_READING] = "reading",
        [DX_NOTE_KEYS] = "keys", [DX_NOTE_CORRECTED] = "corrected",
        [DX_NOTE_SPELLING] = "spelling",
        [DX_NOTE_ABBREVIATION] = "abbreviation",
        [DX_NOTE_RENAMED] = "renamed", [DX_NOTE_LIKE] = "like"};
    const dx_note *note;

    dx_buf_puts(out, ",\"notes\":[");
    for (uint32_t i = 0; (note = dx_results_note(rs, i)) != NULL; i++) {
        dx_buf_printf(out, "%s{\"kind\":\"%s\"", i > 0 ? "," : "",
            kinds[dx_note_kind_of(note)]);
        put_string(out, "text", dx_note_text(note));
        put_string(out, "detail", dx_note_detail(note));
        put_string(out, "query", dx_note_query(note));
        dx_buf_putc(out, '}');
    }
    dx_buf_putc(out, ']');
}

/* Only where they were asked for. */
static void put_facets(dx_buf *out, const dx_results *rs)
{
    const char *last = "";
    const dx_facet *f;

    for (uint32_t i = 0; (f = dx_results_facet(rs, i)) != NULL; i++) {
        const char *field = dx_facet_field(f);
        if (strcmp(field, last) != 0)
            dx_buf_printf(out, "%s\"%s\":[", *last ? "]," : ",\"facets\":{",
                field);
        else
            dx_buf_putc(out, ',');
        dx_buf_puts(out, "{\"value\":");
        dx_json_put(out, dx_str_from(dx_facet_value(f)));
        dx_buf_printf(out, ",\"count\":%llu}",
            (unsigned long long)dx_facet_count(f));
        last = field;
    }
    dx_buf_puts(out, *last ? "]}" : "");
}

void dx_json_put_results(dx_buf *out, dx_results *rs, const dx_json_page *page)
{
    const dx_hit *hit;
    uint32_t count = 0;

    dx_buf_putc(out, '{');
    if (page->qid) {
        dx_buf_puts(out, "\"qid\":");
        dx_json_put(out, dx_str_from(page->qid));
        dx_buf_putc(out, ',');
    }
    dx_buf_puts(out, "\"query\":");
    dx_json_put(out, dx_str_from(page->query));
    if (page->like)
        put_string(out, "like", page->like);
    dx_buf_printf(out, ",\"total\":%llu",
        (unsigned long long)dx_results_total(rs));
    dx_buf_printf(out, ",\"time_ms\":%.3f", dx_results_time_ms(rs));
    dx_buf_printf(out, ",\"timed_out\":%s",
        dx_results_timed_out(rs) ? "true" : "false");
    put_warnings(out, rs);
    put_notes(out, rs);
    dx_buf_printf(out, ",\"offset\":%lu,\"hits\":[",
        (unsigned long)page->offset);
    while (count < page->hits_max && (hit = dx_results_next(rs)) != NULL) {
        if (count++ > 0)
            dx_buf_putc(out, ',');
        put_hit(out, hit, page);
    }
    dx_buf_putc(out, ']');
    put_facets(out, rs);
    dx_buf_putc(out, '}');
}
