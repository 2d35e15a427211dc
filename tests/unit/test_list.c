/* Posting lists against a plain array: whatever the shape, a cursor shows the
 * same documents and frequencies, and damage is an error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/base/mem.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/list.h"
#include "common/index/codec/list_decode.h"
#include "common/index/codec/window.h"

typedef struct model {
    uint32_t docs[60000];
    uint16_t tfs[60000];
    uint32_t df, segment_docs;
} model;

static uint32_t random_below(uint32_t n)
{
    return (uint32_t)(((uint64_t)(unsigned)rand() * n) / ((uint64_t)RAND_MAX + 1));
}

/* Each document with probability 1/one_in; most frequencies small, some huge. */
static void make_model(model *m, uint32_t segment_docs, uint32_t one_in,
    uint32_t tf_max)
{
    m->segment_docs = segment_docs;
    m->df = 0;
    for (uint32_t d = 0; d < segment_docs; d++) {
        if (random_below(one_in) != 0)
            continue;
        uint32_t tf = 1 + random_below(tf_max < 4 ? tf_max : 4);
        if (tf_max > 4 && random_below(40) == 0)
            tf = 1 + random_below(tf_max);
        m->docs[m->df] = d;
        m->tfs[m->df++] = (uint16_t)tf;
    }
    if (m->df == 0) {
        m->docs[0] = segment_docs - 1;
        m->tfs[0] = 1;
        m->df = 1;
    }
}

static void check_cursor(const model *m, const dx_list *list)
{
    dx_arena arena = DX_ARENA_INIT;
    static dx_cursor c;
    uint32_t i = 0;

    assert_int_equal(dx_cursor_open(&c, list, &arena), DX_OK);
    for (uint32_t w = 0; w < dx_window_count(m->segment_docs); w++) {
        uint32_t peek = dx_cursor_peek(&c, w), n = 0;
        uint32_t loaded = dx_cursor_load(&c, w);
        assert_int_equal(peek == 0, loaded == 0);
        for (uint32_t d = 0; d < DX_WINDOW_DOCS && loaded; d++) {
            bool set = c.bits[d >> 6] >> (d & 63) & 1;
            bool want = i < m->df && m->docs[i] == (w << DX_WINDOW_BITS | d);
            assert_int_equal(set, want);
            if (set) {
                assert_int_equal(dx_cursor_tf(&c, d), m->tfs[i]);
                i++;
                n++;
            }
        }
        assert_int_equal(n, loaded);
    }
    assert_int_equal(i, m->df);
    assert_int_equal(c.status, DX_OK);
    dx_arena_free(&arena);
}

/* The same without expanding sparse windows. */
static void check_lookups(const model *m, const dx_list *list)
{
    dx_arena arena = DX_ARENA_INIT;
    static dx_cursor c;
    uint32_t i = 0;

    assert_int_equal(dx_cursor_open(&c, list, &arena), DX_OK);
    for (uint32_t w = 0; w < dx_window_count(m->segment_docs); w++) {
        uint32_t first = w << DX_WINDOW_BITS;
        if (dx_cursor_seek(&c, w) == 0)
            continue;
        for (uint32_t d = 0; d < DX_WINDOW_DOCS; d++) {
            bool want = i < m->df && m->docs[i] == (first | d);
            assert_int_equal(dx_cursor_has(&c, d), want);
            if (want)
                assert_int_equal(dx_cursor_tf(&c, d), m->tfs[i++]);
        }
    }
    assert_int_equal(i, m->df);
    dx_arena_free(&arena);
}

static void check_model(const model *m, bool count_fast)
{
    dx_buf b;
    dx_list list;
    dx_arena arena = DX_ARENA_INIT;
    uint32_t *docs = malloc(m->df * sizeof *docs);
    uint16_t *tfs = malloc(m->df * sizeof *tfs);

    dx_buf_init(&b, SIZE_MAX);
    dx_list_encode(&b, m->docs, m->tfs, m->df, m->segment_docs, NULL, count_fast);
    assert_int_equal(b.status, DX_OK);
    assert_int_equal(dx_list_open(NULL, b.data, b.data + b.len, m->segment_docs,
                         &list), DX_OK);
    assert_int_equal(list.df, m->df);
    assert_ptr_equal(dx_list_after(&list), b.data + b.len);
    check_cursor(m, &list);
    check_lookups(m, &list);
    assert_int_equal(dx_list_decode(&list, docs, tfs, &arena), DX_OK);
    assert_memory_equal(docs, m->docs, m->df * sizeof *docs);
    assert_memory_equal(tfs, m->tfs, m->df * sizeof *tfs);
    free(docs);
    free(tfs);
    dx_arena_free(&arena);
    dx_buf_free(&b);
}

