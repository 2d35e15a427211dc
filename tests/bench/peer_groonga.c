/* Groonga: the text in a column, an index with positions made after loading
 * (its fast way), terms split at blanks. Asked by its own command language, as
 * its programs do. */
#include <groonga.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/peer.h"

#define COMMAND_MAX 8192

static bool complain(grn_ctx *ctx, const char *doing)
{
    fprintf(stderr, "bench: groonga, %s: %s\n", doing, ctx->errbuf);
    return false;
}

/* *answer, if wanted, is valid until the next command. */
static bool command(grn_ctx *ctx, const char *text, const char **answer,
    unsigned *len)
{
    char *out = NULL;
    unsigned out_len = 0;
    int flags = 0;

    grn_ctx_send(ctx, text, (unsigned)strlen(text), 0);
    grn_ctx_recv(ctx, &out, &out_len, &flags);
    if (ctx->rc != GRN_SUCCESS)
        return complain(ctx, text);
    if (answer) {
        *answer = out;
        *len = out_len;
    }
    return true;
}

static bool load(grn_ctx *ctx, FILE *in)
{
    grn_obj *table = grn_ctx_get(ctx, "Docs", -1);
    grn_obj *column = grn_ctx_get(ctx, "Docs.text", -1);
    char *line = NULL;
    size_t cap = 0;
    grn_obj value;

    GRN_TEXT_INIT(&value, 0);
    while (getline(&line, &cap, in) > 0) {
        grn_id id = grn_table_add(ctx, table, NULL, 0, NULL);
        const char *text = bench_line_text(line);
        GRN_TEXT_SET(ctx, &value, text, strlen(text));
        grn_obj_set_value(ctx, column, id, &value, GRN_OBJ_SET);
    }
    GRN_OBJ_FIN(ctx, &value);
    free(line);
    return ctx->rc == GRN_SUCCESS || complain(ctx, "load");
}

bool bench_groonga_build(const char *path, const char *folded,
    const char *values)
{
    FILE *in = fopen(folded, "r");
    grn_ctx ctx;

    (void)values; /* is not asked for any */
    if (!in || grn_init() != GRN_SUCCESS)
        return false;
    grn_ctx_init(&ctx, 0);
    bool fine = grn_db_create(&ctx, path, NULL) &&
                command(&ctx, "table_create Docs TABLE_NO_KEY", NULL, NULL) &&
                command(&ctx, "column_create Docs text COLUMN_SCALAR LongText",
                    NULL, NULL) &&
                load(&ctx, in) &&
                command(&ctx,
                    "table_create Terms TABLE_PAT_KEY ShortText "
                    "--default_tokenizer TokenDelimit", NULL, NULL) &&
                command(&ctx,
                    "column_create Terms place COLUMN_INDEX|WITH_POSITION Docs "
                    "text", NULL, NULL);
    fclose(in);
    grn_ctx_fin(&ctx);
    grn_fin();
    return fine;
}

/* The answer is [[[TOTAL],[columns],[1],[2]…]]. */
static void count_hits(const char *answer, unsigned len, bench_answer *out)
{
    unsigned depth = 0, lists = 0;

    for (unsigned i = 0; i < len; i++) {
        depth += answer[i] == '[';
        lists += answer[i] == '[' && depth == 3;
        depth -= answer[i] == ']';
    }
    out->total = len > 3 ? strtoull(answer + 3, NULL, 10) : 0;
    out->hits = lists > 2 ? lists - 2 : 0;
}

static bool groonga_search(bench_peer *p, bench_kind kind, const char *query,
    bench_answer *out)
{
    char words[COMMAND_MAX / 2], text[COMMAND_MAX];
    const char *answer;
    unsigned len;

    if (kind == BENCH_PHRASE)
        snprintf(words, sizeof words, "\\\"%s\\\"", query);
    else
        bench_join_words(query, kind == BENCH_ALL ? " " : " OR ", words,
            sizeof words);
    snprintf(text, sizeof text,
        "select Docs --match_columns text --query \"%s\" --limit 10 "
        "--output_columns _id --sort_keys -_score --cache no", words);
    double start = bench_now_us();
    if (!command(p->state, text, &answer, &len))
        return false;
    out->us = bench_now_us() - start;
    count_hits(answer, len, out);
    return true;
}

static void groonga_close(bench_peer *p)
{
    grn_ctx_close(p->state);
    grn_fin();
}

bool bench_groonga_open(const char *path, bench_peer *out)
{
    grn_ctx *ctx;

    if (grn_init() != GRN_SUCCESS)
        return false;
    ctx = grn_ctx_open(0);
    out->state = ctx;
    out->search = groonga_search;
    out->close = groonga_close;
    return grn_db_open(ctx, path) || complain(ctx, path);
}
