/* SQLite FTS5 as its manual advises for speed: one transaction, no journal,
 * then 'optimize'. Content is stored, all positions are kept (detail=full).
 * The ascii tokenizer splits at blanks here: the text holds nothing else that
 * is not a letter or digit. Date, source and category are in a table of their
 * own, so that reading them does not read the text. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/peer.h"

#define QUERY_MAX 4096

enum { TOP, COUNT, DATES, NEWEST, SOURCES, CATEGORIES, STATEMENTS };
static const char *const statements[STATEMENTS] = {
    [TOP] = "SELECT id, title FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10",
    [COUNT] = "SELECT count(*) FROM t WHERE t MATCH ?",
    [DATES] = "SELECT id, title FROM t JOIN v ON v.rowid = t.rowid WHERE t MATCH "
              "? AND date BETWEEN '" BENCH_FROM "' AND '" BENCH_TO "' ORDER BY "
              "rank LIMIT 10",
    [NEWEST] = "SELECT id, title FROM t JOIN v ON v.rowid = t.rowid WHERE t "
               "MATCH ? ORDER BY date DESC LIMIT 10",
    [SOURCES] = "SELECT source, count(*) FROM t JOIN v ON v.rowid = t.rowid "
                "WHERE t MATCH ? GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
    [CATEGORIES] = "SELECT category, count(*) FROM t JOIN v ON v.rowid = "
                   "t.rowid WHERE t MATCH ? GROUP BY 1 ORDER BY 2 DESC LIMIT "
                   "10",
};

typedef struct fts5 {
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENTS];
} fts5;

static bool complain(sqlite3 *db, const char *doing)
{
    fprintf(stderr, "bench: fts5, %s: %s\n", doing, sqlite3_errmsg(db));
    return false;
}

static bool run(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ||
           complain(db, sql);
}

/* ---- building ---- */

static bool insert_all(sqlite3 *db, FILE *in)
{
    sqlite3_stmt *insert;
    bench_article a = {0};
    bool fine = true;

    if (sqlite3_prepare_v2(db, "INSERT INTO t VALUES (?, ?, ?)", -1, &insert,
            NULL) != SQLITE_OK)
        return complain(db, "prepare");
    while (bench_read_article(in, &a) && fine) {
        sqlite3_bind_text(insert, 1, a.id, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, a.title, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 3, a.text, -1, SQLITE_STATIC);
        fine = sqlite3_step(insert) == SQLITE_DONE || complain(db, "insert");
        sqlite3_reset(insert);
    }
    free(a.line);
    sqlite3_finalize(insert);
    return fine;
}

static bool insert_values(sqlite3 *db, FILE *in)
{
    sqlite3_stmt *insert;
    char *line = NULL, *cells[BENCH_VALUES];
    bool fine = true;

    if (sqlite3_prepare_v2(db, "INSERT INTO v VALUES (?, ?, ?)", -1, &insert,
            NULL) != SQLITE_OK)
        return complain(db, "prepare");
    while (fine && bench_read_values(in, &line, cells)) {
        for (int i = 0; i < BENCH_VALUES; i++)
            sqlite3_bind_text(insert, i + 1, cells[i], -1, SQLITE_STATIC);
        fine = sqlite3_step(insert) == SQLITE_DONE || complain(db, "insert");
        sqlite3_reset(insert);
    }
    free(line);
    sqlite3_finalize(insert);
    return fine;
}

bool bench_fts5_build(const char *path, const char *folded, const char *values)
{
    FILE *in = fopen(folded, "r");
    FILE *values_in = values ? fopen(values, "r") : NULL;
    sqlite3 *db = NULL;
    bool fine = in && (!values || values_in) && sqlite3_open(path, &db) == SQLITE_OK;

    fine = fine && run(db, "PRAGMA journal_mode = OFF") &&
           run(db, "PRAGMA synchronous = OFF") &&
           run(db, "PRAGMA cache_size = -200000") &&
           run(db, "CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, title "
                   "UNINDEXED, text, tokenize='ascii', detail=full)") &&
           run(db, "CREATE TABLE v(date, source, category)") &&
           run(db, "BEGIN") && insert_all(db, in) &&
           insert_values(db, values_in) && run(db, "COMMIT") &&
           run(db, "INSERT INTO t(t) VALUES ('optimize')");
    sqlite3_close(db);
    if (in)
        fclose(in);
    if (values_in)
        fclose(values_in);
    return fine;
}

