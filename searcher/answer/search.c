/* One search: from words, or from an article, to results. */
#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/generation.h"
#include "searcher/answer/call.h"
#include "searcher/answer/open/index.h"
#include "searcher/answer/request.h"
#include "searcher/answer/results.h"
#include "searcher/answer/select/alike.h"
#include "searcher/answer/select/doc_ref.h"
#include "searcher/answer/select/like.h"
#include "searcher/answer/select/pinned.h"
#include "searcher/answer/select/rank_page.h"
#include "searcher/include/dx/search.h"
#include "searcher/match/rank/rank.h"
#include "searcher/query/parse/parse.h"
#include "searcher/query/query.h"
#include "searcher/understand/forms/forms.h"
#include "searcher/understand/notes.h"
#include "searcher/understand/understand.h"

static dx_status rank(dx_results *rs, const dx_query *q,
    const dx_rank_options *options)
{
    const dx_generation *g = &rs->collection->generation;

    if (!dx_request_understands(&rs->request))
        return dx_rank_page(g, q, options, rs->request.collapse, NULL,
            &rs->arena, &rs->ranking);
    return dx_rank_scope(g, q, options, rs->request.collapse, rs->request.scope,
        &rs->arena, rs->scopes, &rs->ranking);
}

/* Ranks another query in its place: *done, unless that finds nothing and
 * `only_if_found`, or no more when time is up. */
static dx_status rank_instead(dx_results *rs, const dx_query *q,
    const dx_rank_options *options, bool only_if_found, bool *done)
{
    dx_ranking before = rs->ranking;
    dx_scopes scopes = *rs->scopes;

    DX_TRY(rank(rs, q, options));
    bool timed_out = rs->ranking.timed_out;
    *done = !(only_if_found && rs->ranking.total == 0) &&
            !(timed_out && rs->ranking.count <= before.count);
    if (*done)
        return DX_OK;
    rs->ranking = before;
    rs->ranking.timed_out = timed_out;
    *rs->scopes = scopes;
    return DX_OK;
}

/* ---- by words ---- */

/* Searches for another query instead, if that is what was meant. A correction
 * that is not sure and finds nothing either is only offered. */
static dx_status reread(dx_results *rs, const dx_synonyms *synonyms,
    const dx_rank_options *options)
{
    const dx_generation *g = &rs->collection->generation;
    dx_query query;
    dx_rereading how;
    bool done;

    DX_TRY(dx_reread(g, synonyms, &rs->query, rs->ranking.total, &query, &how,
        &rs->notes));
    if (how == DX_AS_TYPED)
        return DX_OK;
    dx_status rc =
        rank_instead(rs, &query, options, how == DX_INSTEAD_IF_FOUND, &done);
    if (rc == DX_OK && !done) {
        rs->notes.list[0].kind = DX_NOTE_SPELLING;
        rs->notes.count = 1;
        dx_query_free(&query);
        return DX_OK;
    }
    dx_query_free(&rs->query);
    rs->query = query;
    return rc;
}

/* Where more than that is found, papers write it as it was typed. A long query
 * that finds one article has said which one. */
#define FINDS_FEW 9u
#define FEW_WORDS 5u

static bool finds_few(const dx_query *q, uint64_t total)
{
    return total <= (q->typed_count <= FEW_WORDS ? FINDS_FEW : 0);
}

static bool has_filter(const dx_query *q)
{
    for (uint32_t c = q->nodes[0].child; c != DX_NODE_NONE;
         c = q->nodes[c].next)
        if (q->nodes[c].kind == DX_NODE_FILTER)
            return true;
    return false;
}

