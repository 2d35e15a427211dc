/* The ranking against a scorer that looks at every document: same documents,
 * same order, same scores, same totals, for random corpora and queries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/arena.h"
#include "common/index/segment/generation.h"
#include "common/index/store/snapshot.h"
#include "indexer/run/run.h"
#include "searcher/include/dx/search.h"
#include "searcher/match/rank/rank.h"
#include "searcher/query/parse/parse.h"
#include "tests/support/fixture.h"
#include "tests/support/model.h"
#include "tests/support/random_query.h"

#define WANTED 10

/* ---- corpora ---- */

static char folder[] = "/tmp/dx-rank-XXXXXX";
static char index_path[64], corpus_path[64];

static void put_words(FILE *f, const char *field, uint32_t count)
{
    fprintf(f, ",\"%s\":\"", field);
    for (uint32_t i = 0; i < count; i++)
        fprintf(f, "%s%s", i ? " " : "", random_word());
    fputc('"', f);
}

static void put_names(FILE *f)
{
    char url[64];

    if (random_below(3))
        fprintf(f, ",\"source\":\"%s\"", random_name());
    if (random_below(3))
        fprintf(f, ",\"category\":\"%s\"", random_name());
    if (random_below(3) == 0)
        fprintf(f, ",\"tags\":[\"%s\",\"%s\"]", random_name(),
            random_name());
    if (random_below(3)) {
        random_url(url, sizeof url);
        fprintf(f, ",\"url\":\"%s\"", url);
    }
}

static void write_corpus(uint32_t first, uint32_t docs)
{
    FILE *f = fopen(corpus_path, "w");

    assert_non_null(f);
    for (uint32_t i = first; i < first + docs; i++) {
        fprintf(f, "{\"id\":\"d%u\"", i);
        if (random_below(5))
            fprintf(f, ",\"date\":\"2021-%02u-%02u\"", 1 + random_below(12),
                1 + random_below(28));
        put_names(f);
        put_words(f, "title", 1 + random_below(6));
        if (random_below(2))
            put_words(f, "lead", random_below(12));
        put_words(f, "body", random_below(random_below(10) ? 40 : 400));
        fputs("}\n", f);
    }
    fclose(f);
}

static void index_corpus(bool no_delete)
{
    dx_run_options options = {.index = index_path, .threads = 2,
        .memory_bytes = DX_MEMORY_MIN_BYTES, .no_delete = no_delete};
    const char *paths[] = {corpus_path};
    dx_run_totals totals;
    dx_error err = {0};

    if (dx_run(&options, paths, 1, &totals, &err) != DX_OK)
        fail_msg("%s", err.msg);
}

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(index_path, sizeof index_path, "%s/index", folder);
    snprintf(corpus_path, sizeof corpus_path, "%s/corpus.jsonl", folder);
    return 0;
}

static int remove_folder(void **state)
{
    char command[128];

    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command) == 0 ? 0 : -1;
}

static void start_anew(void)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf '%s'", index_path);
    assert_int_equal(system(command), 0);
}

/* ---- comparing ---- */

/* Scores are summed in another order here, so they may differ in the last
 * digits; then so may the order of documents that score the same. */
static void compare(const dx_generation *g, const model *m, const dx_query *q,
    const char *text, dx_rank_match match, bool exact_accents)
{
    dx_rank_options options = {.wanted = WANTED, .match = match,
        .exact_accents = exact_accents};
    model_hit *hits = calloc(m->count + 1, sizeof *hits);
    dx_arena arena = DX_ARENA_INIT;
    dx_ranking ranking;
    uint64_t total;

    model_query *mq = calloc(1, sizeof *mq);

    assert_non_null(mq);
    mq->m = m;
    mq->q = q;
    mq->exact_accents = exact_accents;
    if (random_below(3) == 0) {
        mq->freshness = random_below(1000) / 100.0;
        mq->newest = 18628 + (int32_t)random_below(400); /* from 2021 on */
        options.freshness = (dx_freshness){mq->freshness, mq->newest};
    }
    model_count_dfs(mq, q->nodes[0].child);
    assert_int_equal(dx_rank(g, q, &options, &arena, &ranking, NULL), DX_OK);
    size_t count = model_rank(mq, match, WANTED, hits, &total);
    if (ranking.total != total || ranking.count != count)
        fail_msg("'%s' match %d exact %d: total %llu, wanted %llu; %u hits, "
                 "wanted %zu", text, match, exact_accents,
            (unsigned long long)ranking.total, (unsigned long long)total,
            ranking.count, count);
    for (size_t i = 0; i < count; i++) {
        const dx_ranked *have = &ranking.hits[i];
        bool same_score = fabs(have->score - hits[i].score) < 1e-9;
        bool same_doc = have->segment == hits[i].doc->segment &&
                        have->doc == hits[i].doc->doc;
        bool tied = (i > 0 && hits[i].score - hits[i - 1].score > -1e-9) ||
                    fabs(hits[i + 1].score - hits[i].score) < 1e-9;
        if (!same_score || have->partial != (hits[i].match == 1) ||
            (!same_doc && !tied))
            fail_msg("'%s' match %d exact %d, rank %zu: doc %u:%u score %.12f, "
                     "wanted %u:%u %.12f", text, match, exact_accents, i,
                have->segment, have->doc, have->score, hits[i].doc->segment,
                hits[i].doc->doc, hits[i].score);
    }
    dx_arena_free(&arena);
    free(mq);
    free(hits);
}

