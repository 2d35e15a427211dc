/* bench_threads INDEX QUERIES SECONDS: how many requests a second threads get
 * out of one dx_index, and how many turns of a bare loop, which tells how much of
 * two processors the machine has to give. One thread and two take turns, each for
 * SECONDS, ROUNDS times. Prints "threads TAB requests a second TAB loops a second",
 * the best round of each. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/peer.h"

#define THREADS_MAX 2u
#define ROUNDS 3

typedef struct load {
    bench_peer *peer;
    char **queries; /* owned, and each of them */
    size_t count;
    double seconds;
} load;

typedef struct worker {
    const load *load;
    size_t first; /* query to begin with: threads ask different ones */
    size_t answered;
    bool failed;
} worker;

static bool read_queries(load *l, const char *path)
{
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0, room = 0;

    if (!in) {
        perror(path);
        return false;
    }
    while (getline(&line, &cap, in) > 0) {
        if (l->count == room) {
            room = room ? 2 * room : 256;
            char **more = realloc(l->queries, room * sizeof *more);
            if (!more)
                break;
            l->queries = more;
        }
        bench_line_split(line);
        l->queries[l->count++] = line;
        line = NULL;
        cap = 0;
    }
    free(line);
    fclose(in);
    return l->count > 0;
}

static void *search(void *context)
{
    worker *w = context;
    const load *l = w->load;
    double end = bench_now_us() + l->seconds * 1e6;
    bench_answer answer;

    for (size_t at = w->first; !w->failed && bench_now_us() < end; at++) {
        w->failed = !l->peer->search(l->peer, BENCH_DEFAULT,
            l->queries[at % l->count], &answer);
        w->answered++;
    }
    return NULL;
}

static void *loop(void *context)
{
    worker *w = context;
    double end = bench_now_us() + w->load->seconds * 1e6;
    uint64_t x = 1;

    while (bench_now_us() < end) {
        for (int i = 0; i < 100000; i++)
            x = x * 0x2545f4914f6cdd1du + 1;
        w->answered++;
    }
    w->failed = x == 0; /* nobody leaves out what is looked at */
    return NULL;
}

/* What `threads` at once do of `work` in a second; 0 when one failed. */
static double run(const load *l, void *(*work)(void *), size_t threads)
{
    pthread_t ids[THREADS_MAX];
    worker workers[THREADS_MAX];
    size_t started = 0, answered = 0;
    double start = bench_now_us();
    bool failed = false;

    for (; started < threads; started++) {
        worker *w = &workers[started];
        *w = (worker){.load = l, .first = started * l->count / threads};
        if (pthread_create(&ids[started], NULL, work, w) != 0)
            break;
    }
    for (size_t i = 0; i < started; i++) {
        pthread_join(ids[i], NULL);
        answered += workers[i].answered;
        failed = failed || workers[i].failed;
    }
    if (failed || started < threads)
        return 0;
    return (double)answered / (bench_now_us() - start) * 1e6;
}

static double larger(double a, double b) { return a > b ? a : b; }

int main(int argc, char **argv)
{
    bench_peer peer;
    load l = {.peer = &peer, .seconds = argc == 4 ? atof(argv[3]) : 0};
    double requests[THREADS_MAX + 1] = {0}, loops[THREADS_MAX + 1] = {0};

    if (l.seconds <= 0) {
        fputs("usage: bench_threads INDEX QUERIES.tsv SECONDS\n", stderr);
        return 2;
    }
    if (!read_queries(&l, argv[2]) || !bench_peer_open("dx", argv[1], &peer))
        return 1;
    for (int round = 0; round < ROUNDS; round++)
        for (size_t n = 1; n <= THREADS_MAX; n++) {
            requests[n] = larger(requests[n], run(&l, search, n));
            loops[n] = larger(loops[n], run(&l, loop, n));
        }
    for (size_t n = 1; n <= THREADS_MAX; n++)
        printf("%zu\t%.1f\t%.1f\n", n, requests[n], loops[n]);
    peer.close(&peer);
    for (size_t i = 0; i < l.count; i++)
        free(l.queries[i]);
    free(l.queries);
    return requests[THREADS_MAX] > 0 ? 0 : 1;
}
