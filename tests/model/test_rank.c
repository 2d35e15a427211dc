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

#include "common/base/mem.h"
#include "indexer/run.h"
#include "searcher/include/dx/search.h"
#include "searcher/plan.h"
#include "searcher/rank.h"

#define WANTED 10

/* A small vocabulary, so that phrases, pairs and accents meet by chance; the
 * first words are common, the last ones rare. */
static const char *const vocabulary[] = {"của", "và", "so", "số", "sổ", "đổi",
    "đôi", "doi", "chuyển", "chuyen", "chuyện", "bắc", "bac", "bạc", "giang",
    "giảng", "tỉnh", "tinh", "hội", "hoi", "nghị", "749", "3.600", "dịch", "vụ",
    "công", "cong", "trực", "tuyến", "lũ", "lụt", "miền", "trung", "hòa",
    "hoà", "thuỷ", "services", "16/12/2021", "749/QĐ-TTg", "xã"};
#define VOCABULARY (sizeof vocabulary / sizeof *vocabulary)

static uint64_t random_state = 20211216;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((random_state >> 33) % n);
}

static const char *random_word(void)
{
    uint32_t a = random_below(VOCABULARY), b = random_below(VOCABULARY);
    uint32_t c = random_below(VOCABULARY);

    a = a < b ? a : b;
    return vocabulary[a < c ? a : c];
}

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

