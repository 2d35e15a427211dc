#include "searcher/include/dx/search.h"

#include <stdio.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/status.h"
#include "common/index/segment.h"
#include "searcher/collapse.h"
#include "searcher/facets.h"
#include "searcher/deadline.h"
#include "searcher/expand.h"
#include "searcher/query.h"
#include "searcher/rank.h"
#include "searcher/search_internal.h"
#include "searcher/snippet.h"
#include "searcher/understand/understand.h"

#define SNIPPET_MAX_BYTES (1u << 20)
#define EXPLAIN_MAX_BYTES (1u << 20)
#define COLLAPSE_SPARE 10u /* hits ranked for those that become one */

struct dx_results {
    dx_index *index; /* borrowed */
    dx_request request;
    dx_query query;
    dx_arena arena; /* all strings handed out */
    dx_notes notes;
    dx_ranking ranking;
    dx_facet_list facets;
    uint32_t next;
    double time_ms;
    dx_doc doc; /* the one decoded last */
    uint64_t doc_key;
    bool doc_is_whole;
};

#define DOC_KEY_NONE UINT64_MAX

const char *dx_version(void) { return DX_VERSION; }

/* ---- index ---- */

static dx_status open_generation(dx_index *ix, dx_error *err)
{
    DX_TRY(dx_snapshot_open(ix->path, &ix->snapshot, err));
    dx_status rc = dx_generation_open(ix->snapshot, &ix->generation, err);
    if (rc != DX_OK) {
        dx_snapshot_close(ix->snapshot);
        ix->snapshot = NULL;
    }
    return rc;
}

static void close_generation(dx_index *ix)
{
    dx_generation_close(&ix->generation);
    dx_snapshot_close(ix->snapshot);
    ix->snapshot = NULL;
}

dx_status dx_index_open(const char *path, dx_index **out, dx_error *err)
{
    dx_index *ix = dx_calloc(1, sizeof *ix);

    *out = NULL;
    if (ix)
        ix->path = dx_strndup(path, strlen(path));
    if (!ix || !ix->path) {
        dx_free(ix);
        return dx_fail_nomem(err);
    }
    dx_status rc = open_generation(ix, err);
    if (rc != DX_OK) {
        dx_index_close(ix);
        return rc;
    }
    *out = ix;
    return DX_OK;
}

/* The old generation stays when the new one cannot be opened. */
dx_status dx_index_refresh(dx_index *ix, dx_error *err)
{
    dx_index fresh = {.path = ix->path};

    if (!dx_snapshot_is_stale(ix->snapshot))
        return DX_OK;
    DX_TRY(open_generation(&fresh, err));
    close_generation(ix);
    *ix = fresh;
    return DX_OK;
}

void dx_index_close(dx_index *ix)
{
    if (!ix)
        return;
    close_generation(ix);
    dx_free(ix->path);
    dx_free(ix);
}

uint64_t dx_index_articles(const dx_index *ix)
{
    return ix->generation.docs - ix->generation.deleted;
}

/* ---- searching ---- */

/* Fields that an older caller's struct does not have keep their defaults. */
static void read_request(const dx_request *from, dx_request *to)
{
    *to = (dx_request)DX_REQUEST_INIT;
    if (from)
        memcpy(to, from, from->size < sizeof *to ? from->size : sizeof *to);
    if (to->offset > DX_RANK_MAX)
        to->offset = DX_RANK_MAX;
    if (to->limit > DX_RANK_MAX - to->offset)
        to->limit = DX_RANK_MAX - to->offset;
}

static dx_rank_options rank_options(const dx_request *r)
{
    dx_rank_options options = {.wanted = r->offset + r->limit,
        .exact_accents = r->exact_accents, .match = DX_RANK_AUTO,
        .order = r->order == DX_ORDER_NEWEST   ? DX_RANK_NEWEST
                 : r->order == DX_ORDER_OLDEST ? DX_RANK_OLDEST
                                               : DX_RANK_BY_SCORE,
        .keep_matches = r->facets > 0};

    if (r->timeout_ms)
        options.deadline_ms = dx_now_ms() + r->timeout_ms;
    if (r->match == DX_MATCH_ALL)
        options.match = DX_RANK_ALL;
    else if (r->match == DX_MATCH_ANY)
        options.match = DX_RANK_ANY;
    return options;
}

/* Asks for more than the page needs, so that it is full after articles with
 * nearly the same text have become one hit; for more again if it is not. */
static dx_status rank_collapsed(dx_results *rs, const dx_query *q,
    const dx_rank_options *options, dx_error *err)
{
    const dx_generation *g = &rs->index->generation;
    dx_rank_options more = *options;
    uint32_t found, fetched;

    more.wanted += COLLAPSE_SPARE;
    do {
        if (more.wanted > DX_RANK_MAX)
            more.wanted = DX_RANK_MAX;
        fetched = more.wanted;
        DX_TRY(dx_rank(g, q, &more, &rs->arena, &rs->ranking, err));
        found = rs->ranking.count;
        rs->ranking.count = dx_collapse(g, rs->ranking.hits, found);
        more.wanted *= 2;
    } while (rs->ranking.count < options->wanted && found == fetched &&
             fetched < DX_RANK_MAX);
    if (rs->ranking.count > options->wanted)
        rs->ranking.count = options->wanted;
    return DX_OK;
}

