/* Ranges of days, and the newest and oldest of any set of documents, against code that
 * looks at every document. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/base/civil.h"
#include "common/index/codec/window.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/segment.h"
#include "common/index/store/snapshot.h"
#include "searcher/match/evaluate/bitset.h"
#include "searcher/match/evaluate/date_range.h"
#include "searcher/match/lookup/docset.h"
#include "searcher/match/rank/by_date.h"
#include "searcher/match/rank/topk.h"
#include "tests/support/fixture.h"

#define ROOM_MAX 60
#define SEGMENTS 3

static char folder[64];
static dx_snapshot *snapshot;
static dx_generation g;
static uint64_t state = 7;

static uint32_t random_below(uint32_t n)
{
    return (uint32_t)(fixture_random(&state) % n);
}

/* Of two years, a day of 1900, far away, one day above all, or none. */
static void put_date(char out[40])
{
    uint32_t kind = random_below(10);

    if (kind < 5)
        snprintf(out, 40, ",\"date\":\"%u-%02u-%02u\"", 2021 + random_below(2),
            1 + random_below(12), 1 + random_below(28));
    else if (kind < 8)
        snprintf(out, 40, ",\"date\":\"2022-05-%02u\"", 1 + random_below(2));
    else if (kind == 8)
        snprintf(out, 40, ",\"date\":\"1900-01-%02u\"", 1 + random_below(31));
    else
        out[0] = '\0';
}

/* A run more: a segment of `docs` articles. */
static void add_segment(uint32_t first, uint32_t docs)
{
    size_t cap = (size_t)docs * 100 + 1, len = 0;
    char *text = malloc(cap), name[32], date[40];

    assert_non_null(text);
    for (uint32_t i = first; i < first + docs; i++) {
        put_date(date);
        len += (size_t)snprintf(text + len, cap - len,
            "{\"id\":\"d%u\",\"body\":\"tin số %u\"%s}\n", i, i, date);
    }
    snprintf(name, sizeof name, "%u.jsonl", first);
    fixture_index_text(folder, name, text);
    free(text);
}

static int set_up(void **unused)
{
    (void)unused;
    fixture_folder(folder);
    add_segment(0, 9000);
    add_segment(9000, 700);
    add_segment(9700, 3);
    fixture_open_segments(folder, &snapshot, &g);
    assert_int_equal(g.segment_count, SEGMENTS);
    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    fixture_close_segments(folder, snapshot, &g);
    return 0;
}

static bool has(const uint64_t *set, uint32_t doc)
{
    return set[doc >> 6] >> (doc & 63) & 1;
}

/* Each document with a chance of one in `one_in`. */
static uint64_t *random_set(const dx_segment *s, uint32_t one_in, dx_arena *arena)
{
    uint64_t *set = dx_docset_new(dx_segment_docs(s), arena);

    assert_non_null(set);
    for (uint32_t d = 0; d < dx_segment_docs(s); d++)
        if (random_below(one_in) == 0)
            set[d >> 6] |= (uint64_t)1 << (d & 63);
    return set;
}

/* ---- ranges ---- */

static void check_range(const dx_segment *s, int32_t from, int32_t to,
    uint32_t one_in)
{
    dx_arena arena = DX_ARENA_INIT;
    uint64_t *among = random_set(s, one_in, &arena);
    const uint64_t *all = dx_date_range_set(s, from, to, &arena);
    uint32_t first, end, count = 0;

    assert_non_null(all);
    for (uint32_t w = 0; w < dx_window_count(dx_segment_docs(s)); w++) {
        uint64_t *words = among + (size_t)w * DX_WINDOW_WORDS;
        dx_bitset kept;
        memcpy(kept.words, words, sizeof kept.words);
        dx_date_range_keep(s, from, to, w, &kept);
        for (uint32_t d = 0; d < DX_WINDOW_DOCS; d++) {
            uint32_t doc = w << DX_WINDOW_BITS | d;
            bool in = false;
            if (doc < dx_segment_docs(s)) {
                int32_t day = dx_segment_date(s, doc);
                in = day != DX_DATE_UNKNOWN && day >= from && day <= to;
            }
            assert_int_equal(has(all, doc), in);
            assert_int_equal(has(kept.words, d), in && has(among, doc));
            count += in;
        }
    }
    dx_segment_date_run(s, from, to, &first, &end);
    assert_int_equal(end - first, count);
    dx_arena_free(&arena);
}