static void write_corpus(uint32_t first, uint32_t docs)
{
    FILE *f = fopen(corpus_path, "w");

    assert_non_null(f);
    for (uint32_t i = first; i < first + docs; i++) {
        fprintf(f, "{\"id\":\"d%u\"", i);
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

/* ---- the naive model ---- */

typedef struct model_token {
    char exact[64], folded[64];
    uint32_t pos;
    uint8_t field;
    bool overlay;
} model_token;

typedef struct model_doc {
    model_token *tokens;
    size_t count;
    uint32_t segment, doc, length;
    bool deleted;
} model_doc;

typedef struct model {
    model_doc *docs;
    size_t count;
    double average_length;
} model;

static void copy_str(char to[64], dx_str s)
{
    assert_true(s.len < 64);
    memcpy(to, s.ptr, s.len);
    to[s.len] = '\0';
}

static void load_doc(const dx_segment *s, uint32_t doc, model_doc *out)
{
    dx_doc d;

    dx_doc_init(&d);
    assert_int_equal(dx_segment_read_doc(s, doc, false, &d), DX_OK);
    out->tokens = calloc(d.token_count + 1, sizeof *out->tokens);
    out->count = d.token_count;
    for (size_t i = 0; i < d.token_count; i++) {
        model_token *t = &out->tokens[i];
        uint32_t first, end, f = 0;
        copy_str(t->exact, dx_segment_exact_string(s, d.tokens[i].exact_id));
        for (;; f++) { /* naive indeed: which folded term has this one? */
            dx_segment_exact_range(s, f, f + 1, &first, &end);
            if (d.tokens[i].exact_id >= first && d.tokens[i].exact_id < end)
                break;
        }
        copy_str(t->folded, dx_segment_folded_string(s, f));
        t->pos = d.tokens[i].pos;
        t->field = d.tokens[i].field;
        t->overlay = d.tokens[i].overlay;
        out->length += t->overlay ? 0 : t->field == DX_FIELD_TITLE ? 2 : 1;
    }
    dx_doc_free(&d);
}

static void load_model(const dx_generation *g, model *m)
{
    uint64_t sum = 0;

    m->docs = calloc(g->docs + 1, sizeof *m->docs);
    m->count = 0;
    for (uint32_t s = 0; s < g->segment_count; s++) {
        const dx_segment *segment = g->segments[s];
        for (uint32_t d = 0; d < dx_segment_docs(segment); d++) {
            model_doc *doc = &m->docs[m->count++];
            load_doc(segment, d, doc);
            doc->segment = s;
            doc->doc = d;
            doc->deleted = dx_deleted_at(dx_segment_deleted(segment), d);
            assert_int_equal(doc->length,
                dx_length_at(dx_segment_lengths(segment), d));
            sum += doc->length;
        }
    }
    m->average_length = m->count ? (double)sum / (double)m->count : 1;
}

static void free_model(model *m)
{
    for (size_t i = 0; i < m->count; i++)
        free(m->docs[i].tokens);
    free(m->docs);
}

static bool is(const char *have, dx_str wanted)
{
    return strlen(have) == wanted.len &&
           memcmp(have, wanted.ptr, wanted.len) == 0;
}

static bool token_is(const model_token *t, const dx_query_word *w, bool strict)
{
    return is(t->folded, w->folded) && (!strict || is(t->exact, w->exact));
}

static uint32_t tf_of(const model_doc *d, const dx_query_word *w, bool strict)
{
    uint32_t tf = 0;

    for (size_t i = 0; i < d->count; i++)
        if (token_is(&d->tokens[i], w, strict))
            tf += d->tokens[i].field == DX_FIELD_TITLE ? 2 : 1;
    return tf;
}

static const model_token *next_running(const model_doc *d, size_t i)
{
    const model_token *t = &d->tokens[i];

    for (size_t k = i + 1; k < d->count; k++)
        if (!d->tokens[k].overlay)
            return d->tokens[k].field == t->field ? &d->tokens[k] : NULL;
    return NULL;
}

static uint32_t pair_tf(const model_doc *d, const dx_query_word *a,
    const dx_query_word *b)
{
    uint32_t tf = 0;

    for (size_t i = 0; i < d->count; i++) {
        const model_token *t = &d->tokens[i];
        const model_token *next = t->overlay ? NULL : next_running(d, i);
        if (next && token_is(t, a, false) && token_is(next, b, false))
            tf++;
    }
    return tf;
}

typedef struct model_query {
    const model *m;
    const dx_query *q;
    bool exact_accents;
    /* Document frequencies by query word; of a pair, by its second word. */
    uint64_t exact_df[DX_QUERY_MAX_TERMS], folded_df[DX_QUERY_MAX_TERMS];
    uint64_t pair_df[DX_QUERY_MAX_TERMS];
} model_query;

static void count_dfs(model_query *mq)
{
    const dx_query_word *words = mq->q->words;

    for (uint32_t w = 0; w < mq->q->word_count; w++) {
        for (size_t i = 0; i < mq->m->count; i++) {
            const model_doc *d = &mq->m->docs[i];
            mq->exact_df[w] += tf_of(d, &words[w], true) > 0;
            mq->folded_df[w] += tf_of(d, &words[w], false) > 0;
            mq->pair_df[w] += w > 0 && pair_tf(d, &words[w - 1], &words[w]);
        }
    }
}

static double bm25(const model *m, uint32_t tf, uint64_t df, uint32_t length)
{
    double norm = 1 - 0.75 + 0.75 * length / m->average_length;

    return log(1 + ((double)m->count - (double)df + 0.5) / ((double)df + 0.5)) *
           2.2 * tf / (tf + 1.2 * norm);
}

static double word_score(const model_query *mq, const model_doc *d, uint32_t i)
{
    const dx_query_word *w = &mq->q->words[i];
    uint32_t exact = tf_of(d, w, true), folded = tf_of(d, w, false);
    bool by_exact = w->marked || mq->exact_accents;

    if (by_exact && exact)
        return bm25(mq->m, exact, mq->exact_df[i], d->length);
    if (mq->exact_accents || !folded)
        return 0;
    return bm25(mq->m, folded, mq->folded_df[i], d->length) *
           (w->marked ? DX_WEIGHT_FALLBACK : 1);
}

static double pair_score(const model_query *mq, const model_doc *d, uint32_t i)
{
    uint32_t tf = pair_tf(d, &mq->q->words[i - 1], &mq->q->words[i]);

    return tf ? DX_WEIGHT_PAIR * bm25(mq->m, tf, mq->pair_df[i], d->length) : 0;
}

static double model_score(const model_query *mq, const model_doc *d)
{
    const dx_node *nodes = mq->q->nodes;
    double sum = 0;

    for (uint32_t c = nodes[0].child; c != DX_NODE_NONE; c = nodes[c].next) {
        const dx_node *n = &nodes[c];
        for (uint32_t i = 0; i < n->count && n->kind != DX_NODE_NOT; i++) {
            uint32_t w = n->first + i;
            sum += word_score(mq, d, w);
            if (i > 0 || n->joined)
                sum += pair_score(mq, d, w);
        }
    }
    return sum;
}

static bool node_at(const model_query *mq, const model_doc *d,
    const dx_node *n, bool negated, size_t i)
{
    const model_token *t = &d->tokens[i];
    bool phrase = n->kind == DX_NODE_PHRASE;

    for (uint32_t k = 0; k < n->count; k++) {
        const dx_query_word *w = &mq->q->words[n->first + k];
        bool strict = mq->exact_accents || (w->marked && (phrase || negated));
        if (!t || !token_is(t, w, strict) ||
            (n->field == DX_IN_TITLE && t->field != DX_FIELD_TITLE) ||
            (phrase && t->overlay))
            return false;
        if (k + 1 < n->count)
            t = next_running(d, (size_t)(t - d->tokens));
    }
    return true;
}

static bool node_holds(const model_query *mq, const model_doc *d,
    const dx_node *n, bool negated)
{
    if (n->kind == DX_NODE_NOT)
        return !node_holds(mq, d, &mq->q->nodes[n->child], true);
    for (size_t i = 0; i < d->count; i++)
        if (node_at(mq, d, n, negated, i))
            return true;
    return false;
}

/* Six plain words make quotation marks those of a headline. */
static bool asks_by_name(const dx_query *q)
{
    uint32_t phrases = 0, titles = 0, words = 0;

    for (uint32_t c = q->nodes[0].child; c != DX_NODE_NONE;
         c = q->nodes[c].next) {
        const dx_node *n = &q->nodes[c];
        bool title = n->field == DX_IN_TITLE;
        titles += title;
        phrases += n->kind == DX_NODE_PHRASE;
        words += !title && n->kind == DX_NODE_WORD;
    }
    return titles || (phrases && words < 6);
}

/* 2: everything; 1: a partial match; 0 none. `any`: at least one thing. */
static int model_match(const model_query *mq, const model_doc *d, bool any)
{
    const dx_node *nodes = mq->q->nodes;
    uint32_t held = 0, positive = 0;
    bool lacks_required = false;

    if (d->deleted)
        return 0;
    for (uint32_t c = nodes[0].child; c != DX_NODE_NONE; c = nodes[c].next) {
        const dx_node *n = &nodes[c];
        bool holds = node_holds(mq, d, n, false);
        bool plain = n->kind == DX_NODE_WORD && n->field == DX_IN_ANY;
        if (n->kind == DX_NODE_NOT && !holds)
            return 0;
        if (n->kind == DX_NODE_NOT)
            continue;
        positive++;
        held += holds;
        lacks_required |= !plain && !holds;
    }
    lacks_required &= asks_by_name(mq->q);
    if (held == positive && positive)
        return 2;
    return held && (any || !lacks_required) ? 1 : 0;
}

typedef struct model_hit {
    double score;
    const model_doc *doc;
    int match;
} model_hit;

static int by_score(const void *a, const void *b)
{
    const model_hit *x = a, *y = b;

    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return x->doc < y->doc ? -1 : 1;
}

static int by_match(const void *a, const void *b)
{
    const model_hit *x = a, *y = b;

    return x->match != y->match ? y->match - x->match : by_score(a, b);
}

static size_t model_rank(const model_query *mq, dx_rank_match match,
    model_hit *hits, uint64_t *total)
{
    bool any = match == DX_RANK_ANY, mixed = !asks_by_name(mq->q);
    size_t count = 0;

    *total = 0;
    for (size_t i = 0; i < mq->m->count; i++) {
        const model_doc *d = &mq->m->docs[i];
        int m = model_match(mq, d, any);
        if (m == 1 && match == DX_RANK_ALL)
            continue;
        if (m && any)
            m = 2; /* nothing is partial */
        *total += m == 2;
        if (m)
            hits[count++] = (model_hit){model_score(mq, d), d, m};
    }
    qsort(hits, count, sizeof *hits, mixed ? by_score : by_match);
    return count < WANTED ? count : WANTED;
}

/* ---- comparing ---- */

static void random_query(char *out, size_t size)
{
    uint32_t words = 1 + random_below(10);
    bool open = false;
    size_t len = 0;

    for (uint32_t i = 0; i < words; i++) {
        const char *prefix = "";
        if (!open && random_below(8) == 0)
            prefix = "-";
        else if (!open && random_below(8) == 0)
            prefix = "title:";
        bool opens = !open && random_below(4) == 0;
        bool closes = (open || opens) && random_below(2) == 0;
        len += (size_t)snprintf(out + len, size - len, "%s%s%s%s%s",
            i ? " " : "", prefix, opens ? "\"" : "", random_word(),
            closes ? "\"" : "");
        open = (open || opens) && !closes;
    }
}

/* Scores are summed in another order here, so they may differ in the last
 * digits; then so may the order of documents that score the same. */
static void compare(const dx_generation *g, const model *m, const char *text,
    dx_rank_match match, bool exact_accents)
{
    dx_rank_options options = {WANTED, match, exact_accents};
    model_hit *hits = calloc(m->count + 1, sizeof *hits);
    dx_arena arena = DX_ARENA_INIT;
    dx_ranking ranking;
    dx_query q;
    uint64_t total;

    assert_int_equal(dx_query_parse(text, &q, NULL), DX_OK);
    model_query mq = {.m = m, .q = &q, .exact_accents = exact_accents};
    count_dfs(&mq);
    assert_int_equal(dx_rank(g, &q, &options, &arena, &ranking, NULL), DX_OK);
    size_t count = model_rank(&mq, match, hits, &total);
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
    dx_query_free(&q);
    free(hits);
}

static void compare_many(uint32_t queries)
{
    dx_snapshot *snapshot;
    dx_generation g;
    char text[1024];
    model m;

    assert_int_equal(dx_snapshot_open(index_path, &snapshot, NULL), DX_OK);
    assert_int_equal(dx_generation_open(snapshot, &g, NULL), DX_OK);
    load_model(&g, &m);
    for (uint32_t i = 0; i < queries; i++) {
        random_query(text, sizeof text);
        compare(&g, &m, text, DX_RANK_AUTO, false);
        compare(&g, &m, text, DX_RANK_ALL, random_below(3) == 0);
        compare(&g, &m, text, DX_RANK_ANY, random_below(3) == 0);
    }
    free_model(&m);
    dx_generation_close(&g);
    dx_snapshot_close(snapshot);
}

static void ranks_one_segment_as_the_naive_scorer(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < 4; round++) {
        start_anew();
        write_corpus(0, 1 + random_below(300));
        index_corpus(false);
        compare_many(60);
    }
}

static void ranks_many_segments_with_deletions_as_the_naive_scorer(void **state)
{
    (void)state;
    start_anew();
    for (uint32_t round = 0; round < 5; round++) {
        write_corpus(round * 40, 120); /* overlaps: replaced documents */
        index_corpus(true);
        compare_many(30);
    }
}

/* Windows hold 4,096 documents: more than one, dense and sparse lists. */
static void ranks_several_windows_as_the_naive_scorer(void **state)
{
    (void)state;
    start_anew();
    write_corpus(0, 9000);
    index_corpus(false);
    compare_many(6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_one_segment_as_the_naive_scorer),
        cmocka_unit_test(
            ranks_many_segments_with_deletions_as_the_naive_scorer),
        cmocka_unit_test(ranks_several_windows_as_the_naive_scorer),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
