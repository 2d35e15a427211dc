/* An engine in a process of its own (Lucene, Tantivy), asked over a
 * pipe:
 *
 *     we write   all TAB chuyen doi so NEWLINE       (or any, phrase)
 *     it answers total TAB hits TAB microseconds NEWLINE
 *
 * It measures itself, so the pipe costs it nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/peer.h"

typedef struct piped {
    FILE *to, *from;
    pid_t pid;
} piped;

static bool pipe_search(bench_peer *p, bench_kind kind, const char *query,
    bench_answer *out)
{
    static const char *const names[] = {"all", "any", "phrase"};
    piped *engine = p->state;
    unsigned long long total;

    fprintf(engine->to, "%s\t%s\n", names[kind], query);
    fflush(engine->to);
    if (fscanf(engine->from, "%llu\t%u\t%lf", &total, &out->hits, &out->us) !=
        3) {
        fprintf(stderr, "bench: %s gave no answer to: %s\n", p->name, query);
        return false;
    }
    out->total = total;
    return true;
}

static void pipe_close(bench_peer *p)
{
    piped *engine = p->state;

    fclose(engine->to);
    fclose(engine->from);
    waitpid(engine->pid, NULL, 0);
    free(engine);
}

static void become(const char *command, const int to[2], const int from[2])
{
    dup2(to[0], STDIN_FILENO);
    dup2(from[1], STDOUT_FILENO);
    close(to[0]);
    close(to[1]);
    close(from[0]);
    close(from[1]);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

bool bench_pipe_open(const char *command, bench_peer *out)
{
    piped *engine = calloc(1, sizeof *engine);
    int to[2], from[2];

    if (!engine || pipe(to) != 0 || pipe(from) != 0) {
        perror("bench: pipe");
        free(engine);
        return false;
    }
    engine->pid = fork();
    if (engine->pid == 0)
        become(command, to, from);
    close(to[0]);
    close(from[1]);
    engine->to = fdopen(to[1], "w");
    engine->from = fdopen(from[0], "r");
    out->state = engine;
    out->search = pipe_search;
    out->close = pipe_close;
    return engine->pid > 0;
}