static void a_range_has_the_documents_of_its_days(void **unused)
{
    static const int32_t days[] = {INT32_MIN, INT32_MIN + 1, -25567, -25540, 0,
        18628, 18900, 19112, 19113, 19114, 19357, INT32_MAX};
    const size_t count = sizeof days / sizeof *days;

    (void)unused;
    for (size_t s = 0; s < SEGMENTS; s++)
        for (size_t a = 0; a < count; a++)
            for (size_t b = 0; b < count; b++)
                check_range(g.segments[s], days[a], days[b],
                    1 + random_below(a % 2 ? 3 : 200));
}

/* ---- the newest and oldest ---- */

typedef struct found {
    int64_t day; /* of the oldest negative; none is the least */
    uint32_t segment, doc;
} found;

static int by_day(const void *a, const void *b)
{
    const found *x = a, *y = b;

    if (x->day != y->day)
        return x->day > y->day ? -1 : 1;
    if (x->segment != y->segment)
        return x->segment < y->segment ? -1 : 1;
    return x->doc < y->doc ? -1 : 1;
}

static size_t find_all(uint64_t *const *sets, bool newest, found *all)
{
    size_t count = 0;

    for (uint32_t s = 0; s < SEGMENTS; s++)
        for (uint32_t d = 0; d < dx_segment_docs(g.segments[s]); d++) {
            int32_t day = dx_segment_date(g.segments[s], d);
            if (has(sets[s], d))
                all[count++] = (found){
                    newest || day == DX_DATE_UNKNOWN ? day : -(int64_t)day, s, d};
        }
    qsort(all, count, sizeof *all, by_day);
    return count;
}

static void check_best(uint64_t *const *sets, bool newest, uint32_t room)
{
    static found all[10000];
    dx_ranked hits[ROOM_MAX];
    dx_topk top = {hits, 0, room};
    size_t count = find_all(sets, newest, all);

    for (uint32_t s = 0; s < SEGMENTS; s++)
        dx_offer_by_date(g.segments[s], s, sets[s],
            dx_docset_count(sets[s], dx_segment_docs(g.segments[s])), newest,
            &top);
    dx_topk_sort(&top);
    assert_int_equal(top.count, count < room ? count : room);
    for (uint32_t i = 0; i < top.count; i++) {
        assert_int_equal(hits[i].segment, all[i].segment);
        assert_int_equal(hits[i].doc, all[i].doc);
        assert_true(hits[i].score == (double)all[i].day);
    }
}

static void the_newest_and_oldest_of_any_set_are_found(void **unused)
{
    static const uint32_t one_in[] = {1, 2, 5, 30, 200, 2000, 20000};
    dx_arena arena = DX_ARENA_INIT;
    uint64_t *sets[SEGMENTS];

    (void)unused;
    for (size_t i = 0; i < sizeof one_in / sizeof *one_in; i++)
        for (uint32_t room = 0; room < ROOM_MAX; room += 1 + room / 2) {
            for (size_t s = 0; s < SEGMENTS; s++)
                sets[s] = random_set(g.segments[s], one_in[i], &arena);
            check_best(sets, true, room);
            check_best(sets, false, room);
            dx_arena_reset(&arena);
        }
    dx_arena_free(&arena);
}

/* All wanted documents are at the other end: the walk gives up. */
static void sets_of_one_end_alone_are_found_from_both(void **unused)
{
    static const int32_t ends[][2] = {{INT32_MIN, -25000}, {19112, 19113},
        {19300, INT32_MAX}};
    dx_arena arena = DX_ARENA_INIT;
    uint64_t *sets[SEGMENTS];

    (void)unused;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        for (size_t s = 0; s < SEGMENTS; s++) {
            sets[s] = dx_date_range_set(g.segments[s], ends[i][0], ends[i][1],
                &arena);
            assert_non_null(sets[s]);
        }
        for (uint32_t room = 1; room < ROOM_MAX; room += 7) {
            check_best(sets, true, room);
            check_best(sets, false, room);
        }
    }
    dx_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_range_has_the_documents_of_its_days),
        cmocka_unit_test(the_newest_and_oldest_of_any_set_are_found),
        cmocka_unit_test(sets_of_one_end_alone_are_found_from_both),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
