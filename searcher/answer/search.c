/* One search, from the words to the results. */
#include "searcher/include/dx/search.h"

#include <string.h>

#include "common/base/arena.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/base/status.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/id.h"
#include "common/index/segment/ids.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"
#include "searcher/answer/collapse.h"
#include "searcher/answer/facets.h"
#include "searcher/match/evaluate/deadline.h"
#include "searcher/query/parse/parse.h"
#include "searcher/query/query.h"
#include "searcher/match/rank/rank.h"
#include "searcher/answer/explain.h"
#include "searcher/answer/index.h"
#include "searcher/answer/results.h"
#include "searcher/understand/understand.h"

#define EXPLAIN_MAX_BYTES (1u << 20)
#define COLLAPSE_SPARE 10u /* hits ranked for those that become one */

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
    if (!(to->freshness > 0.0)) /* nor a number */
        to->freshness = 0.0;
    if (to->freshness > DX_FRESHNESS_MAX)
        to->freshness = DX_FRESHNESS_MAX;
}

static dx_rank_options rank_options(const dx_generation *g,
    const dx_request *r)
{
    dx_rank_options options = {.wanted = r->offset + r->limit,
        .exact_accents = r->exact_accents, .match = DX_RANK_AUTO,
        .order = r->order == DX_ORDER_NEWEST   ? DX_RANK_NEWEST
                 : r->order == DX_ORDER_OLDEST ? DX_RANK_OLDEST
                                               : DX_RANK_BY_SCORE,
        .keep_matches = r->facets > 0,
        .freshness = dx_freshness_of(g, r->freshness)};

    if (r->timeout_ms)
        options.deadline_ms = dx_now_ms() + r->timeout_ms;
    if (r->match == DX_MATCH_ALL)
        options.match = DX_RANK_ALL;
    else if (r->match == DX_MATCH_ANY)
        options.match = DX_RANK_ANY;
    return options;
}

/* Those of `count` hits that are to be shown. */
static uint32_t sift(const dx_results *rs, bool collapse, dx_ranked *hits,
    uint32_t count)
{
    const dx_generation *g = &rs->index->generation;

    if (rs->is_like)
        count = dx_like_drop(g, rs->article, hits, count);
    return collapse ? dx_collapse(g, hits, count) : count;
}

/* Asks for more than the page needs, so that it is full after articles with
 * nearly the same text have become one hit; for more again if it is not. */