/* ---- searching ---- */

/* Runs statement `which`; *total is the number of rows, of COUNT what it says.
 * Whoever shows rows reads their first two columns. */
static bool ask(fts5 *f, int which, const char *match, uint64_t *total)
{
    sqlite3_stmt *s = f->statements[which];
    int code;

    sqlite3_bind_text(s, 1, match, -1, SQLITE_STATIC);
    *total = 0;
    while ((code = sqlite3_step(s)) == SQLITE_ROW)
        if (which == COUNT) {
            *total = (uint64_t)sqlite3_column_int64(s, 0);
        } else {
            sqlite3_column_text(s, 0);
            sqlite3_column_text(s, 1);
            ++*total;
        }
    sqlite3_reset(s);
    return code == SQLITE_DONE || complain(f->db, match);
}

/* Words are quoted: "or" is a syllable too. */
static void to_match(bench_kind kind, const char *query, char match[QUERY_MAX])
{
    char words[QUERY_MAX / 2];

    bool any = kind == BENCH_ANY || kind == BENCH_DEFAULT;

    bench_join_words(query, any ? "\" OR \"" : "\" \"", words, sizeof words);
    switch (kind) {
    case BENCH_PHRASE:
        snprintf(match, QUERY_MAX, "\"%s\"", query);
        break;
    case BENCH_NEAR: /* counts the words between */
        snprintf(match, QUERY_MAX, "NEAR(\"%s\", %u)", words,
            BENCH_NEAR_SPAN - 1);
        break;
    case BENCH_PREFIX:
        snprintf(match, QUERY_MAX, "\"%s\" *", words);
        break;
    case BENCH_ALL:
    case BENCH_ALL10:
    case BENCH_ANY:
    case BENCH_DEFAULT:
    case BENCH_BODY:
    case BENCH_FUZZY:
    case BENCH_DATES:
    case BENCH_NEWEST:
    case BENCH_FACETS:
    case BENCH_SUGGEST:
    case BENCH_KINDS:
        snprintf(match, QUERY_MAX, "\"%s\"", words);
        break;
    }
}

static bool fts5_search(bench_peer *p, bench_kind kind, const char *query,
    bench_answer *out)
{
    fts5 *f = p->state;
    char match[QUERY_MAX];
    uint64_t rows;

    to_match(kind, query, match);
    double start = bench_now_us();
    bool fine = ask(f, kind == BENCH_DATES    ? DATES
                       : kind == BENCH_NEWEST ? NEWEST
                                              : TOP, match, &rows);
    out->hits = (uint32_t)rows;
    out->total = rows;
    if (kind == BENCH_FACETS)
        fine = fine && ask(f, SOURCES, match, &rows) &&
               ask(f, CATEGORIES, match, &rows);
    if (bench_is_counted(kind))
        fine = fine && ask(f, COUNT, match, &out->total);
    out->us = bench_now_us() - start;
    return fine;
}

static void fts5_close(bench_peer *p)
{
    fts5 *f = p->state;

    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(f->statements[i]);
    sqlite3_close(f->db);
    free(f);
}

bool bench_fts5_open(const char *path, bench_peer *out)
{
    fts5 *f = calloc(1, sizeof *f);

    if (!f)
        return false;
    out->state = f;
    out->search = fts5_search;
    out->close = fts5_close;
    bool fine = sqlite3_open_v2(path, &f->db, SQLITE_OPEN_READONLY, NULL) ==
                    SQLITE_OK &&
                run(f->db, "PRAGMA mmap_size = 4294967296");
    for (int i = 0; i < STATEMENTS && fine; i++)
        fine = sqlite3_prepare_v2(f->db, statements[i], -1, &f->statements[i],
                   NULL) == SQLITE_OK;
    if (fine)
        return true;
    complain(f->db, path);
    fts5_close(out);
    return false;
}