static dx_status count_bare(const dx_generation *g, const dx_synonyms *synonyms,
    const dx_rank_options *options, dx_query *q, uint64_t *total)
{
    dx_rank_options counting = *options;
    dx_arena arena = DX_ARENA_INIT;
    dx_notes notes = {.arena = &arena};
    dx_ranking found = {.total = 0};

    counting.wanted = 0;
    counting.keep_matches = false;
    dx_status rc = dx_understand(g, synonyms, q, &notes);
    for (uint32_t c = q->nodes[0].child; c != DX_NODE_NONE;
         c = q->nodes[c].next)
        if (q->nodes[c].kind == DX_NODE_FILTER)
            q->nodes[c].kind = DX_NODE_EVERY;
    if (rc == DX_OK)
        rc = dx_rank(g, q, &counting, &arena, &found);
    *total = found.total;
    dx_arena_free(&arena);
    return rc;
}

/* A filter narrows down what is found, so it must not change how words are
 * read: in how many documents they are without it. */
static dx_status count_without_filters(const dx_results *rs,
    const dx_synonyms *synonyms, const dx_rank_options *options,
    uint64_t *total, dx_error *err)
{
    dx_query bare;

    *total = rs->ranking.total;
    if (!has_filter(&rs->query))
        return DX_OK;
    DX_TRY(dx_query_parse(rs->asked, &bare, err));
    dx_status rc = count_bare(&rs->collection->generation, synonyms, options,
        &bare, total);
    dx_query_free(&bare);
    return rc;
}

/* Searches for what papers write otherwise, too. */
static dx_status search_forms(dx_results *rs, const dx_synonyms *synonyms,
    const dx_rank_options *options, dx_error *err)
{
    uint32_t nodes = rs->query.node_count, notes = rs->notes.count;
    uint64_t total;
    bool added, done = false;

    if (!finds_few(&rs->query, rs->ranking.total))
        return DX_OK;
    DX_TRY(dx_forms_apply(synonyms, &rs->collection->generation, &rs->query,
        &rs->notes, &added));
    if (!added)
        return DX_OK;
    DX_TRY(count_without_filters(rs, synonyms, options, &total, err));
    if (finds_few(&rs->query, total))
        DX_TRY(rank_instead(rs, &rs->query, options, false, &done));
    if (done)
        return DX_OK;
    dx_forms_drop(&rs->query, nodes);
    rs->notes.count = notes;
    return DX_OK;
}

static dx_status search(dx_results *rs, const dx_synonyms *synonyms,
    dx_error *err)
{
    const dx_generation *g = &rs->collection->generation;
    dx_rank_options options =
        dx_request_rank_options(&rs->request, g, rs->start_ms);
    bool understand = dx_request_understands(&rs->request);

    DX_TRY(dx_query_parse(rs->asked, &rs->query, err));
    if (understand)
        DX_TRY(dx_understand(g, synonyms, &rs->query, &rs->notes));
    DX_TRY(dx_alike_find(g, &rs->query));
    DX_TRY(rank(rs, &rs->query, &options));
    if (understand && !rs->ranking.timed_out)
        DX_TRY(search_forms(rs, synonyms, &options, err));
    return understand && !rs->ranking.timed_out ? reread(rs, synonyms, &options)
                                                : DX_OK;
}

/* The request's ids are its caller's, so nothing looks at them later. */
static dx_status search_and_pin(dx_results *rs, const dx_synonyms *synonyms,
    dx_error *err)
{
    dx_request *r = &rs->request;
    const char *const *ids = r->pinned;
    uint32_t count = r->pinned_count;

    r->pinned = NULL;
    r->pinned_count = 0;
    DX_TRY(search(rs, synonyms, err));
    return count == 0 ? DX_OK
                      : dx_pin(&rs->collection->generation, ids, count,
                            r->offset + r->limit, &rs->arena, &rs->ranking);
}

dx_status dx_search(dx_index *ix, const char *query, const dx_request *req,
    dx_results **out, dx_error *err)
{
    dx_results *rs;

    dx_call_begin(err);
    if (out)
        *out = NULL;
    DX_TRY(DX_CALL_CHECK("dx_search", err, ix, query, out));
    dx_status rc = dx_results_begin(ix, query, "", req, &rs, err);
    if (rc == DX_OK)
        rc = dx_results_end(rs, search_and_pin(rs, &ix->synonyms, err), out, err);
    return dx_call_end(rc, err);
}

