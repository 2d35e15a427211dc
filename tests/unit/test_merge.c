/* Merging: when it is due, and that nothing is lost or changed by it: an index
 * that was made in many runs holds, article by article, what one made at once
 * does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/index/codec/list.h"
#include "common/index/codec/list_decode.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/pairs.h"
#include "common/index/segment/segment.h"
#include "common/index/codec/signature.h"
#include "common/index/store/snapshot.h"
#include "tests/support/fixture.h"

static char folder[64], corpus[80], index_dir[80];

static int set_up(void **state)
{
    (void)state;
    fixture_folder(folder);
    snprintf(corpus, sizeof corpus, "%s/c", folder);
    snprintf(index_dir, sizeof index_dir, "%s/i", folder);
    assert_int_equal(mkdir(corpus, 0755), 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_remove(folder);
    return 0;
}

static dx_run_totals run(const char *index, bool optimize)
{
    dx_run_totals totals;
    dx_error err = {0};
    dx_status rc = fixture_run(index, corpus, optimize, &totals, &err);

    if (rc != DX_OK)
        print_message("%s\n", err.msg);
    assert_int_equal(rc, DX_OK);
    assert_int_equal(fixture_check(index, &rc), 0);
    assert_int_equal(rc, DX_OK);
    return totals;
}

/* Adds a file of `count` articles and indexes it. */
static dx_run_totals add(const char *prefix, unsigned count)
{
    char name[40];

    snprintf(name, sizeof name, "%s.jsonl", prefix);
    fixture_articles(corpus, name, prefix, 0, count);
    return run(index_dir, false);
}

/* ---- what an index holds, whatever its segments ---- */

typedef struct content {
    char **lines; /* owned: one of each live posting and text, sorted */
    size_t count, cap;
} content;

static void add_line(content *c, const char *line)
{
    if (c->count == c->cap) {
        c->cap = c->cap ? c->cap * 2 : 1024;
        c->lines = realloc(c->lines, c->cap * sizeof *c->lines);
        assert_non_null(c->lines);
    }
    c->lines[c->count++] = strdup(line);
}

typedef struct posting_lines {
    content *c;
    const dx_segment *s;
    char **ids; /* of the segment's documents */
    dx_str first;
} posting_lines;

static void add_postings(posting_lines *p, dx_str term, dx_str second,
    const dx_list *list)
{
    uint32_t *docs = malloc(list->df * sizeof *docs + 1);
    uint16_t *tfs = malloc(list->df * sizeof *tfs + 1);
    dx_arena arena = DX_ARENA_INIT;
    char line[512];

    assert_int_equal(dx_list_decode(list, docs, tfs, &arena), DX_OK);
    for (uint32_t i = 0; i < list->df; i++) {
        if (dx_deleted_at(dx_segment_deleted(p->s), docs[i]))
            continue;
        snprintf(line, sizeof line, "%.*s|%.*s|%s|%u", (int)term.len, term.ptr,
            (int)second.len, second.len ? second.ptr : "", p->ids[docs[i]],
            tfs[i]);
        add_line(p->c, line);
    }
    dx_arena_free(&arena);
    free(docs);
    free(tfs);
}

static dx_status add_pair(void *ctx, uint32_t second, const dx_list *list)
{
    posting_lines *p = ctx;

    add_postings(p, p->first, dx_segment_folded_string(p->s, second), list);
    return DX_OK;
}

typedef struct triple_lines {
    posting_lines *p;
    char pair[300];
} triple_lines;

static dx_status add_triple(void *ctx, uint32_t third, const dx_list *list)
{
    triple_lines *t = ctx;

    add_postings(t->p, dx_str_from(t->pair),
        dx_segment_folded_string(t->p->s, third), list);
    return DX_OK;
}

static void add_triples(posting_lines *p)
{
    for (uint32_t i = 0; i < dx_segment_triples_count(p->s); i++) {
        triple_lines t = {.p = p};
        uint32_t first, second;
        dx_segment_triples_pair(p->s, i, &first, &second);
        dx_str a = dx_segment_folded_string(p->s, first);
        dx_str b = dx_segment_folded_string(p->s, second);
        snprintf(t.pair, sizeof t.pair, "%.*s %.*s", (int)a.len, a.ptr,
            (int)b.len, b.ptr);
        add_line(p->c, t.pair);
        assert_int_equal(dx_segment_each_triple(p->s, i, add_triple, &t),
            DX_OK);
    }
}

