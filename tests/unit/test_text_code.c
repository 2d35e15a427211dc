/* The code of texts: what is written comes back, first bytes are of one kind and
 * groups of them of one width, and the size is near the entropy. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/bytes.h"
#include "common/index/codec/text_code.h"
#include "indexer/invert/text_plan.h"
#include "tests/support/fixture.h"

#define FORMS_MAX 300000u

static uint64_t sums[DX_TEXT_KINDS][FORMS_MAX + 1];

/* Sums of frequencies that fall as 1 / rank to the power `slope`. */
static void zipf(unsigned kind, uint32_t forms, double slope, double most)
{
    for (uint32_t i = 0; i < forms; i++)
        sums[kind][i + 1] =
            sums[kind][i] + 1 + (uint64_t)(most / pow(i + 1.0, slope));
}

static dx_text_plan plan(const uint32_t forms[DX_TEXT_KINDS])
{
    static const uint64_t *const all[DX_TEXT_KINDS] = {sums[0], sums[1],
        sums[2]};
    dx_text_plan p;

    assert_int_equal(dx_text_plan_make(all, forms, &p), DX_OK);
    return p;
}

/* Of kinds as they are planned, per form, behind first bytes. */
static double width_of(const uint32_t forms[DX_TEXT_KINDS], const dx_text_plan *p)
{
    uint64_t all = 0;

    for (unsigned k = 0; k < DX_TEXT_KINDS; k++)
        all += sums[k][forms[k]];
    return (double)p->bits / (double)all;
}

static double entropy(const uint32_t forms[DX_TEXT_KINDS])
{
    double all = 0, bits = 0;

    for (unsigned k = 0; k < DX_TEXT_KINDS; k++)
        all += (double)sums[k][forms[k]];
    for (unsigned k = 0; k < DX_TEXT_KINDS; k++)
        for (uint32_t i = 0; i < forms[k]; i++) {
            double share = (double)(sums[k][i + 1] - sums[k][i]) / all;
            bits -= share * log2(share);
        }
    return bits;
}

/* ---- the code ---- */

/* Every form has a first byte of its run alone, and its number is found again. */
static void assert_complete(const dx_text_code *c)
{
    uint32_t form = 0;

    for (uint32_t r = 0; r < c->run_count; r++) {
        const dx_text_run *run = &c->runs[r];
        assert_int_equal(run->first_form, form);
        assert_true(r == 0 || run->first_byte >= run[-1].end_byte);
        for (uint32_t i = 0; i < run->forms; i++, form++) {
            uint8_t b = dx_text_first_byte(c, form);
            assert_in_range(b, run->first_byte, run->end_byte - 1);
            assert_int_equal(c->width[b], run->width);
            assert_in_range(form - c->of[b].form, 0, c->of[b].mask);
        }
    }
    assert_int_equal(form, c->forms);
    for (uint32_t b = 0; b < DX_TEXT_FIRST_BYTES; b++)
        assert_int_equal(c->width[b], c->width[b & ~(DX_TEXT_GROUP - 1)]);
}

static size_t write_text(const dx_text_code *c, const uint32_t *forms,
    const uint32_t fields[DX_TEXT_PARTS], uint8_t *out)
{
    uint8_t *p = out;
    uint32_t count = 0;

    for (unsigned f = 0; f < DX_TEXT_PARTS; f++) {
        p += dx_varint_write(p, fields[f]);
        count += fields[f];
    }
    dx_field_packer more = {.at = p + count};
    for (uint32_t i = 0; i < count; i++) {
        uint8_t b = dx_text_first_byte(c, forms[i]);
        *p++ = b;
        dx_field_put(&more, forms[i] - c->of[b].form, c->width[b]);
    }
    dx_field_end(&more);
    return (size_t)(more.at - out);
}

static void assert_reads_back(const dx_text_code *c, uint64_t *seed)
{
    static uint8_t bytes[4 * FORMS_MAX];
    static uint32_t forms[FORMS_MAX];
    uint32_t fields[DX_TEXT_PARTS];
    dx_text t;

    for (int round = 0; round < 20; round++) {
        uint32_t count = 0;
        for (unsigned f = 0; f < DX_TEXT_PARTS; f++) {
            fields[f] = (uint32_t)(fixture_random(seed) % 200);
            for (uint32_t i = 0; i < fields[f]; i++)
                forms[count++] = (uint32_t)(fixture_random(seed) % c->forms);
        }
        size_t len = write_text(c, forms, fields, bytes);
        assert_true(dx_text_open(&t, bytes, bytes + len));
        assert_int_equal(t.end[DX_TEXT_PARTS - 1], count);
        dx_text_place at = {t.first, 0};
        for (uint32_t i = 0; i < count; i++)
            assert_int_equal(dx_text_next(c, &t, &at), forms[i]);
        assert_int_equal((at.bit + 7) / 8, len - (size_t)(t.more - bytes));
        assert_false(dx_text_open(&t, bytes, t.more - 1));
    }
}

static void assert_works(const uint32_t forms[DX_TEXT_KINDS], uint64_t *seed)
{
    static dx_text_code c;
    dx_text_plan p = plan(forms);
    dx_text_run stored[DX_TEXT_RUNS_MAX];
    uint32_t of_kind[DX_TEXT_KINDS] = {0};

    for (uint32_t r = 0; r < p.run_count; r++) {
        stored[r] = dx_text_run_unpack(dx_text_run_pack(&p.runs[r]));
        of_kind[stored[r].kind] += stored[r].forms;
    }
    assert_memory_equal(of_kind, forms, sizeof of_kind);
    assert_true(dx_text_code_init(&c, stored, p.run_count));
    assert_complete(&c);
    if (c.forms > 0)
        assert_reads_back(&c, seed);
}

