/* How results begin and end, and what a program reads from them. */
#include "searcher/answer/results.h"

#include <string.h>

#include "common/base/arena.h"
#include "common/base/mem.h"
#include "common/base/status.h"
#include "searcher/answer/call.h"
#include "searcher/answer/request.h"
#include "searcher/match/lookup/deadline.h"

/* ---- the beginning and the end ---- */

dx_status dx_results_begin(dx_index *ix, const char *asked, const char *like,
    const dx_request *req, dx_results **out, dx_error *err)
{
    double start = dx_now_ms();
    dx_request request;

    *out = NULL;
    DX_TRY(dx_request_read(req, &request, err));
    dx_results *rs = dx_calloc(1, sizeof *rs);
    if (!rs)
        return dx_fail_nomem(err);
    rs->collection = dx_index_collection(ix);
    rs->request = request;
    rs->notes.arena = &rs->arena;
    rs->start_ms = start;
    rs->asked = dx_arena_strndup(&rs->arena, asked, strlen(asked));
    rs->like = dx_arena_strndup(&rs->arena, like, strlen(like));
    rs->scopes = dx_arena_calloc(&rs->arena, 1, sizeof *rs->scopes);
    if (!rs->asked || !rs->like || !rs->scopes ||
        dx_address_maps_copy(&ix->maps, &rs->arena, &rs->maps) != DX_OK) {
        dx_results_free(rs);
        return dx_fail_nomem(err);
    }
    dx_status rc = dx_collection_settle(rs->collection, DX_OK, err);
    if (rc != DX_OK)
        dx_results_free(rs);
    else
        *out = rs;
    return rc;
}

static dx_status make_hits(dx_results *rs)
{
    const dx_ranking *r = &rs->ranking;
    uint32_t first = rs->request.offset;

    rs->reader = (dx_hit_reader){.collection = rs->collection,
        .arena = &rs->arena,
        .maps = &rs->maps,
        .highlight = {.query = &rs->query,
            .exact_accents = rs->request.exact_accents,
            .read_surely = dx_notes_have(&rs->notes, DX_NOTE_READING)}};
    return r->count > first ? dx_hit_reader_init(&rs->reader, r->hits + first,
                                  r->count - first, first)
                            : dx_hit_reader_init(&rs->reader, NULL, 0, first);
}

static const dx_query_warning timed_out = {
    .vi = "Hết thời gian: kết quả chưa đầy đủ.",
    .en = "Time is up: the results are not complete."};
static const dx_query_warning words_cut = {
    .vi = "Có từ ứng với quá nhiều từ khác: chỉ dùng những từ hay gặp nhất.",
    .en = "A word stands for too many others: only the most frequent ones are "
          "used."};

static void warn(dx_query *q, const dx_query_warning *w)
{
    if (q->warning_count == DX_QUERY_MAX_WARNINGS)
        return;
    dx_query_warning *to = &q->warnings[q->warning_count++];
    *to = *w;
    to->end = (uint32_t)q->text.len;
}

dx_status dx_results_end(dx_results *rs, dx_status rc, dx_results **out,
    dx_error *err)
{
    if (rc == DX_OK && rs->ranking.matches)
        rc = dx_facets_count(&rs->collection->generation, rs->ranking.matches,
            rs->request.facets, &rs->arena, &rs->facets);
    if (rc == DX_OK)
        rc = make_hits(rs);
    rc = dx_collection_settle(rs->collection, rc, err);
    if (rc != DX_OK) {
        dx_results_free(rs);
        return dx_call_end(rc, err);
    }
    if (rs->ranking.timed_out)
        warn(&rs->query, &timed_out);
    if (rs->ranking.words_cut)
        warn(&rs->query, &words_cut);
    rs->time_ms = dx_now_ms() - rs->start_ms;
    *out = rs;
    return DX_OK;
}

void dx_results_free(dx_results *rs)
{
    if (!rs)
        return;
    dx_hit_reader_free(&rs->reader);
    dx_query_free(&rs->query);
    dx_arena_free(&rs->arena);
    dx_collection_release(rs->collection);
    dx_free(rs);
}

dx_status dx_results_check(const dx_results *rs, dx_error *err)
{
    dx_call_begin(err);
    DX_TRY(DX_CALL_CHECK("dx_results_check", err, rs));
    return dx_collection_settle(rs->collection, DX_OK, err);
}

