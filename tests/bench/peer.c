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
};

static const struct kind {
    const char *name;
    bool counted;
} kinds[BENCH_KINDS] = {
    [BENCH_ALL] = {"all", true},
    [BENCH_ALL10] = {"all10", false},
    [BENCH_ANY] = {"any", false},
    [BENCH_DEFAULT] = {"default", false},
    [BENCH_PHRASE] = {"phrase", false},
    [BENCH_PREFIX] = {"prefix", true},
    [BENCH_NEAR] = {"near", true},
    [BENCH_BODY] = {"body", true},
    [BENCH_FUZZY] = {"fuzzy", false},
    [BENCH_DATES] = {"dates", false},
    [BENCH_NEWEST] = {"newest", false},
    [BENCH_FACETS] = {"facets", true},
    [BENCH_SUGGEST] = {"suggest", false},
};

bench_kind bench_kind_of(const char *name)
{
    for (int i = 0; i < BENCH_KINDS; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return (bench_kind)i;
    fprintf(stderr, "bench: no kind of query is called '%s'\n", name);
    return BENCH_KINDS;
}

bool bench_is_counted(bench_kind kind) { return kinds[kind].counted; }

static const struct engine *find(const char *name)
{
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++)
        if (strcmp(engines[i].name, name) == 0)
            return &engines[i];
    fprintf(stderr, "bench: no engine is called '%s'\n", name);
    return NULL;
}

bool bench_peer_open(const char *name, const char *path, bench_peer *out)
{
    const struct engine *e = find(name);

    memset(out, 0, sizeof *out);
    if (!e || !e->open(path, out))
        return false;
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

/* ---- lines ---- */

/* Cuts at the next tab, if there is one, and returns what follows it. */
static char *cut(char *text)
{
    text += strcspn(text, "\t");
    if (*text)
        *text++ = '\0';
    return text;
}

char *bench_line_split(char *line)
{
    line[strcspn(line, "\n")] = '\0';
    return cut(line);
}

bool bench_read_article(FILE *in, bench_article *a)
{
    size_t cap = 0;

    free(a->line);
    a->line = NULL;
    if (getline(&a->line, &cap, in) <= 0) {
        free(a->line);
        a->line = NULL;
        return false;
    }
    char *title = bench_line_split(a->line);
    char *text = cut(title);
    a->id = a->line;
    a->title = title;
    a->text = text;
    text += strcspn(text, "\t");
    if (*text)
        *text = ' '; /* head and body are one text */
    return true;
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
        cells[i] = at;
        at = cut(at);
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
