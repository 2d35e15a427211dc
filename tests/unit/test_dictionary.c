/* The dictionary lies in blocks, of which some are copied and others used in place;
 * whoever asks it must not notice. Compared with a walk over all terms. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/index/segment/dictionary.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/segment.h"
#include "common/index/segment/layout/format.h"
#include "common/index/store/snapshot.h"
#include "tests/support/fixture.h"

#define WORDS 7000u /* more than COPIES_MAX blocks of them */
#define THREADS 4

static char folder[64];
static dx_snapshot *snapshot;
static dx_generation generation;
static const dx_segment *segment;
static dx_str *terms; /* all folded ones, in order of their numbers */
static uint32_t count;
static uint64_t seed = 11;

/* Many begin with the same eight bytes, and many are spelt in several ways. */
static void put_word(FILE *f)
{
    static const char *const stems[] = {"", "", "congthongtin", "congthon"};
    static const char *const letters[] = {"b", "d", "g", "k", "m", "a", "á",
        "à", "o", "ô", "ố"};
    unsigned length = 2 + (unsigned)(fixture_random(&seed) % 5);

    fputs(stems[fixture_random(&seed) % 4], f);
    while (length-- > 0)
        fputs(letters[fixture_random(&seed) % 11], f);
    fputc(' ', f);
}

static int set_up(void **state)
{
    (void)state;
    fixture_folder(folder);
    FILE *f = fixture_create(folder, "a.jsonl");
    fputs("{\"id\":\"a\",\"title\":\"congthongtin\",\"body\":\"", f);
    for (unsigned i = 0; i < WORDS; i++)
        put_word(f);
    fputs("\"}\n", f);
    assert_int_equal(fclose(f), 0);
    fixture_index_file(folder, "a.jsonl");
    fixture_open_segments(folder, &snapshot, &generation);
    segment = generation.segments[0];
    count = dx_segment_folded_count(segment);
    assert_true(count > 70 * DX_BLOCK_TERMS);
    terms = calloc(count, sizeof *terms);
    assert_non_null(terms);
    for (uint32_t f0 = 0; f0 < count; f0++)
        terms[f0] = dx_segment_folded_string(segment, f0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    free(terms);
    fixture_close_segments(folder, snapshot, &generation);
    return 0;
}

static uint32_t walk_to(dx_str term)
{
    uint32_t f = 0;

    while (f < count && !dx_str_eq(terms[f], term))
        f++;
    return f < count ? f : DX_ID_NONE;
}

static void terms_are_in_byte_order(void **state)
{
    (void)state;
    for (uint32_t f = 1; f < count; f++)
        assert_true(dx_str_cmp(terms[f - 1], terms[f]) < 0);
    assert_null(dx_segment_folded_string(segment, count).ptr);
    assert_null(dx_segment_exact_string(segment,
        dx_segment_exact_count(segment)).ptr);
}

static void each_term_is_found_and_no_other(void **state)
{
    char near[160];

    (void)state;
    for (uint32_t f = 0; f < count; f++) {
        dx_str t = terms[f];
        assert_int_equal(dx_segment_find_folded(segment, t), f);
        if (f % 16)
            continue; /* a walk for each would take long */
        memcpy(near, t.ptr, t.len);
        near[t.len - 1]++;
        assert_int_equal(dx_segment_find_folded(segment,
                             (dx_str){near, t.len}),
            walk_to((dx_str){near, t.len}));
        assert_int_equal(dx_segment_find_folded(segment,
                             (dx_str){near, t.len - 1}),
            walk_to((dx_str){near, t.len - 1}));
    }
}

static void prefixes_are_ranges_also_across_blocks(void **state)
{
    uint32_t first, end;

    (void)state;
    for (uint32_t f = 0; f < count; f += 16) {
        dx_str prefix = {terms[f].ptr, 1 + f / 16 % terms[f].len};
        dx_segment_find_prefix(segment, prefix, &first, &end);
        for (uint32_t i = 0; i < count; i++) {
            bool has = terms[i].len >= prefix.len &&
                       memcmp(terms[i].ptr, prefix.ptr, prefix.len) == 0;
            assert_int_equal(has, i >= first && i < end);
        }
    }
}

static void odd_prefixes_are_ranges_too(void **state)
{
    char longest[200];
    uint32_t first, end;

    (void)state;
    dx_segment_find_prefix(segment, (dx_str){"", 0}, &first, &end);
    assert_int_equal(first, 0);
    assert_int_equal(end, count);
    dx_segment_find_prefix(segment, DX_STR_LIT("\xFF\xFF"), &first, &end);
    assert_int_equal(first, count);
    assert_int_equal(end, count);
    memset(longest, 'b', sizeof longest); /* longer than any term */
    dx_segment_find_prefix(segment, (dx_str){longest, sizeof longest}, &first,
        &end);
    assert_int_equal(first, end);
}

static void exact_terms_belong_to_their_folded_term(void **state)
{
    uint32_t next = 0, first, end, several = 0;

    (void)state;
    for (uint32_t f = 0; f < count; f++) {
        dx_segment_exact_range(segment, f, f + 1, &first, &end);
        assert_int_equal(first, next);
        assert_true(end > first);
        several += end - first > 1;
        for (uint32_t e = first; e < end; e++) {
            assert_int_equal(dx_segment_folded_of(segment, e), f);
            assert_int_equal(dx_segment_find_exact(segment, f,
                                 dx_segment_exact_string(segment, e)), e);
        }
        next = end;
    }
    assert_int_equal(next, dx_segment_exact_count(segment));
    assert_true(several > 100);
    dx_segment_exact_range(segment, 3, count - 3, &first, &end);
    assert_int_equal(dx_segment_folded_of(segment, first), 3);
    assert_int_equal(dx_segment_folded_of(segment, end - 1), count - 4);
}

/* Of a segment that nobody has used yet. */
static void *look_up_all(void *other)
{
    size_t wrong = 0;

    for (uint32_t f = 0; f < count; f++)
        wrong += dx_segment_find_folded(other, terms[f]) != f;
    return (void *)wrong;
}

static void threads_may_look_up_terms_at_once(void **state)
{
    pthread_t threads[THREADS];
    dx_generation fresh;
    void *wrong;

    (void)state;
    assert_int_equal(dx_generation_open(snapshot, &fresh, NULL), DX_OK);
    for (unsigned i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, look_up_all,
                             fresh.segments[0]), 0);
    for (unsigned i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], &wrong), 0);
        assert_null(wrong);
    }
    dx_generation_close(&fresh);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_are_in_byte_order),
        cmocka_unit_test(each_term_is_found_and_no_other),
        cmocka_unit_test(prefixes_are_ranges_also_across_blocks),
        cmocka_unit_test(odd_prefixes_are_ranges_too),
        cmocka_unit_test(exact_terms_belong_to_their_folded_term),
        cmocka_unit_test(threads_may_look_up_terms_at_once),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
