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
#include "common/base/civil.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/segment.h"
#include "common/index/store/snapshot.h"
#include "indexer/run/run.h"
#include "searcher/answer/show/facets.h"
#include "searcher/include/dx/search.h"
#include "searcher/match/lookup/deadline.h"
#include "searcher/match/evaluate/node_role.h"
#include "searcher/match/rank/rank.h"
#include "searcher/match/rank/topk.h"
#include "searcher/match/score/plan.h"
#include "searcher/match/stats.h"
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
        fprintf(f, ",\"tags\":[\"%s\",\"%s\"]", random_name(), random_name());
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
    dx_run_options options = {.index = index_path,
        .threads = 2,
        .memory_bytes = DX_MEMORY_MIN_BYTES,
        .no_delete = no_delete};
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
    dx_rank_options options = {.wanted = WANTED,
        .match = match,
        .exact_accents = exact_accents,
        .count_partial = random_below(4) > 0};
    model_hit *hits = calloc(m->count + 1, sizeof *hits);
    dx_arena arena = DX_ARENA_INIT;
    dx_ranking ranking;
    uint64_t total, partial;

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
    assert_int_equal(dx_rank(g, q, &options, &arena, &ranking), DX_OK);
    size_t count = model_rank(mq, match, WANTED, hits, &total, &partial);
    if (ranking.total != total || ranking.count != count)
        fail_msg("'%s' match %d exact %d: total %llu, wanted %llu; %u hits, "
                 "wanted %zu",
            text, match, exact_accents, (unsigned long long)ranking.total,
            (unsigned long long)total, ranking.count, count);
    if (ranking.partial != (options.count_partial ? partial : 0))
        fail_msg("'%s' match %d exact %d: %llu partial matches, wanted %llu",
            text, match, exact_accents, (unsigned long long)ranking.partial,
            (unsigned long long)partial);
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
                     "wanted %u:%u %.12f",
                text, match, exact_accents, i, have->segment, have->doc,
                have->score, hits[i].doc->segment, hits[i].doc->doc,
                hits[i].score);
    }
    dx_arena_free(&arena);
    free(mq);
    free(hits);
}

/* ---- by date, and facets ---- */

static bool newest_first;

static int by_day(const void *a, const void *b)
{
    const model_doc *x = ((const model_hit *)a)->doc;
    const model_doc *y = ((const model_hit *)b)->doc;
    bool known = x->day != DX_DATE_UNKNOWN;

    if (known != (y->day != DX_DATE_UNKNOWN))
        return known ? -1 : 1;
    if (x->day != y->day)
        return (x->day > y->day) == newest_first ? -1 : 1;
    if (x->segment != y->segment)
        return x->segment < y->segment ? -1 : 1;
    return x->doc < y->doc ? -1 : x->doc > y->doc;
}

/* How many of the hits have this value of a facet. */
static uint64_t naive_count(const model_hit *hits, size_t count,
    const dx_facet *f)
{
    char month[DX_CIVIL_BYTES];
    uint64_t have = 0;

    for (size_t i = 0; i < count; i++) {
        const model_doc *d = hits[i].doc;
        dx_civil_put(d->day, month);
        if (strcmp(f->field, "source") == 0)
            have += strcmp(d->source, f->value) == 0;
        else if (strcmp(f->field, "category") == 0)
            have += strcmp(d->category, f->value) == 0;
        else if (*month) /* year or month */
            have += memcmp(month, f->value, strlen(f->value)) == 0;
    }
    return have;
}

static void compare_facets(const dx_generation *g, const dx_ranking *r,
    const model_hit *hits, size_t count, const char *text)
{
    static const char *const fields[] = {"source", "category", "year", "month"};
    dx_arena arena = DX_ARENA_INIT;
    uint64_t sums[4] = {0}, have[4] = {0};
    dx_facet_list list;

    for (size_t i = 0; i < count; i++) {
        const model_doc *d = hits[i].doc;
        have[0] += *d->source != '\0';
        have[1] += *d->category != '\0';
        have[2] += d->day != DX_DATE_UNKNOWN;
    }
    have[3] = have[2];
    assert_int_equal(dx_facets_count(g, r->matches, 1000, &arena, &list),
        DX_OK);
    for (uint32_t i = 0; i < list.count; i++)
        for (size_t f = 0; f < 4; f++)
            if (strcmp(list.at[i].field, fields[f]) == 0) {
                uint64_t wanted = naive_count(hits, count, &list.at[i]);
                if (list.at[i].count != wanted)
                    fail_msg("'%s': %llu have %s %s, wanted %llu", text,
                        (unsigned long long)list.at[i].count, fields[f],
                        list.at[i].value, (unsigned long long)wanted);
                sums[f] += wanted;
            }
    assert_memory_equal(sums, have, sizeof have); /* each value is there once */
    dx_arena_free(&arena);
}

