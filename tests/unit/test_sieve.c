/* The sieve of one list against a look at each posting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/bytes.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/list.h"
#include "searcher/match/score/sieve.h"
#include "tests/support/fixture.h"

#define DOCS (3 * DX_WINDOW_DOCS - 700)

static uint64_t state = 88172645463325252u;

static uint32_t random_below(uint32_t n)
{
    return fixture_random_below(&state, n);
}

static uint8_t lengths[2 * DOCS];
static uint32_t docs[DOCS];
static uint16_t tfs[DOCS];
static uint16_t tf_of[DOCS]; /* 0: not in the list */

/* About one document in `share`, with frequencies up to `tf_max`, mostly small. */
static uint32_t make_list(uint32_t share, uint32_t tf_max, dx_buf *out)
{
    uint32_t df = 0;

    memset(tf_of, 0, sizeof tf_of);
    for (uint32_t d = 0; d < DOCS; d++) {
        uint32_t length = random_below(10) ? 100 + random_below(900) : 1 + random_below(40);
        dx_store_u16(lengths + 2 * (size_t)d, (uint16_t)length);
        if (random_below(share))
            continue;
        uint32_t tf = 1 + random_below(1 + random_below(1 + random_below(tf_max)));
        docs[df] = d;
        tfs[df++] = tf_of[d] = (uint16_t)tf;
    }
    dx_list_encode(out, docs, tfs, df, DOCS, NULL, false);
    return df;
}

static void make_limits(uint32_t limits[DX_SIEVE_LIMITS])
{
    uint32_t first = random_below(12), step = 1 + random_below(200);

    for (uint32_t i = 0; i < DX_SIEVE_LIMITS; i++)
        limits[i] = i < first ? 0 : (i - first) * step;
}

static void sift_window(dx_cursor *c, uint32_t window)
{
    uint32_t limits[DX_SIEVE_LIMITS], short_length = random_below(150);
    uint64_t set[DX_WINDOW_WORDS], before[DX_WINDOW_WORDS];
    uint32_t base = window << DX_WINDOW_BITS;

    make_limits(limits);
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        before[k] = set[k] = random_below(4) ? ~(uint64_t)0 : state;
    (void)dx_cursor_load(c, window);
    bool is_wide = !c->list.all_once && c->tfs.width > 6; /* all stay */
    dx_sieve_drop_long(c, lengths + 2 * (size_t)base, limits, short_length, set);
    for (uint32_t d = 0; d < DX_WINDOW_DOCS; d++) {
        uint32_t tf = base + d < DOCS ? tf_of[base + d] : 0;
        bool was = before[d >> 6] >> (d & 63) & 1;
        bool stays = is_wide || tf == 0 || tf > DX_SIEVE_LIMITS ||
                     dx_load_u16(lengths + 2 * (size_t)(base + d)) <= limits[tf - 1];
        bool is = set[d >> 6] >> (d & 63) & 1;
        if (is != (was && stays))
            fail_msg("document %u, tf %u: %d, not %d", base + d, tf, is, was && stays);
    }
}

static void keeps_what_a_look_at_each_posting_keeps(void **unused)
{
    static const struct {
        uint32_t share, tf_max;
    } kinds[] = {{1, 1}, {2, 3}, {2, 30}, {3, 8}, {1, 60}, {9, 20}, {40, 5},
        {900, 12}, {2, 200}};

    (void)unused;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        dx_arena arena = DX_ARENA_INIT;
        dx_cursor *c = malloc(sizeof *c);
        dx_list list;
        dx_buf out;

        dx_buf_init(&out, 1u << 20);
        assert_non_null(c);
        assert_int_not_equal(make_list(kinds[i].share, kinds[i].tf_max, &out), 0);
        assert_int_equal(dx_list_open(NULL, out.data, out.data + out.len, DOCS, &list),
            DX_OK);
        assert_int_equal(dx_cursor_open(c, &list, &arena), DX_OK);
        for (unsigned round = 0; round < 20; round++)
            for (uint32_t w = 0; w < dx_window_count(DOCS); w++)
                sift_window(c, w);
        free(c);
        dx_buf_free(&out);
        dx_arena_free(&arena);
    }
}

static void selects_each_set_bit(void **unused)
{
    (void)unused;
    for (unsigned round = 0; round < 1000; round++) {
        uint64_t v = (uint64_t)random_below(UINT32_MAX) << 32 | random_below(UINT32_MAX);
        unsigned i = 0;
        v = round % 3 == 0 ? ~(uint64_t)0 << round % 64 : v;
        for (unsigned bit = 0; bit < 64; bit++)
            if (v >> bit & 1)
                assert_int_equal(dx_select64(v, i++), bit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_what_a_look_at_each_posting_keeps),
        cmocka_unit_test(selects_each_set_bit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
