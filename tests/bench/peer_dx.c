/* dx through its public library. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dx/search.h>

#include "tests/bench/peer.h"

#define QUERY_MAX 4096

/* "a b c" as a query of this kind, and what else the request has to say. */
static const char *to_query(bench_kind kind, const char *words,
    dx_request *request, char *out, size_t cap)
{
    switch (kind) {
    case BENCH_PHRASE:
        snprintf(out, cap, "\"%s\"", words);
        return out;
    case BENCH_NEAR: {
        char near[32];
        snprintf(near, sizeof near, " NEAR/%u ", BENCH_NEAR_SPAN);
        bench_join_words(words, near, out, cap);
        return out;
    }
    case BENCH_PREFIX:
        snprintf(out, cap, "%s*", words);
        return out;
    case BENCH_FUZZY:
        snprintf(out, cap, "%s~", words);
        return out;
    case BENCH_DATES:
        snprintf(out, cap, "%s date:%s..%s", words, BENCH_FROM, BENCH_TO);
        return out;
    case BENCH_NEWEST:
        request->order = DX_ORDER_NEWEST;
        return words;
    case BENCH_FACETS:
        request->facets = BENCH_TOP;
        return words;
    case BENCH_ALL:
    case BENCH_ANY:
    case BENCH_AUTO:
    case BENCH_SUGGEST:
        break;
    }
    return words;
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
    dx_request request = DX_REQUEST_INIT;
    dx_results *results = NULL;
    dx_error err = {0};
    char text[QUERY_MAX];
    const dx_hit *hit;
    size_t bytes = 0; /* whoever shows hits reads these */

    if (kind == BENCH_SUGGEST)
        return dx_engine_suggest(p->state, words, out);
    request.limit = BENCH_TOP;
    request.match = kind == BENCH_AUTO  ? DX_MATCH_AUTO
                    : kind == BENCH_ANY ? DX_MATCH_ANY
                                        : DX_MATCH_ALL;
    const char *query = to_query(p->bare ? BENCH_ALL : kind, words, &request,
        text, sizeof text);
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