static void compare_text(const dx_generation *g, const model *m)
{
    char text[1024];
    dx_query q;

    random_query(text, sizeof text);
    assert_int_equal(dx_query_parse(text, &q, NULL), DX_OK);
    compare(g, m, &q, text, DX_RANK_AUTO, false);
    compare(g, m, &q, text, DX_RANK_ALL, random_below(3) == 0);
    compare(g, m, &q, text, DX_RANK_ANY, random_below(3) == 0);
    dx_query_free(&q);
}

static void compare_tree(const dx_generation *g, const model *m)
{
    char text[8192] = "";
    dx_query q;

    random_tree(&q);
    random_tree_describe(&q, 0, text, sizeof text);
    compare(g, m, &q, text, DX_RANK_AUTO, random_below(4) == 0);
    compare(g, m, &q, text, DX_RANK_ALL, random_below(3) == 0);
    compare(g, m, &q, text, DX_RANK_ANY, random_below(3) == 0);
    dx_query_free(&q);
}

static void compare_many(uint32_t queries)
{
    dx_snapshot *snapshot;
    dx_generation g;
    model m;

    assert_int_equal(dx_snapshot_open(index_path, &snapshot, NULL), DX_OK);
    assert_int_equal(dx_generation_open(snapshot, &g, NULL), DX_OK);
    model_load(&g, &m);
    for (uint32_t i = 0; i < queries; i++) {
        compare_text(&g, &m);
        compare_tree(&g, &m);
    }
    model_free(&m);
    dx_generation_close(&g);
    dx_snapshot_close(snapshot);
}

static void ranks_one_segment_as_the_naive_scorer(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < 8; round++) {
        start_anew(); /* in a small one there are less hits than wanted */
        write_corpus(0, 1 + random_below(round % 2 ? 12 : 300));
        index_corpus(false);
        compare_many(25);
    }
}

static void ranks_many_segments_with_deletions_as_the_naive_scorer(void **state)
{
    (void)state;
    start_anew();
    for (uint32_t round = 0; round < 5; round++) {
        write_corpus(round * 40, 120); /* overlaps: replaced documents */
        index_corpus(true);
        compare_many(12);
    }
}

/* Windows hold 4,096 documents: more than one, dense and sparse lists. */
static void ranks_several_windows_as_the_naive_scorer(void **state)
{
    (void)state;
    start_anew();
    write_corpus(0, 9000);
    index_corpus(false);
    compare_many(fixture_is_long() ? 50 : 3);
}

/* One that passed long ago, and one far away. */
static void answers_with_what_there_is_when_time_is_up(void **state)
{
    dx_rank_options options = {.wanted = WANTED, .deadline_ms = 1e-3};
    dx_arena arena = DX_ARENA_INIT;
    dx_snapshot *snapshot;
    dx_generation g;
    dx_ranking ranking;
    dx_query q;

    (void)state;
    start_anew();
    write_corpus(0, 100);
    index_corpus(false);
    assert_int_equal(dx_snapshot_open(index_path, &snapshot, NULL), DX_OK);
    assert_int_equal(dx_generation_open(snapshot, &g, NULL), DX_OK);
    assert_int_equal(dx_query_parse("của", &q, NULL), DX_OK);
    assert_int_equal(dx_rank(&g, &q, &options, &arena, &ranking, NULL), DX_OK);
    assert_true(ranking.timed_out);
    assert_int_equal(ranking.count, 0);
    options.deadline_ms = 1e15;
    assert_int_equal(dx_rank(&g, &q, &options, &arena, &ranking, NULL), DX_OK);
    assert_false(ranking.timed_out);
    assert_int_equal(ranking.count, WANTED);
    dx_query_free(&q);
    dx_arena_free(&arena);
    dx_generation_close(&g);
    dx_snapshot_close(snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_one_segment_as_the_naive_scorer),
        cmocka_unit_test(
            ranks_many_segments_with_deletions_as_the_naive_scorer),
        cmocka_unit_test(ranks_several_windows_as_the_naive_scorer),
        cmocka_unit_test(answers_with_what_there_is_when_time_is_up),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