static void compare_by_date(const dx_generation *g, const model *m,
    const dx_query *q, const char *text, dx_rank_match match)
{
    dx_rank_options options = {.wanted = 1 + random_below(2 * WANTED),
        .match = match,
        .keep_matches = true,
        .order = random_below(2) ? DX_RANK_NEWEST : DX_RANK_OLDEST};
    model_hit *hits = calloc(m->count + 1, sizeof *hits);
    model_query *mq = calloc(1, sizeof *mq);
    dx_arena arena = DX_ARENA_INIT;
    dx_ranking ranking;
    uint64_t total, partial;
    size_t count = 0;

    assert_non_null(mq);
    mq->m = m;
    mq->q = q;
    model_count_dfs(mq, q->nodes[0].child);
    size_t all =
        model_rank(mq, match, (uint32_t)m->count, hits, &total, &partial);
    for (size_t i = 0; i < all; i++)
        if (hits[i].match == 2) /* nothing is missing */
            hits[count++] = hits[i];
    newest_first = options.order == DX_RANK_NEWEST;
    qsort(hits, count, sizeof *hits, by_day);
    assert_int_equal(dx_rank(g, q, &options, &arena, &ranking), DX_OK);
    assert_int_equal(ranking.total, count);
    assert_int_equal(ranking.count,
        count < options.wanted ? count : options.wanted);
    for (uint32_t i = 0; i < ranking.count; i++)
        if (ranking.hits[i].segment != hits[i].doc->segment ||
            ranking.hits[i].doc != hits[i].doc->doc)
            fail_msg("'%s' match %d, rank %u by date: doc %u:%u, wanted %u:%u",
                text, match, i, ranking.hits[i].segment, ranking.hits[i].doc,
                hits[i].doc->segment, hits[i].doc->doc);
    if (ranking.matches)
        compare_facets(g, &ranking, hits, count, text);
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
    compare_by_date(g, m, &q, text,
        random_below(3) ? DX_RANK_ALL : DX_RANK_ANY);
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
    compare_by_date(g, m, &q, text,
        random_below(3) ? DX_RANK_ALL : DX_RANK_ANY);
    dx_query_free(&q);
}

static void compare_generation(const dx_generation *g, uint32_t queries)
{
    model m;

    model_load(g, &m);
    for (uint32_t i = 0; i < queries; i++) {
        compare_text(g, &m);
        compare_tree(g, &m);
    }
    model_free(&m);
}

