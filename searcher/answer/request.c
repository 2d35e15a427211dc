/* Reading and checking what a caller wants. */
#include "searcher/answer/request.h"

#include <string.h>

#include "searcher/match/lookup/deadline.h"
#include "searcher/match/score/freshness.h"

static dx_status check_pinned(const dx_request *r, dx_error *err)
{
    bool is_whole = r->pinned_count == 0 || r->pinned;

    if (r->pinned_count > DX_PINNED_MAX)
        return dx_fail(err, DX_ERR_INVALID, "pinned_count %lu: at most %d (DX_PINNED_MAX)",
            (unsigned long)r->pinned_count, DX_PINNED_MAX);
    for (uint32_t i = 0; is_whole && i < r->pinned_count; i++)
        is_whole = r->pinned[i] != NULL;
    return is_whole ? DX_OK : dx_fail(err, DX_ERR_INVALID, "pinned: an id is NULL");
}

static dx_status check(const dx_request *r, dx_error *err)
{
    if (r->offset > DX_RANK_MAX || r->limit > DX_RANK_MAX - r->offset)
        return dx_fail(err, DX_ERR_INVALID,
            "offset %lu and limit %lu: together at most %d (DX_RANK_MAX)",
            (unsigned long)r->offset, (unsigned long)r->limit, DX_RANK_MAX);
    if ((unsigned)r->match > DX_MATCH_ANY)
        return dx_fail(err, DX_ERR_INVALID, "match %u: there is no such one",
            (unsigned)r->match);
    if ((unsigned)r->order > DX_ORDER_OLDEST)
        return dx_fail(err, DX_ERR_INVALID, "order %u: there is no such one",
            (unsigned)r->order);
    if ((unsigned)r->scope > DX_SCOPE_OTHERS)
        return dx_fail(err, DX_ERR_INVALID, "scope %u: there is no such one",
            (unsigned)r->scope);
    if (!(r->freshness >= 0.0 && r->freshness <= DX_FRESHNESS_MAX))
        return dx_fail(err, DX_ERR_INVALID,
            "freshness %g: from 0 to %g (DX_FRESHNESS_MAX)", r->freshness,
            DX_FRESHNESS_MAX);
    return check_pinned(r, err);
}

dx_status dx_request_read(const dx_request *from, dx_request *to, dx_error *err)
{
    *to = (dx_request)DX_REQUEST_INIT;
    if (!from)
        return DX_OK;
    if (from->size == 0)
        return dx_fail(err, DX_ERR_INVALID,
            "the request's size is 0: begin with DX_REQUEST_INIT");
    memcpy(to, from, from->size < sizeof *to ? from->size : sizeof *to);
    return check(to, err);
}

dx_rank_options dx_request_rank_options(const dx_request *r,
    const dx_generation *g, double start_ms)
{
    static const dx_rank_match matches[] = {[DX_MATCH_AUTO] = DX_RANK_AUTO,
        [DX_MATCH_ALL] = DX_RANK_ALL,
        [DX_MATCH_ANY] = DX_RANK_ANY};
    static const dx_rank_order orders[] = {[DX_ORDER_SCORE] = DX_RANK_BY_SCORE,
        [DX_ORDER_NEWEST] = DX_RANK_NEWEST,
        [DX_ORDER_OLDEST] = DX_RANK_OLDEST};

    return (dx_rank_options){.wanted = r->offset + r->limit,
        .exact_accents = r->exact_accents,
        .match = matches[r->match],
        .order = orders[r->order],
        .keep_matches = r->facets > 0,
        .deadline_ms = r->timeout_ms ? start_ms + r->timeout_ms : 0.0,
        .freshness = dx_freshness_of(g, r->freshness)};
}

bool dx_request_understands(const dx_request *r)
{
    return r->match == DX_MATCH_AUTO && !r->literal && !r->exact_accents;
}
