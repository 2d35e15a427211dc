/* A segment against a model that counts in plain arrays: articles of random
 * syllables are indexed, and every list, pair, triple and text compared. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/base/hash.h"
#include "common/index/codec/bm25.h"
#include "common/index/codec/id_filter.h"
#include "common/index/codec/list.h"
#include "common/index/codec/list_decode.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/ids.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/pairs.h"
#include "common/index/segment/segment.h"
#include "common/index/segment/layout/format.h"
#include "common/index/store/snapshot.h"
#include "tests/support/fixture.h"

#define WORDS 24
#define DOCS 4500 /* more than a window */
#define TITLE_WORDS 3
#define BODY_WORDS_MAX 40

/* Plain syllables, so that the analyzer is not what is tested; the first ones
 * are frequent and the last ones rare. In byte order. */
static const char *const words[WORDS] = {"an", "ba", "bo", "ca", "cam", "dan",
    "gia", "ha", "hoa", "lan", "le", "mai", "nam", "nga", "no", "pha", "qua",
    "sau", "tan", "thu", "tin", "van", "xa", "y"};

typedef struct model_doc {
    uint8_t title[TITLE_WORDS], body[BODY_WORDS_MAX];
    unsigned body_words;
} model_doc;

static model_doc docs[DOCS];
static char folder[64], index_dir[80];
static dx_snapshot *snapshot;
static dx_generation generation;
static const dx_segment *segment;
static uint32_t found_docs[DOCS];
static uint16_t found_tfs[DOCS];
static uint64_t seed = 7;

/* ---- making it ---- */

static uint8_t random_word(void)
{
    uint64_t r = fixture_random(&seed);

    return (uint8_t)(r % 100 < 80 ? r / 100 % 4 : r / 100 % WORDS);
}

static void write_words(FILE *f, const uint8_t *w, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        fprintf(f, "%s%s", i ? " " : "", words[w[i]]);
}

static void write_docs(const char *path)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    for (unsigned d = 0; d < DOCS; d++) {
        model_doc *doc = &docs[d];
        for (unsigned i = 0; i < TITLE_WORDS; i++)
            doc->title[i] = random_word();
        doc->body_words =
            1 + (unsigned)(fixture_random(&seed) % BODY_WORDS_MAX);
        for (unsigned i = 0; i < doc->body_words; i++)
            doc->body[i] = random_word();
        fprintf(f, "{\"id\":\"d%u\",\"date\":\"2024-02-%02u\",\"title\":\"", d,
            d % 29 + 1);
        write_words(f, doc->title, TITLE_WORDS);
        fputs("\",\"body\":\"", f);
        write_words(f, doc->body, doc->body_words);
        fprintf(f, "\",\"source\":\"s%u\"}\n", d % 5);
    }
    assert_int_equal(fclose(f), 0);
}

static int set_up(void **state)
{
    char path[100];
    dx_run_totals totals;
    dx_error err = {0};

    (void)state;
    fixture_folder(folder);
    snprintf(index_dir, sizeof index_dir, "%s/i", folder);
    snprintf(path, sizeof path, "%s/a.jsonl", folder);
    write_docs(path);
    assert_int_equal(fixture_run(index_dir, path, false, &totals, &err), DX_OK);
    assert_int_equal(totals.events[DX_EVENT_ADDED], DOCS);
    fixture_open_segments(folder, &snapshot, &generation);
    assert_int_equal(generation.segment_count, 1);
    segment = generation.segments[0];
    assert_int_equal(dx_segment_docs(segment), DOCS);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close_segments(folder, snapshot, &generation);
    return 0;
}

/* ---- the model ---- */

/* How often the words (count of them) stand in a row. */
static uint32_t times(const uint8_t *text, unsigned len, const uint8_t *w,
    unsigned count)
{
    uint32_t n = 0;

    for (unsigned i = 0; i + count <= len; i++)
        n += memcmp(text + i, w, count) == 0;
    return n;
}