static void every_shape_reads_back(void **state)
{
    static model m;
    static const uint32_t sizes[] = {1, 2, 63, 64, 65, 4095, 4096, 4097, 8192,
        20000, 60000};
    static const uint32_t densities[] = {1, 2, 4, 6, 20, 60, 200, 5000, 60000};

    (void)state;
    srand(7);
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (size_t d = 0; d < sizeof densities / sizeof *densities; d++)
            for (uint32_t tf_max = 1; tf_max <= DX_TF_MAX; tf_max *= 15) {
                make_model(&m, sizes[s], densities[d], tf_max);
                check_model(&m, false);
                check_model(&m, true);
            }
}

static void windows_load_in_any_order(void **state)
{
    static model m;
    static dx_cursor c;
    dx_arena arena = DX_ARENA_INIT;
    dx_buf b;
    dx_list list;

    (void)state;
    srand(11);
    for (uint32_t one_in = 3, once = 0; one_in < 4000; one_in *= 5, once ^= 1) {
        make_model(&m, 50000, one_in, once ? 1 : 30);
        dx_buf_init(&b, SIZE_MAX);
        dx_list_encode(&b, m.docs, m.tfs, m.df, m.segment_docs, NULL, once);
        assert_int_equal(dx_list_open(NULL, b.data, b.data + b.len, m.segment_docs,
                             &list), DX_OK);
        assert_int_equal(dx_cursor_open(&c, &list, &arena), DX_OK);
        for (int k = 0; k < 200; k++) {
            uint32_t w = random_below(dx_window_count(m.segment_docs));
            uint32_t n = dx_cursor_load(&c, w), want = 0;
            for (uint32_t i = 0; i < m.df; i++) {
                if (m.docs[i] >> DX_WINDOW_BITS != w)
                    continue;
                uint32_t d = m.docs[i] & (DX_WINDOW_DOCS - 1);
                assert_true(c.bits[d >> 6] >> (d & 63) & 1);
                assert_int_equal(dx_cursor_tf(&c, d), m.tfs[i]);
                want++;
            }
            assert_int_equal(n, want);
        }
        dx_buf_free(&b);
    }
    dx_arena_free(&arena);
}

/* The copy has exactly `len` bytes, so that a sanitizer sees a read past it. */
static void read_damaged(const uint8_t *bytes, size_t len, uint32_t docs)
{
    dx_arena arena = DX_ARENA_INIT;
    static dx_cursor c;
    dx_list list;
    uint8_t *copy = malloc(len ? len : 1);

    memcpy(copy, bytes, len);
    if (dx_list_open(NULL, copy, copy + len, docs, &list) == DX_OK &&
        dx_cursor_open(&c, &list, &arena) == DX_OK) {
        for (uint32_t w = 0; w < dx_window_count(docs); w++) {
            dx_cursor_load(&c, w);
            for (uint32_t d = 0; d < DX_WINDOW_DOCS; d++)
                if (c.bits[d >> 6] >> (d & 63) & 1) {
                    assert_true((w << DX_WINDOW_BITS | d) < docs);
                    assert_true(dx_cursor_tf(&c, d) >= 1);
                }
        }
    }
    dx_arena_free(&arena);
    free(copy);
}

static void damage_never_reads_outside_or_invents_documents(void **state)
{
    static model m;
    dx_buf b;

    (void)state;
    srand(3);
    for (uint32_t one_in = 1, once = 0; one_in < 3000;
         one_in = one_in * 4 + 1, once ^= 1) {
        make_model(&m, 9000, one_in, once ? 1 : 300);
        dx_buf_init(&b, SIZE_MAX);
        dx_list_encode(&b, m.docs, m.tfs, m.df, m.segment_docs, NULL, once);
        for (int k = 0; k < 60; k++)
            read_damaged(b.data, random_below((uint32_t)b.len), 9000);
        for (int k = 0; k < 200; k++) {
            uint32_t at = random_below((uint32_t)b.len);
            uint8_t old = b.data[at];
            b.data[at] ^= (uint8_t)(1u << random_below(8));
            read_damaged(b.data, b.len, 9000);
            b.data[at] = old;
        }
        dx_buf_free(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape_reads_back),
        cmocka_unit_test(windows_load_in_any_order),
        cmocka_unit_test(damage_never_reads_outside_or_invents_documents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
