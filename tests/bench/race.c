/* bench_race KIND QUERIES ROUNDS ENGINE[:MAX]=PATH…: asks all engines the same
 * queries, one query at a time through all of them, so that whatever slows the
 * machine slows everybody. The first engine is the one the others are compared
 * with.
 *
 * QUERIES holds "folded TAB accented" lines; MAX limits a slow engine to the
 * first queries. A query's time is the median of its ROUNDS; one more round
 * goes before, to warm the caches, and is not counted. Prints for each engine
 *
 *     engine TAB queries TAB mean TAB median TAB p99 (microseconds)
 *         TAB first's mean TAB first's median (on the same queries)
 *         TAB totals that differ from the first's TAB mean total
 *
 * and, last, "memory TAB anonymous KiB TAB peak KiB" of this process. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "tests/bench/peer.h"

#define PEERS_MAX 8
#define ROUNDS_MAX 99
#define MISMATCHES_SHOWN 5

typedef struct query {
    char *folded, *accented; /* owned, one allocation */
} query;

typedef struct entrant {
    bench_peer peer;
    size_t queries;    /* how many of them it is asked */
    double *rounds_us; /* of the query at hand */
    double *us;        /* per query */
    uint64_t *totals;
} entrant;

typedef struct race {
    bench_kind kind;
    size_t rounds;
    query *queries;
    size_t query_count;
    entrant entrants[PEERS_MAX];
    size_t count;
} race;

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double quantile(const double *us, size_t n, double q)
{
    double *sorted = malloc(n * sizeof *us);

    if (!sorted)
        abort();
    memcpy(sorted, us, n * sizeof *us);
    qsort(sorted, n, sizeof *us, compare);
    size_t at = (size_t)(q * (double)n);
    double value = sorted[at < n ? at : n - 1];
    free(sorted);
    return value;
}

static double mean(const double *us, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += us[i];
    return sum / (double)n;
}

/* ---- set-up ---- */

static bool read_queries(race *r, const char *path)
{
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;

    if (!in) {
        perror(path);
        return false;
    }
    while (getline(&line, &cap, in) > 0) {
        r->queries = realloc(r->queries,
            (r->query_count + 1) * sizeof *r->queries);
        query *q = &r->queries[r->query_count++];
        q->folded = strdup(line);
        q->accented = bench_line_text(q->folded);
    }
    free(line);
    fclose(in);
    return r->query_count > 0;
}

/* "xapian:300=/path" */
static bool enter(race *r, char *spec)
{
    entrant *e = &r->entrants[r->count];
    char *path = strchr(spec, '=');

    if (!path || r->count == PEERS_MAX)
        return false;
    *path++ = '\0';
    char *max = strchr(spec, ':');
    e->queries = r->query_count;
    if (max) {
        *max++ = '\0';
        size_t n = strtoul(max, NULL, 10);
        if (n && n < e->queries)
            e->queries = n;
    }
    e->rounds_us = calloc(r->rounds, sizeof *e->rounds_us);
    e->us = calloc(r->query_count, sizeof *e->us);
    e->totals = calloc(r->query_count, sizeof *e->totals);
    if (!e->rounds_us || !e->us || !e->totals ||
        !bench_peer_open(spec, path, &e->peer))
        return false;
    r->count++;
    return true;
}

static bool set_up(race *r, int argc, char **argv)
{
    static const char *const kinds[] = {[BENCH_ALL] = "all",
        [BENCH_ANY] = "any", [BENCH_PHRASE] = "phrase", [BENCH_AUTO] = "auto",
        [BENCH_NEAR] = "near", [BENCH_PREFIX] = "prefix",
        [BENCH_FUZZY] = "fuzzy", [BENCH_DATES] = "dates",
        [BENCH_NEWEST] = "newest", [BENCH_FACETS] = "facets",
        [BENCH_SUGGEST] = "suggest"};
    const int known = sizeof kinds / sizeof *kinds;
    int kind = 0;

    while (kind < known && argc > 4 && strcmp(argv[1], kinds[kind]) != 0)
        kind++;
    r->rounds = argc > 4 ? strtoul(argv[3], NULL, 10) : 0;
    if (kind == known || r->rounds < 1 || r->rounds > ROUNDS_MAX) {
        fputs("usage: bench_race all|any|phrase|auto|near|prefix|fuzzy|dates|"
              "newest|facets|suggest QUERIES.tsv ROUNDS ENGINE[:MAX]=PATH…\n",
            stderr);
        return false;
    }
    r->kind = (bench_kind)kind;
    if (!read_queries(r, argv[2]))
        return false;
    for (int i = 4; i < argc; i++)
        if (!enter(r, argv[i]))
            return false;
    return true;
}