static uint32_t model_tf(unsigned doc, const uint8_t *w, unsigned count)
{
    const model_doc *d = &docs[doc];

    unsigned weight = count == 1 ? DX_WEIGHT_TITLE : 1; /* pairs count once */

    return times(d->title, TITLE_WORDS, w, count) * weight +
           times(d->body, d->body_words, w, count);
}

static void expect_list(const dx_list *list, const uint8_t *w, unsigned count,
    bool once)
{
    dx_arena arena = DX_ARENA_INIT;
    uint32_t at = 0;

    assert_int_equal(dx_list_decode(list, found_docs, found_tfs, &arena),
        DX_OK);
    for (unsigned d = 0; d < DOCS; d++) {
        uint32_t tf = model_tf(d, w, count);
        if (!tf)
            continue;
        assert_true(at < list->df);
        assert_int_equal(found_docs[at], d);
        assert_int_equal(found_tfs[at], once ? 1 : tf);
        at++;
    }
    assert_int_equal(at, list->df);
    dx_arena_free(&arena);
}

static uint32_t folded_id(unsigned word)
{
    uint32_t id = dx_segment_find_folded(segment, dx_str_from(words[word]));

    assert_true(id != DX_ID_NONE);
    return id;
}

/* ---- tests ---- */

static void lists_have_each_word_of_each_article(void **state)
{
    dx_list list;

    (void)state;
    for (uint8_t w = 0; w < WORDS; w++) {
        uint32_t folded = folded_id(w);
        assert_int_equal(dx_segment_folded_list(segment, folded, &list), DX_OK);
        expect_list(&list, &w, 1, false);
        uint32_t exact = dx_segment_find_exact(segment, folded,
            dx_str_from(words[w]));
        assert_int_equal(dx_segment_exact_list(segment, exact, &list), DX_OK);
        expect_list(&list, &w, 1, false);
    }
}

static void title_lists_have_the_titles_only(void **state)
{
    char marked[8];
    dx_arena arena = DX_ARENA_INIT;
    dx_list list;

    (void)state;
    for (uint8_t w = 0; w < WORDS; w++) {
        uint32_t at = 0;
        snprintf(marked, sizeof marked, "%c%s", DX_TITLE_MARK, words[w]);
        uint32_t id = dx_segment_find_folded(segment, dx_str_from(marked));
        assert_int_equal(dx_segment_folded_list(segment, id, &list), DX_OK);
        assert_int_equal(dx_list_decode(&list, found_docs, found_tfs, &arena),
            DX_OK);
        for (unsigned d = 0; d < DOCS; d++) {
            uint32_t tf = times(docs[d].title, TITLE_WORDS, &w, 1);
            if (!tf)
                continue;
            assert_int_equal(found_docs[at], d);
            assert_int_equal(found_tfs[at++], tf);
        }
        assert_int_equal(at, list.df);
        dx_arena_reset(&arena);
    }
    dx_arena_free(&arena);
}

static void pairs_stand_side_by_side_in_one_field(void **state)
{
    dx_list list;

    (void)state;
    for (uint8_t a = 0; a < WORDS; a++) {
        for (uint8_t b = 0; b < WORDS; b++) {
            const uint8_t pair[] = {a, b};
            assert_int_equal(dx_segment_pair_list(segment, folded_id(a),
                                 folded_id(b), &list), DX_OK);
            expect_list(&list, pair, 2, false);
        }
    }
}

static uint32_t model_df(const uint8_t *w, unsigned count)
{
    uint32_t df = 0;

    for (unsigned d = 0; d < DOCS; d++)
        df += model_tf(d, w, count) > 0;
    return df;
}

