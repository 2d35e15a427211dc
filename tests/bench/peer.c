/* The table of engines, and what their files share. */
#include "tests/bench/peer.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static const struct engine {
    const char *name;
    bool (*open)(const char *path, bench_peer *out);
    bool (*build)(const char *path, const char *folded,
        const char *values); /* NULL: elsewhere */
    bool accented, bare;
} engines[] = {
    {"dx", bench_dx_open, NULL, false, false},
    {"dx-accented", bench_dx_open, NULL, true, false},
    {"dx-bare", bench_dx_open, NULL, false, true},
    {"fts5", bench_fts5_open, bench_fts5_build, false, false},
    {"xapian", bench_xapian_open, bench_xapian_build, false, false},
#ifdef BENCH_GROONGA
    {"groonga", bench_groonga_open, bench_groonga_build, false, false},
#endif
    {"lucene", bench_pipe_open, NULL, false, false},
    {"tantivy", bench_pipe_open, NULL, false, false},
};

static const struct engine *find(const char *name)
{
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++)
        if (strcmp(engines[i].name, name) == 0)
            return &engines[i];
    fprintf(stderr, "bench: engine '%s' is not built in\n", name);
    return NULL;
}

bool bench_peer_open(const char *name, const char *path, bench_peer *out)
{
    const struct engine *e = find(name);

    memset(out, 0, sizeof *out);
    if (!e || !e->open(path, out))
        return false;
    out->name = e->name;
    out->accented = e->accented;
    out->bare = e->bare;
    return true;
}

bool bench_peer_build(const char *name, const char *path, const char *folded,
    const char *values)
{
    const struct engine *e = find(name);

    return e && e->build && e->build(path, folded, values);
}

double bench_now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

char *bench_line_text(char *line)
{
    char *text = strchr(line, '\t');

    line[strcspn(line, "\n")] = '\0';
    if (!text)
        return line + strlen(line);
    *text = '\0';
    return text + 1;
}

bool bench_read_values(FILE *in, char **line, char *cells[BENCH_VALUES])
{
    size_t cap = 0;

    free(*line);
    *line = NULL;
    if (!in || getline(line, &cap, in) <= 0)
        return false;
    char *at = *line;
    at[strcspn(at, "\n")] = '\0';
    for (int i = 0; i < BENCH_VALUES; i++) {
        size_t n = strcspn(at, "\t");
        cells[i] = at;
        at += n;
        if (*at)
            *at++ = '\0';
    }
    return true;
}

void bench_join_words(const char *query, const char *separator, char *out,
    size_t cap)
{
    size_t n = 0;

    for (; *query; query++) {
        const char *add = *query == ' ' ? separator : query;
        size_t len = *query == ' ' ? strlen(separator) : 1;
        if (n + len >= cap)
            break;
        memcpy(out + n, add, len);
        n += len;
    }
    out[n] = '\0';
}
