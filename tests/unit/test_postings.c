/* The parts that postings are made of, each against something simpler: slices
 * cover the dictionary, buckets are sorted as qsort does, frequent pairs are all
 * found, and shared slices are made once. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/invert/parallel.h"
#include "indexer/invert/postings/frequent_pairs.h"
#include "indexer/invert/postings/key_sort.h"
#include "indexer/invert/postings/sharing.h"
#include "indexer/invert/postings/slices.h"
#include "tests/support/fixture.h"

static uint64_t seed = 11;

static uint32_t random_below(uint32_t n)
{
    return (uint32_t)(fixture_random(&seed) % n);
}

/* ---- slices ---- */

#define FOLDEDS 500u

/* Each folded number has one to three exact ones, and loads of their own. */
static void make_numbering(dx_numbering *n)
{
    static uint32_t first[FOLDEDS + 1];
    static uint64_t exact_load[FOLDEDS * 3], folded_load[FOLDEDS];

    *n = (dx_numbering){.folded_first = first, .exact_load = exact_load,
        .folded_load = folded_load, .foldeds = FOLDEDS};
    for (uint32_t f = 0; f < FOLDEDS; f++) {
        first[f] = n->exacts;
        folded_load[f] = random_below(f == 77 ? 90000 : 900);
        for (uint32_t e = random_below(3) + 1; e > 0; e--)
            exact_load[n->exacts++] = random_below(900);
    }
    first[FOLDEDS] = n->exacts;
}

static void assert_covers(const dx_slices *s, const dx_numbering *n,
    dx_slice_kind kind, size_t target_bytes)
{
    bool exact = kind == DX_SLICE_EXACT;
    const uint64_t *loads = exact ? n->exact_load : n->folded_load;
    uint32_t next = 0;

    for (size_t i = 0; i < s->count; i++) {
        uint64_t items = 0;
        assert_int_equal(s->at[i].kind, kind);
        assert_true(s->at[i].first >= next);
        for (; next < s->at[i].first; next++)
            assert_int_equal(loads[next], 0);
        for (; next < s->at[i].end; next++)
            items += loads[next];
        assert_int_equal(s->at[i].items, items);
        assert_true(items * (exact ? 2 : 4) <= target_bytes ||
                    next - s->at[i].first == 1);
        assert_true(items * (exact ? 2 : 4) <= s->bytes_max);
    }
    for (; next < (exact ? n->exacts : n->foldeds); next++)
        assert_int_equal(loads[next], 0);
}

static void slices_cover_the_dictionary(void **state)
{
    dx_numbering n;

    (void)state;
    make_numbering(&n);
    for (size_t target = 8000; target < 4000000; target *= 4) {
        dx_slices pairs = {0}, exact = {0};
        assert_int_equal(
            dx_slices_plan(&pairs, DX_SLICE_PAIRS, &n, 8, target), DX_OK);
        assert_int_equal(
            dx_slices_plan(&exact, DX_SLICE_EXACT, &n, 8, target), DX_OK);
        assert_covers(&pairs, &n, DX_SLICE_PAIRS, target);
        assert_covers(&exact, &n, DX_SLICE_EXACT, target);
        dx_slices_free(&pairs);
        dx_slices_free(&exact);
    }
}

/* ---- frequent pairs ---- */

static void frequent_pairs_are_found(void **state)
{
    dx_frequent_pairs f = {0};
    uint32_t may = 0, tried = 0;

    (void)state;
    for (uint32_t i = 3000; i-- > 0;)
        assert_int_equal(dx_frequent_pairs_add(&f,
                             (dx_frequent_pair){i / 60 * 2, i % 60 * 2, i, 0}),
            DX_OK);
    assert_int_equal(dx_frequent_pairs_end(&f), DX_OK);
    for (uint32_t first = 0; first < 110; first++) {
        for (uint32_t second = 0; second < 130; second++) {
            bool have = first % 2 == 0 && second % 2 == 0 && first < 100 &&
                        second < 120;
            uint32_t number = first / 2 * 60 + second / 2;
            assert_int_equal(dx_frequent_pairs_find(&f, first, second),
                have ? number : DX_FREQUENT_PAIR_NONE);
            assert_true(!have || dx_frequent_pairs_may_have(&f, first, second));
            may += !have && dx_frequent_pairs_may_have(&f, first, second);
            tried += !have;
        }
    }
    assert_true(may < tried / 16);
    for (uint32_t i = 0; i < 3000; i++)
        assert_int_equal(f.at[i].occurrences, i);
    dx_frequent_pairs_free(&f);
}

/* ---- sorting ---- */

#define DOCS 300000u
#define NUMBERS 70000u
#define BUCKETS 5u

static const size_t bucket_sizes[BUCKETS] = {0, 1, 48, 49, 20000};