static dx_status rank_sifted(dx_results *rs, const dx_query *q,
    const dx_rank_options *options, bool collapse, dx_error *err)
{
    dx_rank_options more = *options;
    dx_ranking *r = &rs->ranking;
    uint32_t found, fetched;

    more.wanted += COLLAPSE_SPARE;
    do {
        if (more.wanted > DX_RANK_MAX)
            more.wanted = DX_RANK_MAX;
        fetched = more.wanted;
        DX_TRY(dx_rank(&rs->index->generation, q, &more, &rs->arena, r, err));
        found = r->count;
        r->count = sift(rs, collapse, r->hits, found);
        more.wanted *= 2;
    } while (r->count < options->wanted && found == fetched &&
             fetched < DX_RANK_MAX);
    if (r->count > options->wanted)
        r->count = options->wanted;
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
    bool collapse = wants_collapse(rs, q);

    return (collapse || rs->is_like) && options->wanted
               ? rank_sifted(rs, q, options, collapse, err)
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
    dx_rank_options options = rank_options(g, &rs->request);
    bool understand = understands(&rs->request);

    DX_TRY(dx_query_parse(query, &rs->query, err));
    if (understand)
        DX_TRY(dx_understand(g, &rs->index->synonyms, &rs->query,
            &rs->notes));
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

static dx_results *new_results(dx_index *ix, const dx_request *req,
    dx_error *err)
{
    dx_results *rs = dx_calloc(1, sizeof *rs);

    if (err)
        *err = (dx_error){.status = DX_OK};
    if (!rs)
        return NULL;
    rs->index = ix;
    rs->notes.arena = &rs->arena;
    read_request(req, &rs->request);
    return rs;
}

static dx_status make_hits(dx_results *rs)
{
    const dx_ranking *r = &rs->ranking;
    uint32_t first = rs->request.offset;

    rs->reader = (dx_hit_reader){.generation = &rs->index->generation,
        .query = &rs->query, .arena = &rs->arena,
        .exact_accents = rs->request.exact_accents};
    return r->count > first ? dx_hit_reader_init(&rs->reader, r->hits + first,
                                  r->count - first, first)
                            : dx_hit_reader_init(&rs->reader, NULL, 0, first);
}

/* Takes what ranking gave, `rc`, to the end. */
static dx_status finish(dx_results *rs, dx_status rc, double start,
    dx_results **out, dx_error *err)
{
    if (rc == DX_OK && rs->ranking.matches)
        rc = dx_facets_count(&rs->index->generation, rs->ranking.matches,
            rs->request.facets, &rs->arena, &rs->facets);
    if (rc == DX_OK)
        rc = make_hits(rs);
    if (rc != DX_OK) {
        dx_results_free(rs);
        return explain_error(rc, err);
    }
    if (rs->ranking.timed_out)
        warn(&rs->query, &timed_out);
    if (rs->ranking.words_cut)
        warn(&rs->query, &words_cut);
    rs->time_ms = dx_now_ms() - start;
    *out = rs;
    return DX_OK;
}

dx_status dx_search(dx_index *ix, const char *query, const dx_request *req,
    dx_results **out, dx_error *err)
{
    double start = dx_now_ms();
    dx_results *rs = new_results(ix, req, err);

    *out = NULL;
    return rs ? finish(rs, search(rs, query, err), start, out, err)
              : dx_fail_nomem(err);
}

/* ---- one article: what is like it, and why it is a hit ---- */

static bool find_article(const dx_index *ix, const char *id, dx_doc_ref *out)
{
    dx_hash128 hash = dx_hash128_of(id, strlen(id));

    for (size_t i = ix->generation.segment_count; i-- > 0;) {
        const dx_segment *s = ix->generation.segments[i];
        const uint64_t *deleted = dx_segment_deleted(s);
        uint32_t d = dx_segment_find_id(s, hash);
        while (d != DX_ID_NONE && dx_deleted_at(deleted, d))
            d = dx_segment_find_id_after(s, hash, d);
        if (d != DX_ID_NONE) {
            *out = (dx_doc_ref){(uint32_t)i, d};
            return true;
        }
    }
    return false;
}

static dx_status fail_unknown(const char *id, dx_error *err)
{
    return dx_fail(err, DX_ERR_INVALID, "%s: no article has this id", id);
}

/* The article itself has all of its words, and is none of the matches. */
static void forget_itself(dx_results *rs)
{
    dx_ranking *r = &rs->ranking;

    if (r->matches)
        r->matches[rs->article.segment][rs->article.doc >> 6] &=
            ~((uint64_t)1 << (rs->article.doc & 63));
    r->total -= r->total > 0;
}

static dx_status add_like_note(dx_results *rs)
{
    const dx_segment *s =
        rs->index->generation.segments[rs->article.segment];

    const char *title = NULL;
    dx_doc doc;

    dx_doc_init(&doc);
    dx_status rc = dx_segment_read_doc(s, rs->article.doc, true, &doc);
    if (rc == DX_OK)
        title = dx_arena_strndup(&rs->arena, (const char *)doc.text.data,
            doc.field_end[DX_FIELD_TITLE]);
    dx_doc_free(&doc);
    if (rc != DX_OK || !title)
        return rc != DX_OK ? rc : DX_ERR_NOMEM;
    dx_notes_add(&rs->notes, (dx_note){DX_NOTE_LIKE, title, "", ""});
    return DX_OK;
}

static dx_status search_like(dx_results *rs, dx_error *err)
{
    const dx_generation *g = &rs->index->generation;

    rs->request.match = DX_MATCH_ANY;
    rs->request.exact_accents = false;
    dx_rank_options options = rank_options(g, &rs->request);
    DX_TRY(dx_query_parse("", &rs->query, err));
    DX_TRY(dx_like_query(g, rs->article, &rs->query));
    DX_TRY(rank_page(rs, &rs->query, &options, err));
    forget_itself(rs);
    return add_like_note(rs);
}

dx_status dx_like(dx_index *ix, const char *id, const dx_request *req,
    dx_results **out, dx_error *err)
{
    double start = dx_now_ms();
    dx_doc_ref article;

    *out = NULL;
    if (!find_article(ix, id, &article))
        return fail_unknown(id, err);
    dx_results *rs = new_results(ix, req, err);
    if (!rs)
        return dx_fail_nomem(err);
    rs->is_like = true;
    rs->article = article;
    return finish(rs, search_like(rs, err), start, out, err);
}

dx_status dx_explain(dx_index *ix, const char *query, const char *id,
    const dx_request *req, char **text, dx_error *err)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_notes notes = {.arena = &arena};
    dx_request request;
    dx_query q;
    dx_buf out;
    dx_doc_ref article;

    *text = NULL;
    read_request(req, &request);
    if (!find_article(ix, id, &article))
        return fail_unknown(id, err);
    DX_TRY(dx_query_parse(query, &q, err));
    dx_rank_options options = rank_options(&ix->generation, &request);
    dx_buf_init(&out, EXPLAIN_MAX_BYTES);
    dx_status rc = DX_OK;
    if (understands(&request))
        rc = dx_understand(&ix->generation, &ix->synonyms, &q, &notes);
    if (rc == DX_OK)
        rc = dx_explain_score(&ix->generation, &q, &options, article.segment,
            article.doc, &out, err);
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