static void triples_are_kept_where_both_pairs_are_frequent(void **state)
{
    uint32_t least = DOCS / DX_TRIPLE_SHARE;
    unsigned kept = 0;
    dx_list list;
    bool known;

    (void)state;
    least = least > DX_TRIPLE_MIN_DF ? least : DX_TRIPLE_MIN_DF;
    for (uint8_t a = 0; a < 6; a++) {
        for (uint8_t b = 0; b < 6; b++) {
            for (uint8_t c = 0; c < 6; c++) {
                const uint8_t triple[] = {a, b, c};
                assert_int_equal(dx_segment_triple_list(segment, folded_id(a),
                                     folded_id(b), folded_id(c), &known, &list),
                    DX_OK);
                bool frequent = model_df(triple, 2) >= least &&
                                model_df(triple + 1, 2) >= least;
                assert_int_equal(known, frequent);
                if (known)
                    expect_list(&list, triple, 3, true);
                kept += known;
            }
        }
    }
    assert_in_range(kept, 1, 6 * 6 * 6 - 1);
}

static void texts_come_back_as_they_were(void **state)
{
    char title[64], body[512];
    dx_doc doc;

    (void)state;
    dx_doc_init(&doc);
    for (unsigned d = 0; d < DOCS; d += 7) {
        FILE *f = fmemopen(title, sizeof title, "w");
        write_words(f, docs[d].title, TITLE_WORDS);
        fclose(f);
        f = fmemopen(body, sizeof body, "w");
        write_words(f, docs[d].body, docs[d].body_words);
        fclose(f);
        assert_int_equal(dx_segment_read_doc(segment, d, false, &doc), DX_OK);
        const char *text = (const char *)doc.text.data;
        assert_int_equal(doc.field_end[DX_FIELD_TITLE], strlen(title));
        assert_memory_equal(text, title, strlen(title));
        uint32_t at = doc.field_end[DX_FIELD_LEAD];
        assert_int_equal(doc.field_end[DX_FIELD_BODY] - at, strlen(body));
        assert_memory_equal(text + at, body, strlen(body));
        assert_int_equal(doc.token_count, TITLE_WORDS + docs[d].body_words);
        for (size_t i = 0; i < doc.token_count; i++) {
            const dx_token *t = &doc.tokens[i];
            dx_str exact = dx_segment_exact_string(segment, t->exact_id);
            assert_int_equal(t->end - t->start, exact.len);
            assert_memory_equal(text + t->start, exact.ptr, exact.len);
        }
    }
    assert_int_equal(dx_segment_read_doc(segment, DOCS, false, &doc),
        DX_ERR_CORRUPT);
    dx_doc_free(&doc);
}

/* Every other id, so that the filter's bits are shared by none of them. */
static void only_the_words_looked_for_are_decoded(void **state)
{
    uint32_t ids = dx_segment_exact_count(segment);
    dx_id_filter wanted = {{0}};
    dx_doc all, some;

    (void)state;
    assert_in_range(ids, WORDS, DX_ID_FILTER_BITS);
    for (uint32_t id = 0; id < ids; id += 2)
        dx_id_filter_add(&wanted, id, id + 1);
    dx_doc_init(&all);
    dx_doc_init(&some);
    for (unsigned d = 0; d < DOCS; d += 7) {
        size_t next = 0;
        assert_int_equal(dx_segment_read_doc(segment, d, false, &all), DX_OK);
        assert_int_equal(dx_segment_find_terms(segment, d, DX_FIELD_BODY,
            &wanted, &some), DX_OK);
        for (size_t i = 0; i < all.token_count; i++) {
            const dx_token *t = &all.tokens[i];
            if (t->exact_id % 2 != 0)
                continue;
            assert_true(next < some.token_count);
            assert_int_equal(some.tokens[next].exact_id, t->exact_id);
            assert_int_equal(some.tokens[next].pos, t->pos);
            assert_int_equal(some.tokens[next].field, t->field);
            next++;
        }
        assert_int_equal(some.token_count, next);
    }
    dx_doc_free(&all);
    dx_doc_free(&some);
}

