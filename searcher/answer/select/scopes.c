/* What has a query's words to the letter first, and then the others. */
#include "searcher/answer/select/scopes.h"

#include <string.h>

#include "searcher/answer/select/rank_page.h"
#include "searcher/understand/meant.h"

typedef struct ranker {
    const dx_generation *generation;
    const dx_query *query, *meant;
    const dx_rank_options *options;
    bool collapse;
    dx_arena *arena;
} ranker;

static dx_status rank(const ranker *r, const dx_query *q, dx_rank_match match,
    uint32_t wanted, dx_ranking *out)
{
    dx_rank_options options = *r->options;

    options.wanted = wanted;
    options.match = match;
    return dx_rank_page(r->generation, q, &options, r->collapse, NULL, r->arena,
        out);
}

static dx_status rank_exact(const ranker *r, uint32_t wanted, dx_scopes *scopes,
    dx_ranking *out)
{
    DX_TRY(rank(r, r->meant, r->options->match, wanted, out));
    scopes->exact = out->total;
    scopes->counted = true;
    return DX_OK;
}

/* All of the words, or it would be no part of what has all. */
static dx_status rank_others(const ranker *r, uint32_t wanted, dx_ranking *out)
{
    dx_rank_match match = r->options->match;
    dx_query others;

    dx_status rc = dx_meant_others(r->query, r->meant, &others);
    if (rc == DX_OK)
        rc = rank(r, &others, match == DX_RANK_AUTO ? DX_RANK_ALL : match,
            wanted, out);
    dx_query_free(&others);
    for (uint32_t i = 0; rc == DX_OK && i < out->count; i++)
        out->hits[i].loose = true;
    return rc;
}

static dx_status append(const ranker *r, dx_ranking *to, const dx_ranking *more)
{
    uint32_t count = to->count + more->count;
    dx_ranked *hits = dx_arena_alloc(r->arena, (count + 1) * sizeof *hits);

    if (!hits)
        return DX_ERR_NOMEM;
    if (to->count)
        memcpy(hits, to->hits, to->count * sizeof *hits);
    if (more->count)
        memcpy(hits + to->count, more->hits, more->count * sizeof *hits);
    to->hits = hits;
    to->count = count;
    to->timed_out |= more->timed_out;
    return DX_OK;
}

/* By date: the part to the letter, and then the others. */
static dx_status rank_in_turn(const ranker *r, dx_scopes *scopes,
    dx_ranking *out)
{
    dx_ranking others;
    uint32_t wanted = r->options->wanted;

    DX_TRY(rank_exact(r, wanted, scopes, out));
    DX_TRY(rank_others(r, wanted - out->count, &others));
    out->total += others.total;
    if (scopes->exact == 0)
        out->matches = others.matches;
    return append(r, out, &others);
}

/* By score the parts are mixed, but what is counted of the matches is of the
 * first. */
static dx_status rank_mixed(const ranker *r, dx_scopes *scopes, dx_ranking *out)
{
    dx_ranking exact;

    DX_TRY(rank(r, r->query, r->options->match, r->options->wanted, out));
    if (!r->options->keep_matches)
        return DX_OK;
    DX_TRY(rank_exact(r, 0, scopes, &exact));
    if (exact.total)
        out->matches = exact.matches;
    out->timed_out |= exact.timed_out;
    return DX_OK;
}

static dx_status rank_part(const ranker *r, dx_scope scope, dx_scopes *scopes,
    dx_ranking *out)
{
    switch (scope) {
    case DX_SCOPE_EXACT:
        return rank_exact(r, r->options->wanted, scopes, out);
    case DX_SCOPE_OTHERS:
        scopes->counted = true;
        return rank_others(r, r->options->wanted, out);
    case DX_SCOPE_ALL:
        break;
    }
    return r->options->order == DX_RANK_BY_SCORE ? rank_mixed(r, scopes, out)
                                                 : rank_in_turn(r, scopes, out);
}

/* Of a query that has but one part: there are no others. */
static dx_status rank_whole(const ranker *r, dx_scope scope, dx_ranking *out)
{
    *out = (dx_ranking){.count = 0};
    return scope == DX_SCOPE_OTHERS
               ? DX_OK
               : rank(r, r->query, r->options->match, r->options->wanted, out);
}

dx_status dx_rank_scope(const dx_generation *g, const dx_query *q,
    const dx_rank_options *options, bool collapse, dx_scope scope,
    dx_arena *arena, dx_scopes *scopes, dx_ranking *out)
{
    dx_query meant = {.word_count = 0};
    ranker r = {g, q, &meant, options, collapse, arena};

    *scopes = (dx_scopes){.known = true};
    if (scope == DX_SCOPE_ALL && options->order == DX_RANK_BY_SCORE &&
        !options->keep_matches) /* what is found is the same, so who asks will
                                   count */
        return rank_whole(&r, scope, out);
    dx_status rc = dx_meant_make(g, q, &meant, &scopes->known);
    if (rc == DX_OK)
        rc = scopes->known ? rank_part(&r, scope, scopes, out)
                           : rank_whole(&r, scope, out);
    dx_query_free(&meant);
    return rc;
}

dx_status dx_count_scope(const dx_generation *g, const dx_query *q,
    const dx_rank_options *options, dx_scopes *scopes)
{
    dx_query meant = {.word_count = 0};
    dx_arena arena = {0};
    ranker r = {g, q, &meant, options, false, &arena};
    dx_ranking exact;

    dx_status rc = dx_meant_make(g, q, &meant, &scopes->known);
    if (rc == DX_OK && scopes->known)
        rc = rank_exact(&r, 0, scopes, &exact);
    if (rc == DX_OK && scopes->known && exact.timed_out)
        scopes->known = false;
    dx_query_free(&meant);
    dx_arena_free(&arena);
    return rc;
}

static dx_status count_partial(const dx_generation *g, const dx_query *q,
    const dx_rank_options *options, uint64_t *count)
{
    dx_rank_options counting = *options;
    dx_arena arena = {0};
    dx_ranking ranking;

    counting.wanted = 0;
    counting.keep_matches = false;
    counting.count_partial = true;
    dx_status rc = dx_rank(g, q, &counting, &arena, &ranking);
    *count = ranking.partial;
    dx_arena_free(&arena);
    return rc;
}

dx_status dx_count_partial(const dx_generation *g, const dx_query *q,
    const dx_rank_options *options, dx_scope scope, dx_scopes *scopes)
{
    dx_query meant = {.word_count = 0};
    bool known = scopes->known && scope == DX_SCOPE_EXACT;

    if (scope != DX_SCOPE_OTHERS && options->match == DX_RANK_AUTO &&
        options->order == DX_RANK_BY_SCORE) {
        if (known)
            DX_TRY(dx_meant_make(g, q, &meant, &known));
        dx_status rc =
            count_partial(g, known ? &meant : q, options, &scopes->partial);
        dx_query_free(&meant);
        DX_TRY(rc);
    }
    scopes->partial_counted = true;
    return DX_OK;
}
