/* peer.h -- one search engine as the benchmark sees it: dx or a rival in C.
 *
 * Every rival gets the text that dx makes of the articles: folded terms with
 * one blank between them. So all engines hold the same terms, and a rival pays
 * for no Unicode at all. Rivals in other languages are below peers/. */
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

/* What is asked. Every kind is for the ten best hits, with their ids and titles;
 * those that are counted, for the exact total as well. */
typedef enum bench_kind {
    BENCH_ALL,     /* every word; counted */
    BENCH_ALL10,   /* the same without a total */
    BENCH_ANY,     /* at least one word */
    BENCH_DEFAULT, /* as the engine searches without options */
    BENCH_PHRASE,  /* the words in a row */
    BENCH_PREFIX,  /* every word, the last only begun; counted */
    BENCH_NEAR,    /* two words at most BENCH_NEAR_SPAN positions apart; counted */
    BENCH_BODY,    /* one word, in the body; counted; dx only, here */
    /* Of --queries: every word is to be there, and more besides. */
    BENCH_FUZZY,   /* the last word is one letter off: dx only */
    BENCH_DATES,   /* within BENCH_FROM..BENCH_TO */
    BENCH_NEWEST,  /* the ten newest */
    BENCH_FACETS,  /* the most frequent sources and categories of all matches;
                      counted */
    BENCH_SUGGEST, /* how what is typed may go on: dx only */
    BENCH_KINDS
} bench_kind;

#define BENCH_NEAR_SPAN 10u
#define BENCH_FROM "2025-11-01" /* three of the dated corpus's 13 months */
#define BENCH_TO "2026-01-31"

/** The kind called `name` ("all", "all10", … in the order above); BENCH_KINDS,
 *  told on standard error, if there is none. */
bench_kind bench_kind_of(const char *name);
bool bench_is_counted(bench_kind kind);

typedef struct bench_answer {
    double us;      /* time inside the engine */
    uint64_t total; /* matches: exact if counted, else what the engine says */
    uint32_t hits;
} bench_answer;

typedef struct bench_peer bench_peer;
struct bench_peer {
    void *state;   /* owned; freed by close */
    bool accented; /* wants the accented form of a query */
    bool bare;     /* is asked for the words alone, whatever the kind */
    bool (*search)(bench_peer *p, bench_kind kind, const char *query,
        bench_answer *out);
    void (*close)(bench_peer *p);
};

/** Opens engine `name` on its index at `path`. Says on standard error why when
 *  it returns false. */
bool bench_peer_open(const char *name, const char *path, bench_peer *out);

/** Builds engine `name` an index at `path` from the articles in `folded`;
 *  `values`, or NULL, has a line "YYYY-MM-DD TAB source TAB category" for each. */
bool bench_peer_build(const char *name, const char *path, const char *folded,
    const char *values);

/** Monotonic, in microseconds. */
double bench_now_us(void);

/** Cuts "a TAB b NEWLINE" at the tab and at the newline and returns b, "" if
 *  there is none. */
char *bench_line_split(char *line);

/** An article of folded.tsv, a line "id TAB title TAB folded title and lead TAB
 *  folded body": its strings point into `line`. */
typedef struct bench_article {
    char *line; /* owned; NULL before the first */
    const char *id, *title, *text; /* text: all that is folded, as one */
} bench_article;

/** Reads the next article; at the end frees the line and returns false. */
bool bench_read_article(FILE *in, bench_article *a);

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

#ifdef __cplusplus
}
#endif
#endif