/* ---- by an article ---- */

/* It has all of its own words, but is none of the matches. */
static void forget(dx_ranking *r, dx_doc_ref article)
{
    if (r->matches)
        r->matches[article.segment][article.doc >> 6] &=
            ~((uint64_t)1 << (article.doc & 63));
    r->total -= r->total > 0;
}

static dx_status add_like_note(dx_results *rs, dx_doc_ref article)
{
    const char *title = NULL;
    dx_doc doc;

    dx_doc_init(&doc);
    dx_status rc = dx_segment_read_doc(rs->collection->generation
                                           .segments[article.segment],
        article.doc, true, &doc);
    if (rc == DX_OK) {
        title = dx_arena_strndup(&rs->arena, (const char *)doc.text.data,
            doc.field_end[DX_FIELD_TITLE]);
        rc = title ? DX_OK : DX_ERR_NOMEM;
    }
    dx_doc_free(&doc);
    if (rc == DX_OK)
        dx_notes_add(&rs->notes, (dx_note){DX_NOTE_LIKE, title, "", ""});
    return rc;
}

static dx_status search_like(dx_results *rs, dx_error *err)
{
    const dx_generation *g = &rs->collection->generation;
    dx_doc_ref article;

    DX_TRY(dx_doc_ref_find(g, rs->like, &article, err));
    rs->request.match = DX_MATCH_ANY;
    rs->request.exact_accents = false;
    dx_rank_options options =
        dx_request_rank_options(&rs->request, g, rs->start_ms);
    DX_TRY(dx_query_parse("", &rs->query, err));
    DX_TRY(dx_like_query(g, article, &rs->query));
    DX_TRY(dx_rank_page(g, &rs->query, &options, rs->request.collapse, &article,
        &rs->arena, &rs->ranking));
    forget(&rs->ranking, article);
    return add_like_note(rs, article);
}

dx_status dx_like(dx_index *ix, const char *id, const dx_request *req,
    dx_results **out, dx_error *err)
{
    dx_results *rs;

    dx_call_begin(err);
    if (out)
        *out = NULL;
    DX_TRY(DX_CALL_CHECK("dx_like", err, ix, id, out));
    dx_status rc = dx_results_begin(ix, "", id, req, &rs, err);
    if (rc == DX_OK)
        rc = dx_results_end(rs, search_like(rs, err), out, err);
    return dx_call_end(rc, err);
}

/* ---- an article by its id ---- */

static dx_status fetch(dx_results *rs, const char *id, const dx_synonyms *synonyms,
    dx_error *err)
{
    dx_doc_ref article;

    DX_TRY(dx_doc_ref_find(&rs->collection->generation, id, &article, err));
    DX_TRY(search(rs, synonyms, err));
    dx_ranked *hit = dx_arena_calloc(&rs->arena, 1, sizeof *hit);
    if (!hit)
        return DX_ERR_NOMEM;
    hit->segment = article.segment;
    hit->doc = article.doc;
    *rs->scopes = (dx_scopes){.partial_counted = true};
    rs->ranking = (dx_ranking){.hits = hit, .count = 1, .total = 1};
    return DX_OK;
}

dx_status dx_fetch(dx_index *ix, const char *id, const char *query,
    const dx_request *req, dx_results **out, dx_error *err)
{
    dx_request request;
    dx_results *rs;

    dx_call_begin(err);
    if (out)
        *out = NULL;
    DX_TRY(DX_CALL_CHECK("dx_fetch", err, ix, id, query, out));
    DX_TRY(dx_request_read(req, &request, err));
    request.offset = request.limit = request.facets = 0;
    dx_status rc = dx_results_begin(ix, query, "", &request, &rs, err);
    if (rc == DX_OK)
        rc = dx_results_end(rs, fetch(rs, id, &ix->synonyms, err), out, err);
    return dx_call_end(rc, err);
}