/* ---- the race ---- */

/* A different engine begins each round: the one that runs second finds the
 * processor's caches as the other left them. */
static bool run_round(race *r, size_t at, size_t round, bool counted)
{
    for (size_t i = 0; i < r->count; i++) {
        entrant *e = &r->entrants[(i + round) % r->count];
        const query *q = &r->queries[at];
        bench_answer answer;
        if (at >= e->queries)
            continue;
        if (!e->peer.search(&e->peer, r->kind,
                e->peer.accented ? q->accented : q->folded, &answer))
            return false;
        e->totals[at] = answer.total;
        if (counted)
            e->rounds_us[round] = answer.us;
    }
    return true;
}

static bool run(race *r)
{
    for (size_t at = 0; at < r->query_count; at++) {
        if (!run_round(r, at, 0, false))
            return false;
        for (size_t round = 0; round < r->rounds; round++)
            if (!run_round(r, at, round, true))
                return false;
        for (size_t i = 0; i < r->count; i++)
            r->entrants[i].us[at] =
                quantile(r->entrants[i].rounds_us, r->rounds, 0.5);
    }
    return true;
}

/* ---- the outcome ---- */

/* Only folded totals can be compared: an accented query asks for less. */
static size_t mismatches(const race *r, const entrant *e)
{
    const entrant *first = &r->entrants[0];
    size_t n = 0;

    bool exact = r->kind == BENCH_ALL || r->kind == BENCH_FACETS;
    if (!exact || e->peer.accented != first->peer.accented)
        return 0;
    for (size_t i = 0; i < e->queries && i < first->queries; i++) {
        if (e->totals[i] == first->totals[i])
            continue;
        if (n++ < MISMATCHES_SHOWN)
            fprintf(stderr, "bench: totals differ: %s %llu, %s %llu: %s\n",
                first->peer.name, (unsigned long long)first->totals[i],
                e->peer.name, (unsigned long long)e->totals[i],
                r->queries[i].folded);
    }
    return n;
}

static void report(const race *r)
{
    const entrant *first = &r->entrants[0];

    for (size_t i = 0; i < r->count; i++) {
        const entrant *e = &r->entrants[i];
        size_t n = e->queries < first->queries ? e->queries : first->queries;
        double totals = 0;
        for (size_t q = 0; q < e->queries; q++)
            totals += (double)e->totals[q];
        printf("%s\t%zu\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%zu\t%.1f\n",
            e->peer.name, e->queries, mean(e->us, e->queries),
            quantile(e->us, e->queries, 0.5), quantile(e->us, e->queries, 0.99),
            mean(first->us, n), quantile(first->us, n, 0.5), mismatches(r, e),
            totals / (double)e->queries);
    }
}

static long anonymous_kib(void)
{
    FILE *in = fopen("/proc/self/status", "r");
    char line[256];
    long kib = -1;

    while (in && fgets(line, sizeof line, in))
        if (sscanf(line, "RssAnon: %ld", &kib) == 1)
            break;
    if (in)
        fclose(in);
    return kib;
}

static void report_memory(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    printf("memory\t%ld\t%ld\n", anonymous_kib(), usage.ru_maxrss);
}

static void tear_down(race *r)
{
    for (size_t i = 0; i < r->count; i++) {
        entrant *e = &r->entrants[i];
        e->peer.close(&e->peer);
        free(e->rounds_us);
        free(e->us);
        free(e->totals);
    }
    for (size_t i = 0; i < r->query_count; i++)
        free(r->queries[i].folded);
    free(r->queries);
}

int main(int argc, char **argv)
{
    static race r;
    bool fine = set_up(&r, argc, argv) && run(&r);

    if (fine) {
        report(&r);
        report_memory();
    }
    tear_down(&r);
    return fine ? 0 : 1;
}