/* `dup:no` and `dup:yes` in the query decide before the request does. */
static bool wants_collapse(const dx_results *rs, const dx_query *q)
{
    bool collapse = rs->request.collapse;

    for (uint32_t i = 0; i < q->node_count; i++)
        if (q->nodes[i].kind == DX_NODE_FILTER &&
            q->nodes[i].field == DX_IN_DUP && q->nodes[i].value.len)
            collapse = (*q->nodes[i].value.ptr | 0x20) == 'n' ||
                       *q->nodes[i].value.ptr == '0';
    return collapse;
}

static dx_status rank_page(dx_results *rs, const dx_query *q,
    const dx_rank_options *options, dx_error *err)
{
    return wants_collapse(rs, q) && options->wanted
               ? rank_collapsed(rs, q, options, err)
               : dx_rank(&rs->index->generation, q, options, &rs->arena,
                     &rs->ranking, err);
}

/* Who asks for all or any of the words means these words. */
static bool understands(const dx_request *r)
{
    return r->match == DX_MATCH_AUTO && !r->literal && !r->exact_accents;
}

/* Searches for another query instead, if that is what was meant. A corrected
 * spelling that finds nothing either is only offered. */
static dx_status reread(dx_results *rs, const dx_rank_options *options,
    dx_error *err)
{
    const dx_generation *g = &rs->index->generation;
    dx_ranking as_typed = rs->ranking;
    dx_query query;
    bool replaced;

    DX_TRY(dx_reread(g, &rs->query, rs->ranking.total, &query, &replaced,
        &rs->notes));
    if (!replaced)
        return DX_OK;
    dx_status rc = rank_page(rs, &query, options, err);
    dx_note *note = &rs->notes.list[0];
    if (rc == DX_OK && note->kind == DX_NOTE_CORRECTED &&
        rs->ranking.total == 0) {
        note->kind = DX_NOTE_SPELLING;
        rs->ranking = as_typed;
        dx_query_free(&query);
        return DX_OK;
    }
    dx_query_free(&rs->query);
    rs->query = query;
    return rc;
}

static dx_status search(dx_results *rs, const char *query, dx_error *err)
{
    const dx_generation *g = &rs->index->generation;
    dx_rank_options options = rank_options(&rs->request);
    bool understand = understands(&rs->request);

    DX_TRY(dx_query_parse(query, &rs->query, err));
    if (understand)
        DX_TRY(dx_understand(g, &rs->query, &rs->notes));
    DX_TRY(rank_page(rs, &rs->query, &options, err));
    return understand ? reread(rs, &options, err) : DX_OK;
}

