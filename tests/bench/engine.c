/* bench_engine: an engine in C as a program, which keeps to what the rivals'
 * programs below peers/ keep to:
 *
 *     bench_engine ENGINE build FOLDED.tsv INDEX [VALUES.tsv]
 *     bench_engine ENGINE serve INDEX
 *
 * The server is asked for batches on standard input and times each query:
 *
 *     it reads   KIND TAB FILE NEWLINE
 *     it answers total TAB hits TAB microseconds NEWLINE   for each line of FILE
 *                NEWLINE
 *
 * So no engine pays for a pipe, and each has the processor's caches to itself for
 * the length of a batch. FILE holds "folded query TAB accented query" lines. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/peer.h"

static bool answer_batch(bench_peer *p, bench_kind kind, const char *path)
{
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    bool fine = in != NULL;

    if (!in)
        perror(path);
    while (fine && getline(&line, &cap, in) > 0) {
        const char *accented = bench_line_split(line);
        bench_answer answer = {0};
        fine = p->search(p, kind, p->accented ? accented : line, &answer);
        if (fine)
            printf("%llu\t%u\t%.3f\n", (unsigned long long)answer.total,
                answer.hits, answer.us);
    }
    putchar('\n');
    fflush(stdout);
    free(line);
    if (in)
        fclose(in);
    return fine;
}

static bool serve(const char *engine, const char *path)
{
    bench_peer peer;
    char *line = NULL;
    size_t cap = 0;
    bool fine = bench_peer_open(engine, path, &peer);

    if (!fine)
        return false;
    while (fine && getline(&line, &cap, stdin) > 0) {
        const char *file = bench_line_split(line);
        bench_kind kind = bench_kind_of(line);
        fine = kind != BENCH_KINDS && answer_batch(&peer, kind, file);
    }
    peer.close(&peer);
    free(line);
    return fine;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[2], "serve") == 0)
        return serve(argv[1], argv[3]) ? 0 : 1;
    if ((argc == 5 || argc == 6) && strcmp(argv[2], "build") == 0)
        return bench_peer_build(argv[1], argv[4], argv[3], argv[5]) ? 0 : 1;
    fputs("usage: bench_engine ENGINE build FOLDED.tsv INDEX [VALUES.tsv]\n"
          "       bench_engine ENGINE serve INDEX\n", stderr);
    return 2;
}
