/* What a program reads from the results of a search. */
#include <stdio.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/civil.h"
#include "searcher/answer/answer_internal.h"
#include "searcher/answer/snippet.h"

#define SNIPPET_MAX_BYTES (1u << 20)

uint64_t dx_results_total(const dx_results *rs) { return rs->ranking.total; }

uint32_t dx_results_count(const dx_results *rs)
{
    return rs->ranking.count > rs->request.offset
               ? rs->ranking.count - rs->request.offset
               : 0;
}

double dx_results_time_ms(const dx_results *rs) { return rs->time_ms; }

bool dx_results_timed_out(const dx_results *rs)
{
    return rs->ranking.timed_out;
}

const dx_warning *dx_results_warning(const dx_results *rs, uint32_t i)
{
    return i < rs->query.warning_count ? &rs->query.warnings[i] : NULL;
}

const dx_note *dx_results_note(const dx_results *rs, uint32_t i)
{
    return i < rs->notes.count ? &rs->notes.list[i] : NULL;
}

bool dx_results_facet(const dx_results *rs, uint32_t i, dx_facet *out)
{
    if (i >= rs->facets.count)
        return false;
    *out = rs->facets.at[i];
    return true;
}

void dx_results_free(dx_results *rs)
{
    if (!rs)
        return;
    dx_meta_reader_free(&rs->meta);
    dx_doc_free(&rs->doc);
    dx_doc_free(&rs->words);
    dx_query_free(&rs->query);
    dx_arena_free(&rs->arena);
    dx_free(rs);
}

/* ---- hits ---- */

static dx_segment *segment_of(const dx_results *rs, uint64_t key)
{
    return rs->index->generation.segments[key >> 32];
}

/* Looks the query's words up once a segment. */
static bool asks_few(dx_results *rs, const dx_segment *s)
{
    if (rs->asked_in != s)
        rs->asks_few = dx_highlight_filter(s, &rs->query, rs->request.exact_accents,
            &rs->asked);
    rs->asked_in = s;
    return rs->asks_few;
}

/* Decodes a hit's document once, and no more of it than is asked for. Where its
 * words are located, the title's text is not there until it is filled in. */
static bool load_doc(dx_results *rs, uint64_t key, bool title_only)
{
    const dx_segment *s = segment_of(rs, key);
    dx_doc_state state = title_only        ? DX_DOC_TITLE
                         : asks_few(rs, s) ? DX_DOC_LOCATED
                                           : DX_DOC_WHOLE;

    if (rs->doc_key == key &&
        (rs->doc_state == state || rs->doc_state == DX_DOC_WHOLE))
        return true;
    rs->doc_key = DX_DOC_KEY_NONE;
    dx_status rc = state == DX_DOC_LOCATED
                       ? dx_segment_locate_terms(s, (uint32_t)key, &rs->asked,
                             &rs->doc)
                       : dx_segment_read_doc(s, (uint32_t)key, title_only,
                             &rs->doc);
    if (rc != DX_OK)
        return false;
    rs->doc_key = key;
    rs->doc_state = state;
    if (!title_only)
        rs->range_count = dx_highlight_ranges(s, &rs->query,
            rs->request.exact_accents, &rs->doc, rs->ranges);
    return true;
}

static dx_status fill_doc(void *ctx, uint32_t from, uint32_t end)
{
    dx_results *rs = ctx;

    return dx_segment_fill_text(segment_of(rs, rs->doc_key), from, end,
        &rs->doc, &rs->words);
}

static const char *or_empty(dx_str s) { return s.ptr ? s.ptr : ""; }

static const char *date_text(dx_arena *arena, int32_t day)
{
    char text[32];

    if (day == DX_DATE_UNKNOWN)
        return "";
    dx_civil c = dx_civil_of_day(day);
    int n = snprintf(text, sizeof text, "%04d-%02d-%02d", c.year, c.month,
        c.day);
    const char *copy = dx_arena_strndup(arena, text, (size_t)n);
    return copy ? copy : "";
}

bool dx_results_next(dx_results *rs, dx_hit *hit)
{
    dx_meta meta;

    if (rs->next >= rs->ranking.count)
        return false;
    uint32_t rank = rs->next++;
    const dx_ranked *r = &rs->ranking.hits[rank];
    uint64_t key = (uint64_t)r->segment << 32 | r->doc;
    if (dx_segment_read_meta(segment_of(rs, key), r->doc, &rs->meta, &meta) !=
            DX_OK ||
        !dx_meta_keep(&meta, &rs->arena))
        meta = (dx_meta){.date = DX_DATE_UNKNOWN};
    *hit = (dx_hit){.score = r->score, .rank = rank, .partial = r->partial,
        .similar = r->similar,
        .id = or_empty(meta.id), .title = "",
        .date = date_text(&rs->arena, meta.date),
        .source = or_empty(meta.source), .author = or_empty(meta.author),
        .category = or_empty(meta.category), .tags = or_empty(meta.tags),
        .url = or_empty(meta.url), .path = or_empty(meta.path),
        .extra = or_empty(meta.extra), .doc = key};
    if (load_doc(rs, key, true)) {
        const char *title = dx_arena_strndup(&rs->arena,
            (const char *)rs->doc.text.data,
            rs->doc.field_end[DX_FIELD_TITLE]);
        hit->title = title ? title : "";
    }
    return true;
}

typedef dx_status (*snippet_maker)(const dx_snippet_source *source,
    const dx_id_range *ranges, size_t count, const dx_snippet_options *opt,
    dx_buf *out);

static const char *make_snippet(dx_results *rs, const dx_hit *hit,
    const dx_snippet_options *from, snippet_maker make)
{
    dx_snippet_options opt = DX_SNIPPET_INIT;
    const char *text = NULL;
    dx_buf out;

    if (from)
        memcpy(&opt, from, from->size < sizeof opt ? from->size : sizeof opt);
    if (!load_doc(rs, hit->doc, false))
        return "";
    bool whole = rs->doc_state == DX_DOC_WHOLE;
    dx_snippet_source source = {&rs->doc, whole ? &rs->doc : &rs->words,
        whole ? NULL : fill_doc, rs};
    dx_buf_init(&out, SNIPPET_MAX_BYTES);
    if (make(&source, rs->ranges, rs->range_count, &opt, &out) == DX_OK)
        text = dx_arena_strndup(&rs->arena, (const char *)out.data, out.len);
    dx_buf_free(&out);
    return text ? text : "";
}

const char *dx_hit_snippet(dx_results *rs, const dx_hit *hit,
    const dx_snippet_options *opt)
{
    return make_snippet(rs, hit, opt, dx_snippet_passage);
}

const char *dx_hit_title(dx_results *rs, const dx_hit *hit,
    const dx_snippet_options *opt)
{
    return make_snippet(rs, hit, opt, dx_snippet_title);
}
