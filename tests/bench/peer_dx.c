/* dx through its public library. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dx/search.h>

#include "tests/bench/peer.h"

#define QUERY_MAX 4096

/* "a b c" as a query of this kind. */
static const char *query_of(bench_kind kind, const char *words, char *out,
    size_t cap)
{
    char near[32];

    switch (kind) {
    case BENCH_PHRASE:
        snprintf(out, cap, "\"%s\"", words);
        return out;
    case BENCH_NEAR:
        snprintf(near, sizeof near, " NEAR/%u ", BENCH_NEAR_SPAN);
        bench_join_words(words, near, out, cap);
        return out;
    case BENCH_PREFIX:
        snprintf(out, cap, "%s*", words);
        return out;
    case BENCH_BODY:
        snprintf(out, cap, "body:%s", words);
        return out;
    case BENCH_FUZZY:
        snprintf(out, cap, "%s~", words);
        return out;
    case BENCH_DATES:
        snprintf(out, cap, "%s date:%s..%s", words, BENCH_FROM, BENCH_TO);
        return out;
    case BENCH_ALL:
    case BENCH_ALL10:
    case BENCH_ANY:
    case BENCH_DEFAULT:
    case BENCH_NEWEST:
    case BENCH_FACETS:
    case BENCH_SUGGEST:
    case BENCH_KINDS:
        break;
    }
    return words;
}

/* What else the request has to say. It always asks for the exact total: dx_search()
 * cannot be asked for less. */
static dx_request request_of(bench_kind kind)
{
    dx_request request = DX_REQUEST_INIT;

    request.limit = BENCH_TOP;
    request.match = kind == BENCH_DEFAULT ? DX_MATCH_AUTO
                    : kind == BENCH_ANY   ? DX_MATCH_ANY
                                          : DX_MATCH_ALL;
    if (kind == BENCH_NEWEST)
        request.order = DX_ORDER_NEWEST;
    if (kind == BENCH_FACETS)
        request.facets = BENCH_TOP;
    return request;
}

static bool dx_engine_suggest(dx_index *index, const char *typed,
    bench_answer *out)
{
    dx_suggestions *suggestions = NULL;
    dx_error err = {0};

    double start = bench_now_us();
    if (dx_suggest(index, typed, BENCH_TOP, &suggestions, &err) != DX_OK) {
        fprintf(stderr, "bench: dx: %s\n", err.msg);
        return false;
    }
    out->total = out->hits = dx_suggestions_count(suggestions);
    dx_suggestions_free(suggestions);
    out->us = bench_now_us() - start;
    return true;
}

static bool dx_engine_search(bench_peer *p, bench_kind kind, const char *words,
    bench_answer *out)
{
    bench_kind asked = p->bare ? BENCH_ALL : kind;
    dx_request request = request_of(asked);
    dx_results *results = NULL;
    dx_error err = {0};
    char text[QUERY_MAX];
    const dx_hit *hit;
    size_t bytes = 0; /* whoever shows hits reads these */

    if (kind == BENCH_SUGGEST)
        return dx_engine_suggest(p->state, words, out);
    const char *query = query_of(asked, words, text, sizeof text);
    double start = bench_now_us();
    if (dx_search(p->state, query, &request, &results, &err) != DX_OK) {
        fprintf(stderr, "bench: dx: %s\n", err.msg);
        return false;
    }
    out->total = dx_results_total(results);
    out->hits = 0;
    for (; (hit = dx_results_next(results)) != NULL; out->hits++)
        bytes += strlen(dx_hit_field(hit, "id")) +
                 strlen(dx_hit_field(hit, "title"));
    dx_results_free(results);
    out->us = bench_now_us() - start;
    return out->hits == 0 || bytes > 0;
}

static void dx_engine_close(bench_peer *p) { dx_index_close(p->state); }

bool bench_dx_open(const char *path, bench_peer *out)
{
    dx_index *index = NULL;
    dx_error err = {0};

    if (dx_index_open(path, &index, &err) != DX_OK) {
        fprintf(stderr, "bench: %s\n", err.msg);
        return false;
    }
    out->state = index;
    out->search = dx_engine_search;
    out->close = dx_engine_close;
    return true;
}
