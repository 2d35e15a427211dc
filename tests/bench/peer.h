/* peer.h -- one search engine as the benchmark sees it: dx or a rival.
 *
 * Every rival gets the text that dx makes of the articles: folded terms with
 * one blank between them. So all engines hold the same terms, and a rival pays
 * for no Unicode at all. */
#ifndef DX_BENCH_PEER_H
#define DX_BENCH_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BENCH_TOP 10u

typedef enum bench_kind {
    BENCH_ALL,   /* every word: the ten best and the exact total */
    BENCH_ANY,   /* at least one word: the ten best */
    BENCH_PHRASE, /* the words in a row: the ten best */
    BENCH_AUTO,   /* as dxsearch searches without options: dx only */
    /* Of --queries: every word is to be there, and more besides. */
    BENCH_NEAR,   /* two words at most BENCH_NEAR_SPAN positions apart */
    BENCH_PREFIX, /* the last word is only the beginning of one */
    BENCH_FUZZY,  /* the last word is one letter off: dx only */
    BENCH_DATES,  /* within BENCH_FROM..BENCH_TO */
    BENCH_NEWEST, /* the ten newest */
    BENCH_FACETS, /* the exact total, and of all matches the most frequent
                     sources and categories */
    BENCH_SUGGEST /* how what is typed may go on: dx only */
} bench_kind;

#define BENCH_NEAR_SPAN 10u
#define BENCH_FROM "2025-11-01" /* three of the dated corpus's 13 months */
#define BENCH_TO "2026-01-31"

typedef struct bench_answer {
    double us;      /* time inside the engine */
    uint64_t total; /* matches; BENCH_ALL, BENCH_FACETS: exact, else what the
                       engine says */
    uint32_t hits;
} bench_answer;

typedef struct bench_peer bench_peer;
struct bench_peer {
    const char *name; /* borrowed from the table in peer.c */
    void *state;      /* owned; freed by close */
    bool accented;    /* wants the accented form of a query */
    bool bare;        /* is asked for the words alone, whatever the kind */
    bool (*search)(bench_peer *p, bench_kind kind, const char *query,
        bench_answer *out);
    void (*close)(bench_peer *p);
};

/** Opens engine `name` on its index at `path` (for a piped one: its command).
 *  Says on standard error why when it returns false. */
bool bench_peer_open(const char *name, const char *path, bench_peer *out);

/** Builds engine `name` an index at `path` from "id TAB text" lines; `values`,
 *  or NULL, has a line "YYYY-MM-DD TAB source TAB category" for each. */
bool bench_peer_build(const char *name, const char *path, const char *folded,
    const char *values);

/** Monotonic, in microseconds. */
double bench_now_us(void);

/** Splits "id TAB text NEWLINE" in place: cuts the line at the tab and at the
 *  newline and returns the text. */
char *bench_line_text(char *line);

/** Reads the next line of values into `cells`, which point into *line; false at
 *  the end. */
enum { BENCH_DATE, BENCH_SOURCE, BENCH_CATEGORY, BENCH_VALUES };
bool bench_read_values(FILE *in, char **line, char *cells[BENCH_VALUES]);

/** Replaces what separates the words: "a b c" to "a OR b OR c". `out` has room
 *  for `cap` bytes; a longer result is cut. */
void bench_join_words(const char *query, const char *separator, char *out,
    size_t cap);

/* The engines; each is described in its file. */
bool bench_dx_open(const char *path, bench_peer *out);
bool bench_fts5_open(const char *path, bench_peer *out);
bool bench_fts5_build(const char *path, const char *folded,
    const char *values);
bool bench_xapian_open(const char *path, bench_peer *out);
bool bench_xapian_build(const char *path, const char *folded,
    const char *values);
bool bench_groonga_open(const char *path, bench_peer *out);
bool bench_groonga_build(const char *path, const char *folded,
    const char *values);
bool bench_pipe_open(const char *command, bench_peer *out);

#ifdef __cplusplus
}
#endif
#endif