static void a_filter_of_many_ids_lets_all_through(void **state)
{
    dx_id_filter few = {{0}}, many = {{0}};

    (void)state;
    dx_id_filter_add(&few, 5000, 5002);
    assert_true(dx_id_filter_may_have(&few, 5000));
    assert_true(dx_id_filter_may_have(&few, 5001));
    assert_false(dx_id_filter_may_have(&few, 5002));
    assert_false(dx_id_filter_may_have(&few, 4999));
    dx_id_filter_add(&few, 7, 7); /* none */
    assert_false(dx_id_filter_may_have(&few, 7));
    dx_id_filter_add(&many, 10, 10 + DX_ID_FILTER_BITS);
    assert_true(dx_id_filter_may_have(&many, 9));
}

static void columns_and_fields_are_each_articles_own(void **state)
{
    char id[16], source[16];
    dx_meta_reader r;
    dx_meta meta;
    uint64_t sum = 0;

    (void)state;
    dx_meta_reader_init(&r);
    for (unsigned d = 0; d < DOCS; d++) {
        uint32_t length = TITLE_WORDS * DX_WEIGHT_TITLE + docs[d].body_words;
        assert_int_equal(dx_length_at(dx_segment_lengths(segment, d, 1), d), length);
        sum += length;
        assert_int_equal(dx_segment_date(segment, d), 19754 + d % 29);
        snprintf(id, sizeof id, "d%u", d);
        dx_hash128 hash = dx_hash128_of(id, strlen(id));
        assert_int_equal(dx_segment_find_id(segment, hash), d);
        assert_int_equal(dx_segment_find_id_after(segment, hash, d),
            DX_ID_NONE);
        if (d % 11)
            continue;
        snprintf(source, sizeof source, "s%u", d % 5);
        assert_int_equal(dx_segment_read_meta(segment, d, &r, &meta), DX_OK);
        assert_true(dx_str_eq(meta.id, dx_str_from(id)));
        assert_true(dx_str_eq(meta.source, dx_str_from(source)));
        assert_int_equal(meta.author.len, 0);
    }
    assert_int_equal(sum, dx_segment_length_sum(segment));
    assert_int_equal(
        dx_segment_find_id(segment, dx_hash128_of("none", 4)), DX_ID_NONE);
    dx_meta_reader_free(&r);
}

static void prefixes_are_ranges_of_the_dictionary(void **state)
{
    static const char *const prefixes[] = {"", "a", "ca", "h", "th", "zz", "b",
        "y", "nam", "namx", "\x01", "\xff"};
    uint32_t first, end;

    (void)state;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t len = strlen(prefixes[i]);
        dx_segment_find_prefix(segment, dx_str_from(prefixes[i]), &first, &end);
        for (uint32_t f = 0; f < dx_segment_folded_count(segment); f++) {
            dx_str s = dx_segment_folded_string(segment, f);
            bool has = s.len >= len && memcmp(s.ptr, prefixes[i], len) == 0;
            assert_int_equal(has, f >= first && f < end);
        }
    }
    assert_int_equal(dx_segment_find_folded(segment, DX_STR_LIT("khong")),
        DX_ID_NONE);
    assert_int_equal(dx_segment_find_folded(segment, DX_STR_LIT("")),
        DX_ID_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_have_each_word_of_each_article),
        cmocka_unit_test(title_lists_have_the_titles_only),
        cmocka_unit_test(pairs_stand_side_by_side_in_one_field),
        cmocka_unit_test(triples_are_kept_where_both_pairs_are_frequent),
        cmocka_unit_test(texts_come_back_as_they_were),
        cmocka_unit_test(only_the_words_looked_for_are_decoded),
        cmocka_unit_test(a_filter_of_many_ids_lets_all_through),
        cmocka_unit_test(columns_and_fields_are_each_articles_own),
        cmocka_unit_test(prefixes_are_ranges_of_the_dictionary),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