static void compare_many(uint32_t queries)
{
    dx_snapshot *snapshot;
    dx_generation g;

    assert_int_equal(dx_snapshot_open(index_path, &snapshot, NULL), DX_OK);
    assert_int_equal(dx_generation_open(snapshot, &g, NULL), DX_OK);
    compare_generation(&g, queries);
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

/* ---- several indexes ---- */

#define PARTS 3

typedef struct several {
    dx_snapshot *snapshots[PARTS];
    dx_generation parts[PARTS];
    dx_segment *segments[16];
    dx_generation whole; /* the segments of all parts */
} several;

static void join(dx_generation *whole, const dx_generation *part)
{
    for (size_t i = 0; i < part->segment_count; i++)
        whole->segments[whole->segment_count++] = part->segments[i];
    whole->docs += part->docs;
    whole->deleted += part->deleted;
    whole->length_sum += part->length_sum;
}

/* Some with several segments, some with deleted documents, one small. */
static void make_several(several *s)
{
    *s = (several){.whole = {.segments = s->segments}};
    for (uint32_t i = 0; i < PARTS; i++) {
        start_anew();
        for (uint32_t run = 0; run <= i; run++) {
            write_corpus(1000 * i + 30 * run, i == 1 ? 5 : 90);
            index_corpus(true);
        }
        assert_int_equal(dx_snapshot_open(index_path, &s->snapshots[i], NULL),
            DX_OK);
        assert_int_equal(dx_generation_open(s->snapshots[i], &s->parts[i],
                             NULL),
            DX_OK);
        join(&s->whole, &s->parts[i]);
    }
    assert_true(s->whole.segment_count > PARTS);
}

static void free_several(several *s)
{
    for (uint32_t i = 0; i < PARTS; i++) {
        dx_generation_close(&s->parts[i]);
        dx_snapshot_close(s->snapshots[i]);
    }
}

static void ranks_segments_of_several_indexes_as_the_naive_scorer(void **state)
{
    several s;

    (void)state;
    make_several(&s);
    compare_generation(&s.whole, 60);
    free_several(&s);
}

static void add_stats(dx_stats *to, const dx_stats *more)
{
    assert_int_equal(to->count, more->count);
    to->docs += more->docs;
    to->length_sum += more->length_sum;
    for (uint32_t i = 0; i < to->count; i++) {
        to->dfs[i].exact += more->dfs[i].exact;
        to->dfs[i].folded += more->dfs[i].folded;
    }
}

static void offer_all(dx_topk *top, const dx_ranking *r, size_t first_segment)
{
    for (uint32_t i = 0; i < r->count; i++) {
        dx_ranked hit = r->hits[i];
        hit.segment += (uint32_t)first_segment;
        dx_topk_offer(top, hit);
    }
}

/* Ranks each part alone, but by the counts of all together. */
static void rank_apart(const several *s, const dx_query *q,
    const dx_rank_options *options, dx_arena *arena, dx_ranking *out)
{
    dx_deadline never = {0};
    dx_plan plans[PARTS];
    dx_stats sum;
    dx_ranking r;
    size_t first_segment = 0;

    *out = (dx_ranking){
        .hits = dx_arena_calloc(arena, options->wanted, sizeof *out->hits)};
    dx_topk top = {out->hits, 0, options->wanted};
    for (int i = 0; i < PARTS; i++) {
        assert_int_equal(dx_plan_make(&s->parts[i], q, options->exact_accents,
                             &never, arena, &plans[i]),
            DX_OK);
        if (i == 0)
            sum = plans[0].stats;
        else
            add_stats(&sum, &plans[i].stats);
    }
    for (int i = 0; i < PARTS; i++) {
        assert_int_equal(dx_plan_weigh(&plans[i], &sum, arena), DX_OK);
        assert_int_equal(dx_rank_plan(&plans[i], options, &never, arena, &r),
            DX_OK);
        offer_all(&top, &r, first_segment);
        out->total += r.total;
        first_segment += s->parts[i].segment_count;
    }
    dx_topk_sort(&top);
    out->count = top.count;
}

static void compare_apart(const several *s, const dx_query *q,
    dx_rank_match match)
{
    dx_rank_options options = {.wanted = WANTED, .match = match};
    dx_arena arena = DX_ARENA_INIT;
    dx_ranking together, apart;

    rank_apart(s, q, &options, &arena, &apart);
    assert_int_equal(dx_rank(&s->whole, q, &options, &arena, &together), DX_OK);
    assert_int_equal(apart.total, together.total);
    assert_int_equal(apart.count, together.count);
    /* Hits by date have no scores to be put together by. */
    bool by_score = dx_node_scores(q, &q->nodes[0]);
    for (uint32_t i = 0; i < apart.count && by_score; i++) {
        assert_true(apart.hits[i].score == together.hits[i].score);
        assert_int_equal(apart.hits[i].segment, together.hits[i].segment);
        assert_int_equal(apart.hits[i].doc, together.hits[i].doc);
    }
    dx_arena_free(&arena);
}

static void indexes_apart_rank_as_one_by_the_counts_of_all(void **state)
{
    several s;
    dx_query q;

    (void)state;
    make_several(&s);
    for (uint32_t i = 0; i < 100; i++) {
        random_tree(&q);
        if (dx_query_has_positive(&q)) {
            compare_apart(&s, &q, DX_RANK_ALL);
            compare_apart(&s, &q, DX_RANK_ANY);
        }
        dx_query_free(&q);
    }
    free_several(&s);
}

/* ---- time ---- */

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
    assert_int_equal(dx_rank(&g, &q, &options, &arena, &ranking), DX_OK);
    assert_true(ranking.timed_out);
    assert_int_equal(ranking.count, 0);
    options.deadline_ms = 1e15;
    assert_int_equal(dx_rank(&g, &q, &options, &arena, &ranking), DX_OK);
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
        cmocka_unit_test(ranks_segments_of_several_indexes_as_the_naive_scorer),
        cmocka_unit_test(indexes_apart_rank_as_one_by_the_counts_of_all),
        cmocka_unit_test(answers_with_what_there_is_when_time_is_up),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
