/* dx through its public library. */
#include <stdio.h>
#include <stdlib.h>

#include <dx/search.h>

#include "tests/bench/peer.h"

#define QUERY_MAX 4096

static bool dx_engine_search(bench_peer *p, bench_kind kind, const char *query,
    bench_answer *out)
{
    static const dx_match matches[] = {[BENCH_ALL] = DX_MATCH_ALL,
        [BENCH_ANY] = DX_MATCH_ANY, [BENCH_PHRASE] = DX_MATCH_ALL,
        [BENCH_AUTO] = DX_MATCH_AUTO};
    dx_request request = DX_REQUEST_INIT;
    dx_results *results = NULL;
    dx_error err = {0};
    char phrase[QUERY_MAX];
    dx_hit hit;

    request.limit = BENCH_TOP;
    request.match = matches[kind];
    if (kind == BENCH_PHRASE) {
        snprintf(phrase, sizeof phrase, "\"%s\"", query);
        query = phrase;
    }
    double start = bench_now_us();
    if (dx_search(p->state, query, &request, &results, &err) != DX_OK) {
        fprintf(stderr, "bench: dx: %s\n", err.msg);
        return false;
    }
    out->total = dx_results_total(results);
    out->hits = 0;
    while (dx_results_next(results, &hit))
        out->hits++;
    dx_results_free(results);
    out->us = bench_now_us() - start;
    return true;
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