/* Those who understand tell only what kind of error there is. */
static dx_status explain_error(dx_status rc, dx_error *err)
{
    if (err && *err->msg)
        return rc;
    return dx_fail(err, rc, "%s", dx_status_text(rc));
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

dx_status dx_search(dx_index *ix, const char *query, const dx_request *req,
    dx_results **out, dx_error *err)
{
    double start = dx_now_ms();
    dx_results *rs = dx_calloc(1, sizeof *rs);

    *out = NULL;
    if (err)
        *err = (dx_error){.status = DX_OK};
    if (!rs)
        return dx_fail_nomem(err);
    rs->index = ix;
    rs->doc_key = DOC_KEY_NONE;
    rs->notes.arena = &rs->arena;
    dx_doc_init(&rs->doc);
    read_request(req, &rs->request);
    dx_status rc = search(rs, query, err);
    if (rc == DX_OK && rs->ranking.matches)
        rc = dx_facets_count(&ix->generation, rs->ranking.matches,
            rs->request.facets, &rs->arena, &rs->facets);
    if (rc != DX_OK) {
        dx_results_free(rs);
        return explain_error(rc, err);
    }
    if (rs->ranking.timed_out)
        warn(&rs->query, &timed_out);
    if (rs->ranking.words_cut)
        warn(&rs->query, &words_cut);
    rs->next = rs->request.offset;
    rs->time_ms = dx_now_ms() - start;
    *out = rs;
    return DX_OK;
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
    dx_doc_free(&rs->doc);
    dx_query_free(&rs->query);
    dx_arena_free(&rs->arena);
    dx_free(rs);
}

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

const char *dx_results_warning(const dx_results *rs)
{
    return rs->query.warning_count ? rs->query.warnings[0].vi : "";
}

const dx_note *dx_results_note(const dx_results *rs, uint32_t i)
{
    return i < rs->notes.count ? &rs->notes.list[i] : NULL;
}

/* ---- hits ---- */

static dx_segment *segment_of(const dx_results *rs, uint64_t key)
{
    return rs->index->generation.segments[key >> 32];
}

/* Decodes a hit's document once, however much is asked about it. */
static bool load_doc(dx_results *rs, uint64_t key, bool whole)
{
    if (rs->doc_key == key && (rs->doc_is_whole || !whole))
        return true;
    rs->doc_key = DOC_KEY_NONE;
    if (dx_segment_read_doc(segment_of(rs, key), (uint32_t)key, !whole,
            &rs->doc) != DX_OK)
        return false;
    rs->doc_key = key;
    rs->doc_is_whole = whole;
    return true;
}

static const char *or_empty(dx_str s) { return s.ptr ? s.ptr : ""; }

/* Civil date of a day number: H. Hinnant, chrono-Compatible Low-Level Date
 * Algorithms. */
static const char *date_text(dx_arena *arena, int32_t day)
{
    if (day == DX_DATE_UNKNOWN)
        return "";
    int64_t z = (int64_t)day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int64_t month = mp < 10 ? mp + 3 : mp - 9;
    int64_t year = yoe + era * 400 + (month <= 2);
    char text[32];
    int n = snprintf(text, sizeof text, "%04d-%02d-%02d", (int)year, (int)month,
        (int)(doy - (153 * mp + 2) / 5 + 1));
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
    if (dx_segment_read_meta(segment_of(rs, key), r->doc, &rs->arena, &meta) !=
        DX_OK)
        meta.date = DX_DATE_UNKNOWN;
    *hit = (dx_hit){.score = r->score, .rank = rank, .partial = r->partial,
        .similar = r->similar,
        .id = or_empty(meta.id), .title = "",
        .date = date_text(&rs->arena, meta.date),
        .source = or_empty(meta.source), .author = or_empty(meta.author),
        .category = or_empty(meta.category), .tags = or_empty(meta.tags),
        .url = or_empty(meta.url), .path = or_empty(meta.path),
        .extra = or_empty(meta.extra), .doc = key};
    if (load_doc(rs, key, false)) {
        const char *title = dx_arena_strndup(&rs->arena,
            (const char *)rs->doc.text.data,
            rs->doc.field_end[DX_FIELD_TITLE]);
        hit->title = title ? title : "";
    }
    return true;
}

typedef dx_status (*snippet_maker)(const dx_doc *doc, const dx_id_range *ranges,
    size_t count, const dx_snippet_options *opt, dx_buf *out);

static const char *make_snippet(dx_results *rs, const dx_hit *hit,
    const dx_snippet_options *from, snippet_maker make)
{
    dx_snippet_options opt = DX_SNIPPET_INIT;
    dx_id_range ranges[DX_QUERY_RANGES_MAX];
    const char *text = NULL;
    dx_buf out;

    if (from)
        memcpy(&opt, from, from->size < sizeof opt ? from->size : sizeof opt);
    if (!load_doc(rs, hit->doc, true))
        return "";
    dx_buf_init(&out, SNIPPET_MAX_BYTES);
    size_t count = dx_query_ranges(segment_of(rs, hit->doc), &rs->query,
        rs->request.exact_accents, &rs->doc, ranges);
    if (make(&rs->doc, ranges, count, &opt, &out) == DX_OK)
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

/* ---- explaining ---- */

static bool find_article(const dx_index *ix, const char *id, uint32_t *segment,
    uint32_t *doc)
{
    dx_hash128 hash = dx_hash128_of(id, strlen(id));

    for (size_t i = ix->generation.segment_count; i-- > 0;) {
        const dx_segment *s = ix->generation.segments[i];
        const uint64_t *deleted = dx_segment_deleted(s);
        uint32_t d = dx_segment_find_id(s, hash);
        while (d != DX_ID_NONE && dx_deleted_at(deleted, d))
            d = dx_segment_find_id_after(s, hash, d);
        if (d != DX_ID_NONE) {
            *segment = (uint32_t)i;
            *doc = d;
            return true;
        }
    }
    return false;
}

dx_status dx_explain(dx_index *ix, const char *query, const char *id,
    const dx_request *req, char **text, dx_error *err)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_notes notes = {.arena = &arena};
    dx_request request;
    dx_query q;
    dx_buf out;
    uint32_t segment, doc;

    *text = NULL;
    read_request(req, &request);
    if (!find_article(ix, id, &segment, &doc))
        return dx_fail(err, DX_ERR_INVALID, "%s: no article has this id", id);
    DX_TRY(dx_query_parse(query, &q, err));
    dx_rank_options options = rank_options(&request);
    dx_buf_init(&out, EXPLAIN_MAX_BYTES);
    dx_status rc = DX_OK;
    if (understands(&request))
        rc = dx_understand(&ix->generation, &q, &notes);
    if (rc == DX_OK)
        rc = dx_rank_explain(&ix->generation, &q, &options, segment, doc,
        &out, err);
    if (rc == DX_OK) {
        *text = dx_strndup((const char *)out.data, out.len);
        if (!*text)
            rc = dx_fail_nomem(err);
    }
    dx_buf_free(&out);
    dx_query_free(&q);
    dx_arena_free(&arena);
    return rc;
}

void dx_text_free(char *text) { dx_free(text); }