static void add_texts(posting_lines *p)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_meta_reader r;
    dx_meta meta;
    dx_doc doc;
    dx_buf line;

    dx_meta_reader_init(&r);
    dx_doc_init(&doc);
    dx_buf_init(&line, 1u << 20);
    for (uint32_t d = 0; d < dx_segment_docs(p->s); d++) {
        assert_int_equal(dx_segment_read_meta(p->s, d, &r, &meta), DX_OK);
        assert_true(dx_meta_keep(&meta, &arena));
        p->ids[d] = strdup(meta.id.ptr);
        if (dx_deleted_at(dx_segment_deleted(p->s), d))
            continue;
        assert_int_equal(dx_segment_read_doc(p->s, d, false, &doc), DX_OK);
        dx_buf_clear(&line);
        dx_buf_printf(&line, "text %s %d %u %llu %s %s ", p->ids[d], meta.date,
            dx_length_at(dx_segment_lengths(p->s, d, 1), d),
            (unsigned long long)dx_segment_content_hash(p->s, d),
            meta.path.ptr, meta.extra.ptr);
        dx_signature signature = dx_segment_signature(p->s, d);
        for (unsigned i = 0; i < DX_SIGNATURE_BYTES; i++)
            dx_buf_printf(&line, "%02x", signature.bytes[i]);
        dx_buf_put(&line, doc.text.data, doc.text.len);
        add_line(p->c, dx_buf_cstr(&line));
    }
    dx_buf_free(&line);
    dx_doc_free(&doc);
    dx_meta_reader_free(&r);
    dx_arena_free(&arena);
}