/* ---- figures ---- */

uint64_t dx_results_total(const dx_results *rs)
{
    return rs ? rs->ranking.total : 0;
}

uint64_t dx_results_exact(const dx_results *rs)
{
    if (!rs || !rs->scopes->known)
        return dx_results_total(rs);
    if (!rs->scopes->counted) {
        const dx_generation *g = &rs->collection->generation;
        dx_rank_options options =
            dx_request_rank_options(&rs->request, g, rs->start_ms);
        if (dx_count_scope(g, &rs->query, &options, rs->scopes) != DX_OK)
            rs->scopes->known = false;
    }
    return rs->scopes->known ? rs->scopes->exact : dx_results_total(rs);
}

/* The scope that was searched: without understanding there is but one. */
static dx_scope scope_of(const dx_request *r)
{
    return dx_request_understands(r) ? r->scope : DX_SCOPE_ALL;
}

uint64_t dx_results_partial(const dx_results *rs)
{
    if (!rs)
        return 0;
    if (!rs->scopes->partial_counted) {
        const dx_generation *g = &rs->collection->generation;
        dx_rank_options options =
            dx_request_rank_options(&rs->request, g, rs->start_ms);
        if (dx_count_partial(g, &rs->query, &options, scope_of(&rs->request),
                rs->scopes) != DX_OK)
            return 0;
    }
    return rs->scopes->partial;
}

const char *dx_results_query(const dx_results *rs)
{
    return rs ? rs->asked : "";
}

const char *dx_results_like(const dx_results *rs) { return rs ? rs->like : ""; }

uint32_t dx_results_offset(const dx_results *rs)
{
    return rs ? rs->request.offset : 0;
}

uint32_t dx_results_indexes(const dx_results *rs)
{
    return rs ? rs->collection->index_count : 0;
}

uint32_t dx_results_count(const dx_results *rs)
{
    return rs ? rs->reader.count : 0;
}

double dx_results_time_ms(const dx_results *rs)
{
    return rs ? rs->time_ms : 0.0;
}

bool dx_results_timed_out(const dx_results *rs)
{
    return rs && rs->ranking.timed_out;
}

const dx_hit *dx_results_hit(const dx_results *rs, uint32_t i)
{
    return i < dx_results_count(rs) ? &rs->reader.hits[i] : NULL;
}

const dx_hit *dx_results_next(dx_results *rs)
{
    const dx_hit *hit = rs ? dx_results_hit(rs, rs->next) : NULL;

    if (hit)
        rs->next++;
    return hit;
}

/* ---- warnings ---- */

const dx_warning *dx_results_warning(const dx_results *rs, uint32_t i)
{
    return rs && i < rs->query.warning_count ? &rs->query.warnings[i] : NULL;
}

const char *dx_warning_text(const dx_warning *w, const char *language)
{
    if (!w)
        return "";
    return language && strcmp(language, "vi") == 0 ? w->vi : w->en;
}

uint32_t dx_warning_start(const dx_warning *w) { return w ? w->start : 0; }

uint32_t dx_warning_end(const dx_warning *w) { return w ? w->end : 0; }

/* ---- notes ---- */

const dx_note *dx_results_note(const dx_results *rs, uint32_t i)
{
    return rs && i < rs->notes.count ? &rs->notes.list[i] : NULL;
}

dx_note_kind dx_note_kind_of(const dx_note *note)
{
    return note ? note->kind : DX_NOTE_READING;
}

const char *dx_note_text(const dx_note *note) { return note ? note->text : ""; }

const char *dx_note_detail(const dx_note *note)
{
    return note ? note->detail : "";
}

const char *dx_note_query(const dx_note *note)
{
    return note ? note->query : "";
}

/* ---- facets ---- */

const dx_facet *dx_results_facet(const dx_results *rs, uint32_t i)
{
    return rs && i < rs->facets.count ? &rs->facets.at[i] : NULL;
}

const char *dx_facet_field(const dx_facet *f) { return f ? f->field : ""; }

const char *dx_facet_value(const dx_facet *f) { return f ? f->value : ""; }

uint64_t dx_facet_count(const dx_facet *f) { return f ? f->count : 0; }
