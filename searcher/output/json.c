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

static void put_texts(dx_buf *out, dx_results *rs, const dx_hit *hit)
{
    dx_snippet_options html = DX_SNIPPET_INIT, plain = DX_SNIPPET_INIT;

    plain.mark_open = plain.mark_close = "";
    plain.escape_html = false;
    put_string(out, "title", hit->title);
    put_string(out, "title_html", dx_hit_title(rs, hit, &html));
    put_string(out, "snippet", dx_hit_snippet(rs, hit, &plain));
    put_string(out, "snippet_html", dx_hit_snippet(rs, hit, &html));
}

static void put_hit(dx_buf *out, dx_results *rs, const dx_hit *hit,
    const dx_json_page *page)
{
    dx_buf_printf(out, "{\"rank\":%lu", (unsigned long)hit->rank + 1);
    put_string(out, "id", page->hide_paths && strcmp(hit->id, hit->path) == 0
                              ? ""
                              : hit->id);
    put_texts(out, rs, hit);
    put_string(out, "date", hit->date);
    put_string(out, "source", hit->source);
    put_string(out, "author", hit->author);
    put_string(out, "category", hit->category);
    put_string(out, "tags", hit->tags);
    put_string(out, "url", hit->url);
    put_string(out, "path", page->hide_paths ? "" : hit->path);
    put_number(out, "score", hit->score);
    dx_buf_printf(out, ",\"partial\":%s", hit->partial ? "true" : "false");
    dx_buf_printf(out, ",\"similar\":%u", hit->similar);
    put_extra(out, hit->extra);
    dx_buf_putc(out, '}');
}

static void put_warnings(dx_buf *out, const dx_results *rs)
{
    const dx_warning *w;

    dx_buf_puts(out, ",\"warnings\":[");
    for (uint32_t i = 0; (w = dx_results_warning(rs, i)) != NULL; i++) {
        dx_buf_puts(out, i > 0 ? ",{\"vi\":" : "{\"vi\":");
        dx_json_put(out, dx_str_from(w->vi));
        put_string(out, "en", w->en);
        dx_buf_printf(out, ",\"start\":%u,\"end\":%u}", w->start, w->end);
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
            kinds[note->kind]);
        put_string(out, "text", note->text);
        put_string(out, "detail", note->detail);
        put_string(out, "query", note->query);
        dx_buf_putc(out, '}');
    }
    dx_buf_putc(out, ']');
}

/* Only where they were asked for. */
static void put_facets(dx_buf *out, const dx_results *rs)
{
    const char *field = "";
    dx_facet f;

    for (uint32_t i = 0; dx_results_facet(rs, i, &f); i++) {
        if (strcmp(f.field, field) != 0)
            dx_buf_printf(out, "%s\"%s\":[", *field ? "]," : ",\"facets\":{",
                f.field);
        else
            dx_buf_putc(out, ',');
        dx_buf_puts(out, "{\"value\":");
        dx_json_put(out, dx_str_from(f.value));
        dx_buf_printf(out, ",\"count\":%llu}", (unsigned long long)f.count);
        field = f.field;
    }
    dx_buf_puts(out, *field ? "]}" : "");
}

void dx_json_put_results(dx_buf *out, dx_results *rs, const dx_json_page *page)
{
    dx_hit hit;
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
    while (count < page->hits_max && dx_results_next(rs, &hit)) {
        if (count++ > 0)
            dx_buf_putc(out, ',');
        put_hit(out, rs, &hit, page);
    }
    dx_buf_putc(out, ']');
    put_facets(out, rs);
    dx_buf_putc(out, '}');
}