static int compare_keys(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static uint64_t *random_bucket(size_t size)
{
    uint64_t *keys = calloc(size + 1, sizeof *keys);

    assert_non_null(keys);
    for (size_t i = 0; i < size; i++)
        keys[i] = random_below(DOCS);
    qsort(keys, size, sizeof *keys, compare_keys); /* as documents come */
    for (size_t i = 0; i < size; i++)
        keys[i] |= (uint64_t)random_below(size > 100 ? NUMBERS : 9)
                   << DX_GATHERED_DOC_BITS;
    return keys;
}

/* As filling does it. */
static void put_bucket(dx_buckets *b, uint32_t bucket, const uint64_t *keys,
    size_t size)
{
    uint32_t *items = b->items, doc_mask = (1u << b->doc_bits) - 1;
    size_t i = 0;

    for (uint32_t epoch = 0; epoch < b->epochs; epoch++) {
        for (; i < size && (keys[i] & (DX_GATHERED_DOCS_MAX - 1)) >>
                                   b->doc_bits == epoch; i++)
            items[b->starts[bucket] + i] =
                (uint32_t)(keys[i] >> DX_GATHERED_DOC_BITS) << b->doc_bits |
                ((uint32_t)keys[i] & doc_mask);
        b->heads[epoch * BUCKETS + bucket] = b->starts[bucket] + (uint32_t)i;
    }
    assert_int_equal(i, size);
}

static void buckets_are_sorted(void **state)
{
    dx_slice slice = {DX_SLICE_PAIRS, 7, 7 + BUCKETS, 0};
    uint64_t *keys[BUCKETS], *rooms[2];
    dx_buckets b;

    (void)state;
    for (uint32_t i = 0; i < BUCKETS; i++) {
        keys[i] = random_bucket(bucket_sizes[i]);
        slice.items += bucket_sizes[i];
    }
    dx_slices slices = {.at = &slice, .count = 1, .buckets_max = BUCKETS,
        .bytes_max = slice.items * sizeof(uint32_t)};
    assert_int_equal(dx_buckets_init(&b, &slices, DOCS, NUMBERS), DX_OK);
    dx_buckets_begin(&b, &slice);
    assert_true(b.epochs > 1);
    for (uint32_t i = 0, at = 0; i < BUCKETS; i++) {
        b.starts[i] = at;
        put_bucket(&b, i, keys[i], bucket_sizes[i]);
        at += (uint32_t)bucket_sizes[i];
    }
    rooms[0] = calloc(slice.items, sizeof(uint64_t));
    rooms[1] = calloc(slice.items, sizeof(uint64_t));
    for (uint32_t i = 0; i < BUCKETS; i++) {
        size_t size = bucket_sizes[i];
        assert_int_equal(dx_buckets_count(&b, i), size);
        qsort(keys[i], size, sizeof **keys, compare_keys);
        if (size)
            assert_memory_equal(dx_key_sort(&b, i, size, rooms), keys[i],
                size * sizeof **keys);
        free(keys[i]);
    }
    free(rooms[0]);
    free(rooms[1]);
    dx_buckets_free(&b);
}

/* ---- sharing ---- */

#define WORKERS 4u
#define SLICES 3u
#define NUMBERS_EACH 1000u

typedef struct shared_work {
    dx_sharing sharing;
    pthread_mutex_t lock;
    unsigned made[SLICES * NUMBERS_EACH];
    uint32_t failing; /* this number cannot be made */
} shared_work;

static dx_status make(void *ctx, unsigned worker, unsigned owner,
    uint32_t first, uint32_t end)
{
    shared_work *w = ctx;

    pthread_mutex_lock(&w->lock);
    dx_status rc =
        worker < WORKERS && owner < WORKERS ? DX_OK : DX_ERR_INVALID;
    for (uint32_t i = first; i < end; i++) {
        w->made[i]++;
        rc = i == w->failing ? DX_ERR_NOMEM : rc;
    }
    pthread_mutex_unlock(&w->lock);
    return rc;
}

/* Slices first; what comes after them only helps. */
static dx_status share(void *ctx, unsigned worker, size_t index)
{
    shared_work *w = ctx;
    uint32_t first = (uint32_t)index * NUMBERS_EACH;

    if (index < SLICES)
        return dx_sharing_slice(&w->sharing, worker, index == 0, first,
            first + NUMBERS_EACH);
    if (index == SLICES) {
        dx_status rc = dx_sharing_help(&w->sharing, worker, true);
        dx_sharing_triples_planned(&w->sharing, 0);
        return rc;
    }
    return dx_sharing_help(&w->sharing, worker, false);
}

static dx_status share_all(shared_work *w, uint32_t failing)
{
    memset(w->made, 0, sizeof w->made);
    w->failing = failing;
    pthread_mutex_init(&w->lock, NULL);
    assert_int_equal(dx_sharing_init(&w->sharing, WORKERS, make, w), DX_OK);
    dx_sharing_planned(&w->sharing, SLICES, 1);
    dx_status rc = dx_parallel(WORKERS, SLICES + WORKERS, share, w);
    dx_sharing_free(&w->sharing);
    pthread_mutex_destroy(&w->lock);
    return rc;
}

static void shared_slices_are_made_once(void **state)
{
    static shared_work w;

    (void)state;
    for (unsigned turn = 0; turn < 50; turn++) {
        assert_int_equal(share_all(&w, UINT32_MAX), DX_OK);
        for (uint32_t i = 0; i < SLICES * NUMBERS_EACH; i++)
            assert_int_equal(w.made[i], 1);
        assert_int_equal(share_all(&w, turn * 60), DX_ERR_NOMEM);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_cover_the_dictionary),
        cmocka_unit_test(frequent_pairs_are_found),
        cmocka_unit_test(buckets_are_sorted),
        cmocka_unit_test(shared_slices_are_made_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
