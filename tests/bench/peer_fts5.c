/* SQLite FTS5 as its manual advises for speed: one transaction, no journal,
 * then 'optimize'. Content is stored, all positions are kept (detail=full).
 * The ascii tokenizer splits at blanks here: the text holds nothing else that
 * is not a letter or digit. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/peer.h"

#define QUERY_MAX 4096

typedef struct fts5 {
    sqlite3 *db;
    sqlite3_stmt *top, *count;
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
    char *line = NULL;
    size_t cap = 0;
    bool fine = true;

    if (sqlite3_prepare_v2(db, "INSERT INTO t(text) VALUES (?)", -1, &insert,
            NULL) != SQLITE_OK)
        return complain(db, "prepare");
    while (fine && getline(&line, &cap, in) > 0) {
        sqlite3_bind_text(insert, 1, bench_line_text(line), -1, SQLITE_STATIC);
        fine = sqlite3_step(insert) == SQLITE_DONE || complain(db, "insert");
        sqlite3_reset(insert);
    }
    free(line);
    sqlite3_finalize(insert);
    return fine;
}

bool bench_fts5_build(const char *path, const char *folded)
{
    FILE *in = fopen(folded, "r");
    sqlite3 *db = NULL;
    bool fine = in && sqlite3_open(path, &db) == SQLITE_OK;

    fine = fine && run(db, "PRAGMA journal_mode = OFF") &&
           run(db, "PRAGMA synchronous = OFF") &&
           run(db, "PRAGMA cache_size = -200000") &&
           run(db, "CREATE VIRTUAL TABLE t USING fts5(text, tokenize='ascii', "
                   "detail=full)") &&
           run(db, "BEGIN") && insert_all(db, in) && run(db, "COMMIT") &&
           run(db, "INSERT INTO t(t) VALUES ('optimize')");
    sqlite3_close(db);
    if (in)
        fclose(in);
    return fine;
}

/* ---- searching ---- */

static bool count_matches(fts5 *f, const char *match, uint64_t *total)
{
    sqlite3_bind_text(f->count, 1, match, -1, SQLITE_STATIC);
    bool fine = sqlite3_step(f->count) == SQLITE_ROW;
    if (fine)
        *total = (uint64_t)sqlite3_column_int64(f->count, 0);
    sqlite3_reset(f->count);
    return fine;
}

static bool fts5_search(bench_peer *p, bench_kind kind, const char *query,
    bench_answer *out)
{
    fts5 *f = p->state;
    char match[QUERY_MAX];
    int code;

    if (kind == BENCH_PHRASE)
        snprintf(match, sizeof match, "\"%s\"", query);
    else /* quoted: "or" is a syllable too */
        bench_join_words(query, kind == BENCH_ALL ? "\" \"" : "\" OR \"",
            match + 1, sizeof match - 2);
    if (kind != BENCH_PHRASE) {
        match[0] = '"';
        strcat(match, "\"");
    }
    double start = bench_now_us();
    sqlite3_bind_text(f->top, 1, match, -1, SQLITE_STATIC);
    out->hits = 0;
    while ((code = sqlite3_step(f->top)) == SQLITE_ROW)
        out->hits++;
    sqlite3_reset(f->top);
    out->total = out->hits;
    bool fine = code == SQLITE_DONE &&
                (kind != BENCH_ALL || count_matches(f, match, &out->total));
    out->us = bench_now_us() - start;
    return fine || complain(f->db, match);
}

static void fts5_close(bench_peer *p)
{
    fts5 *f = p->state;

    sqlite3_finalize(f->top);
    sqlite3_finalize(f->count);
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
    if (sqlite3_open_v2(path, &f->db, SQLITE_OPEN_READONLY, NULL) ==
            SQLITE_OK &&
        run(f->db, "PRAGMA mmap_size = 4294967296") &&
        sqlite3_prepare_v2(f->db,
            "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", -1,
            &f->top, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(f->db, "SELECT count(*) FROM t WHERE t MATCH ?", -1,
            &f->count, NULL) == SQLITE_OK)
        return true;
    complain(f->db, path);
    fts5_close(out);
    return false;
}