static void add_segment(content *c, const dx_segment *s, bool triples)
{
    posting_lines p = {.c = c, .s = s};
    dx_list list;

    p.ids = calloc(dx_segment_docs(s), sizeof *p.ids);
    add_texts(&p);
    for (uint32_t f = 0; f < dx_segment_folded_count(s); f++) {
        p.first = dx_segment_folded_string(s, f);
        assert_int_equal(dx_segment_folded_list(s, f, &list), DX_OK);
        add_postings(&p, p.first, (dx_str){NULL, 0}, &list);
        assert_int_equal(dx_segment_each_pair(s, f, add_pair, &p), DX_OK);
    }
    for (uint32_t e = 0; e < dx_segment_exact_count(s); e++) {
        assert_int_equal(dx_segment_exact_list(s, e, &list), DX_OK);
        add_postings(&p, dx_segment_exact_string(s, e), (dx_str){NULL, 0},
            &list);
    }
    if (triples)
        add_triples(&p);
    for (uint32_t d = 0; d < dx_segment_docs(s); d++)
        free(p.ids[d]);
    free(p.ids);
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Which triples have lists depends on the segment. */
static content content_of(const char *index, bool triples)
{
    dx_snapshot *s;
    dx_generation g;
    content c = {0};

    assert_int_equal(dx_snapshot_open(index, &s, NULL), DX_OK);
    assert_int_equal(dx_generation_open(s, &g, NULL), DX_OK);
    for (size_t i = 0; i < g.segment_count; i++)
        add_segment(&c, g.segments[i], triples);
    dx_generation_close(&g);
    dx_snapshot_close(s);
    if (c.count)
        qsort(c.lines, c.count, sizeof *c.lines, compare_lines);
    return c;
}

static void content_free(content *c)
{
    for (size_t i = 0; i < c->count; i++)
        free(c->lines[i]);
    free(c->lines);
}

/* Indexes the folder anew, elsewhere, and compares. */
static void expect_as_made_at_once(bool is_one_segment)
{
    char once[80];
    struct stat st;

    snprintf(once, sizeof once, "%s/once", folder);
    if (stat(once, &st) == 0)
        fixture_remove(once);
    run(once, false);
    content a = content_of(index_dir, is_one_segment);
    content b = content_of(once, is_one_segment);
    assert_true(a.count > 100);
    assert_int_equal(a.count, b.count);
    for (size_t i = 0; i < a.count; i++)
        assert_string_equal(a.lines[i], b.lines[i]);
    content_free(&a);
    content_free(&b);
}

/* ---- tests ---- */

static void the_eighth_small_segment_makes_one_of_all(void **state)
{
    static const char *const prefixes[] = {"a", "b", "c", "d", "e", "f", "g"};

    (void)state;
    for (unsigned i = 0; i < 7; i++)
        assert_int_equal(add(prefixes[i], 5 + i).segments, i + 1);
    assert_int_equal(add("h", 20).segments, 1);
    expect_as_made_at_once(true);
}

static void a_large_segment_is_left_alone_by_small_ones(void **state)
{
    char name[8];

    (void)state;
    add("large", 700);
    for (unsigned i = 0; i < 8; i++) {
        snprintf(name, sizeof name, "s%u", i);
        add(name, 3);
    }
    dx_run_totals totals = add("last", 3);
    assert_int_equal(totals.segments, 3); /* large, the eight, the last */
    assert_int_equal(totals.articles, 700 + 9 * 3);
    expect_as_made_at_once(false);
}

static void a_segment_that_is_mostly_deleted_is_made_anew(void **state)
{
    dx_snapshot *s;
    dx_generation g;

    (void)state;
    fixture_samples(corpus);
    fixture_articles(corpus, "x.jsonl", "x", 0, 40);
    add("y", 20);
    char path[120];
    snprintf(path, sizeof path, "%s/x.jsonl", corpus);
    assert_int_equal(unlink(path), 0);
    dx_run_totals totals = run(index_dir, false);
    assert_int_equal(totals.events[DX_EVENT_REMOVED], 40);
    assert_int_equal(dx_snapshot_open(index_dir, &s, NULL), DX_OK);
    assert_int_equal(dx_generation_open(s, &g, NULL), DX_OK);
    assert_int_equal(g.deleted, 0);
    assert_int_equal(g.docs, totals.articles);
    dx_generation_close(&g);
    dx_snapshot_close(s);
    expect_as_made_at_once(false);
}

static void optimizing_leaves_one_segment_without_deletions(void **state)
{
    char path[120];

    (void)state;
    fixture_samples(corpus);
    add("a", 300);
    add("b", 10);
    add("c", 10);
    fixture_articles(corpus, "a.jsonl", "a", 0, 290); /* ten go */
    snprintf(path, sizeof path, "%s/b.jsonl", corpus);
    assert_int_equal(unlink(path), 0);
    dx_run_totals before = run(index_dir, false);
    assert_true(before.segments > 1);
    dx_run_totals after = run(index_dir, true);
    assert_int_equal(after.segments, 1);
    assert_int_equal(after.articles, before.articles);
    assert_true(after.index_bytes < before.index_bytes);
    expect_as_made_at_once(true);

    /* Again there is nothing to do. */
    dx_run_totals again = run(index_dir, true);
    assert_int_equal(again.segments, 1);
    assert_int_equal(again.articles, after.articles);
    assert_int_equal(again.index_bytes, after.index_bytes);
}

/* Triples of a pair that is frequent in the merged segment, but was not in all. */
static void merging_any_segments_gives_what_one_run_does(void **state)
{
    uint64_t seed = 20;
    unsigned rounds = fixture_is_long() ? 40 : 4;

    (void)state;
    for (unsigned round = 0; round < rounds; round++) {
        unsigned files = 2 + (unsigned)(fixture_random(&seed) % 6);
        fixture_samples(corpus);
        for (unsigned i = 0; i < files; i++) {
            char name[32], prefix[16];
            snprintf(prefix, sizeof prefix, "p%u", i);
            snprintf(name, sizeof name, "%s.jsonl", prefix);
            fixture_articles(corpus, name, prefix, 0,
                1 + (unsigned)(fixture_random(&seed) % (i % 2 ? 60 : 700)));
            run(index_dir, false);
        }
        for (unsigned i = 0; i < files; i += 2) { /* lose the first, get more */
            char name[32], prefix[16];
            snprintf(prefix, sizeof prefix, "p%u", i);
            snprintf(name, sizeof name, "%s.jsonl", prefix);
            fixture_articles(corpus, name, prefix,
                (unsigned)(fixture_random(&seed) % 300),
                1 + (unsigned)(fixture_random(&seed) % 600));
        }
        run(index_dir, false);
        assert_int_equal(run(index_dir, true).segments, 1);
        expect_as_made_at_once(true);
        fixture_remove(index_dir);
        fixture_remove(corpus);
        assert_int_equal(mkdir(corpus, 0755), 0);
    }
}

static void removing_everything_leaves_an_empty_index(void **state)
{
    char path[120];

    (void)state;
    add("a", 30);
    snprintf(path, sizeof path, "%s/a.jsonl", corpus);
    assert_int_equal(unlink(path), 0);
    dx_run_totals totals = run(index_dir, true);
    assert_int_equal(totals.articles, 0);
    assert_int_equal(totals.segments, 0);
    add("b", 3);
    expect_as_made_at_once(true);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_eighth_small_segment_makes_one_of_all),
        TEST(a_large_segment_is_left_alone_by_small_ones),
        TEST(a_segment_that_is_mostly_deleted_is_made_anew),
        TEST(optimizing_leaves_one_segment_without_deletions),
        TEST(merging_any_segments_gives_what_one_run_does),
        TEST(removing_everything_leaves_an_empty_index),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
