/* Rows of a query's words that are found in coded texts, against all tokens of the decoded
 * documents. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/find/row_scan.h"
#include "common/index/segment/generation.h"
#include "common/index/store/snapshot.h"
#include "tests/support/fixture.h"

#define DOCS 60u
#define WORDS_MAX 9u
#define PAIRS_MAX 20000u

static char folder[64];
static dx_snapshot *snapshot;
static dx_generation generation;
static const dx_segment *segment;
static uint64_t seed = 29;

static uint32_t random_below(uint32_t n)
{
    return fixture_random_below(&seed, n);
}

/* A few words again and again, in several spellings; the others are rare. */
static void put_text(FILE *f, uint32_t words)
{
    static const char *const gaps[] = {" ", " ", " ", " ", ", ", " - ", "\\n", ". "};
    static const char *const frequent[] = {"đất", "dat", "Đất", "ba", "bà", "nước", "sông"};

    while (words-- > 0) {
        if (random_below(3) > 0)
            fputs(frequent[random_below(7)], f);
        else
            fprintf(f, "%c%ca%u", 'a' + (int)random_below(26), 'a' + (int)random_below(26),
                random_below(90));
        fputs(gaps[random_below(8)], f);
    }
}

static int set_up(void **state)
{
    static const uint32_t lengths[] = {0, 1, 40, 64, 300, 1100, 3000};
    (void)state;
    fixture_folder(folder);
    FILE *f = fixture_create(folder, "a.jsonl");
    for (uint32_t i = 0; i < DOCS; i++) {
        fprintf(f, "{\"id\":\"%u\",\"title\":\"", i);
        put_text(f, 1 + random_below(12));
        fputs("\",\"lead\":\"", f);
        put_text(f, random_below(130));
        fputs("\",\"body\":\"", f);
        put_text(f, lengths[i % 7]);
        fputs("\"}\n", f);
    }
    assert_int_equal(fclose(f), 0);
    fixture_index_file(folder, "a.jsonl");
    fixture_open_segments(folder, &snapshot, &generation);
    segment = generation.segments[0];
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close_segments(folder, snapshot, &generation);
    return 0;
}

typedef struct rows {
    dx_id_span words[WORDS_MAX];
    uint32_t count;
    uint64_t follows;
    uint32_t pairs[PAIRS_MAX][2]; /* terms that follow one another as words do */
    uint32_t found;
} rows;

static bool has(dx_id_span span, uint32_t id) { return id >= span.first && id < span.end; }

static void take_pair(rows *r, uint32_t a, uint32_t b)
{
    bool follows = false;

    for (uint32_t i = 1; i < r->count; i++)
        follows |= r->follows >> i & 1 && has(r->words[i - 1], a) && has(r->words[i], b);
    if (!follows)
        return;
    assert_true(r->found < PAIRS_MAX);
    r->pairs[r->found][0] = a;
    r->pairs[r->found++][1] = b;
}

static void take_stretch(void *ctx, const uint32_t *terms, uint32_t count)
{
    assert_in_range(count, 2, DX_ROW_STRETCH_MAX);
    for (uint32_t i = 1; i < count; i++)
        take_pair(ctx, terms[i - 1], terms[i]);
}

static void take_tokens(rows *r, const dx_doc *d)
{
    for (size_t i = 1; i < d->token_count; i++) {
        const dx_token *a = &d->tokens[i - 1], *b = &d->tokens[i];
        if (a->field == b->field && b->start == a->end + 1 && d->text.data[a->end] == ' ')
            take_pair(r, a->exact_id, b->exact_id);
    }
}

/* Words as they follow one another in the document, most of them in all spellings. */
static void choose_words(rows *r, const dx_doc *d)
{
    size_t from = random_below((uint32_t)d->token_count);

    r->count = 2 + random_below(WORDS_MAX - 1);
    r->follows = ~(uint64_t)0 << 1 & ~((uint64_t)1 << random_below(2 * WORDS_MAX));
    r->found = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        uint32_t exact = d->tokens[(from + i) % d->token_count].exact_id;
        r->words[i] = (dx_id_span){exact, exact + 1};
        for (uint32_t f = 0; f < dx_segment_folded_count(segment) && random_below(4) > 0; f++) {
            dx_id_span all;
            dx_segment_exact_range(segment, f, f + 1, &all.first, &all.end);
            if (has(all, exact))
                r->words[i] = all;
        }
    }
}

static void rows_are_those_of_neighbouring_tokens(void **state)
{
    static rows scanned, decoded;
    uint32_t all = 0;
    dx_doc d;

    (void)state;
    dx_doc_init(&d);
    for (uint32_t round = 0; round < 400; round++) {
        uint32_t doc = random_below(DOCS);
        dx_row_scan scan;

        assert_int_equal(dx_segment_read_doc(segment, doc, false, &d), DX_OK);
        choose_words(&scanned, &d);
        decoded = scanned;
        dx_row_scan_init(&scan, segment, scanned.follows);
        for (uint32_t i = 0; i < scanned.count; i++)
            dx_row_scan_add(&scan, i, scanned.words[i]);
        assert_int_equal(dx_row_scan_doc(&scan, doc, take_stretch, &scanned), DX_OK);
        take_tokens(&decoded, &d);
        assert_int_equal(scanned.found, decoded.found);
        assert_memory_equal(scanned.pairs, decoded.pairs,
            decoded.found * sizeof decoded.pairs[0]);
        all += decoded.found;
    }
    assert_true(all > 1000);
    dx_doc_free(&d);
}

static void a_document_that_is_not_there_is_damage(void **state)
{
    dx_row_scan scan;
    rows none = {.count = 0};

    (void)state;
    dx_row_scan_init(&scan, segment, 0);
    assert_int_equal(dx_row_scan_doc(&scan, DOCS, take_stretch, &none), DX_ERR_CORRUPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_those_of_neighbouring_tokens),
        cmocka_unit_test(a_document_that_is_not_there_is_damage),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