static void forms_read_back(void **state)
{
    static const uint32_t cases[][DX_TEXT_KINDS] = {{0, 0, 0}, {1, 0, 0},
        {0, 1, 0}, {0, 0, 1}, {1, 1, 1}, {200, 40, 16}, {200, 40, 17},
        {255, 1, 1}, {600, 3, 90}, {5000, 300, 300}, {100, 5000, 20},
        {3, 2, 70000}, {130000, 2600, 8900}, {299999, 0, 1}};
    static const double slopes[] = {0, .7, 1.1, 3};
    uint64_t seed = 3;

    (void)state;
    for (size_t s = 0; s < sizeof slopes / sizeof *slopes; s++)
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            for (unsigned k = 0; k < DX_TEXT_KINDS; k++)
                zipf(k, cases[i][k], slopes[s], 5e7 / (1 + 9.0 * k));
            assert_works(cases[i], &seed);
        }
}

/* As Vietnamese news are: hardly any word is more than 1 % of a text. */
static void texts_take_little_more_than_their_entropy(void **state)
{
    static const uint32_t news[DX_TEXT_KINDS] = {130000, 2600, 8900};

    (void)state;
    for (uint32_t i = 0; i < news[DX_TEXT_WORDS]; i++)
        sums[DX_TEXT_WORDS][i + 1] = sums[DX_TEXT_WORDS][i] + 1 +
                                     (uint64_t)(3e8 / pow(i + 60.0, 1.5));
    zipf(DX_TEXT_GAPS, news[DX_TEXT_GAPS], 1.6, 1e6);
    zipf(DX_TEXT_OTHERS, news[DX_TEXT_OTHERS], 1, 600);
    dx_text_plan p = plan(news);
    assert_true(8 + width_of(news, &p) < 1.03 * entropy(news));
}

static void too_many_forms_are_refused(void **state)
{
    static const uint32_t many[DX_TEXT_KINDS] = {DX_TEXT_FORMS_MAX, 1, 0};
    dx_text_plan p;

    (void)state;
    assert_int_equal(dx_text_plan_make(NULL, many, &p), DX_ERR_LIMIT);
}

/* As in a damaged index. */
static void impossible_runs_are_refused(void **state)
{
    static dx_text_code c;
    dx_text_run runs[DX_TEXT_RUNS_MAX + 1] = {
        {.width = 1, .kind = 0, .forms = 10}, {.width = 1, .kind = 2, .forms = 1},
        {.width = 3, .kind = 1, .forms = 248 * 8}};

    (void)state;
    assert_true(dx_text_code_init(&c, runs, 3));
    assert_int_equal(c.runs[2].end_byte, DX_TEXT_FIRST_BYTES);
    assert_false(dx_text_code_init(&c, runs, DX_TEXT_RUNS_MAX + 1));
    runs[2].forms++;
    assert_false(dx_text_code_init(&c, runs, 3));
    runs[2].forms = 0;
    assert_false(dx_text_code_init(&c, runs, 3));
    runs[2] = (dx_text_run){.width = DX_TEXT_WIDTH_MAX, .kind = 0,
        .forms = DX_TEXT_FORMS_MAX - 11};
    assert_true(dx_text_code_init(&c, runs, 3));
    runs[2].forms++;
    assert_false(dx_text_code_init(&c, runs, 3));
    runs[2] = (dx_text_run){.width = DX_TEXT_WIDTH_MAX + 1, .forms = 1};
    assert_false(dx_text_code_init(&c, runs, 3));
    runs[2] = (dx_text_run){.width = 2, .kind = DX_TEXT_KINDS, .forms = 1};
    assert_false(dx_text_code_init(&c, runs, 3));
    runs[2] = (dx_text_run){.width = 1, .kind = 2, .forms = 1};
    assert_false(dx_text_code_init(&c, runs, 3));
    runs[2] = (dx_text_run){.width = 0, .kind = 0, .forms = 1};
    assert_false(dx_text_code_init(&c, runs, 3));
}

/* First bytes that no run has, and bits past the end, are no form or some form,
 * but nothing is read there. */
static void damaged_texts_are_no_form(void **state)
{
    static dx_text_code c;
    static const dx_text_run run = {.width = 20, .forms = 1u << 20};
    static const uint8_t bytes[] = {3, 0, 0, 0, 1, 255, 0xFF};
    dx_text t;

    (void)state;
    assert_true(dx_text_code_init(&c, &run, 1));
    assert_true(dx_text_open(&t, bytes, bytes + sizeof bytes));
    dx_text_place at = {t.first, 0};
    assert_int_equal(dx_text_next(&c, &t, &at), 0xFF);
    assert_true(dx_text_next(&c, &t, &at) >= c.forms);
    assert_true(dx_text_next(&c, &t, &at) >= c.forms);
    assert_false(dx_text_open(&t, bytes, bytes + 2));
    assert_false(dx_text_open(&t, bytes, bytes + 5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_read_back),
        cmocka_unit_test(texts_take_little_more_than_their_entropy),
        cmocka_unit_test(too_many_forms_are_refused),
        cmocka_unit_test(impossible_runs_are_refused),
        cmocka_unit_test(damaged_texts_are_no_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
