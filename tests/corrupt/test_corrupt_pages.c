/* LMDB's pages, damaged in every place: what the validator passes, LMDB walks and
 * changes without a crash; of what matters, it passes nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/fuzz/page_file.h"
#include "tests/support/fixture.h"

static page_file f;
static uint8_t bytes[PAGE_FILE_MAX];

static void a_sound_file_passes(void **state)
{
    (void)state;
    page_file_make(&f);
    assert_true(page_file_try(&f, f.bytes, f.len));
}

static bool try_byte(size_t at, uint8_t value)
{
    uint8_t before = bytes[at];

    bytes[at] = value;
    bool passes = page_file_try(&f, bytes, f.len);
    bytes[at] = before;
    return passes;
}

static void each_byte_changed(void **state)
{
    static const uint8_t values[] = {0x00, 0xFF, 0x01, 0x80};
    size_t step = fixture_is_long() ? 1 : 13;

    (void)state;
    memcpy(bytes, f.bytes, f.len);
    for (size_t at = 0; at < f.len; at += step)
        for (unsigned i = 0; i < (fixture_is_long() ? 8u : 2u); i++) {
            (void)try_byte(at, bytes[at] ^ (uint8_t)(1u << (at + i) % 8));
            (void)try_byte(at, values[(at + i) % 4]);
        }
}

/* Heads of pages and tables of nodes have nothing in them that does not matter. */
static void nothing_else_passes(void **state)
{
    dx_pages p;

    (void)state;
    page_file_put(&f, f.bytes, f.len);
    assert_int_equal(dx_meta_pages_read(f.fd, f.path, &p, NULL), DX_OK);
    size_t root = p.now.keys.root * PAGE_FILE_PAGE;
    size_t lower = dx_page_u16(f.bytes + root + DX_PAGE_LOWER);
    for (size_t at = 0; at < lower; at++)
        if (at < 8 || at >= DX_PAGE_FLAGS)
            for (unsigned bit = 0; bit < 8; bit++)
                assert_false(try_byte(root + at,
                    f.bytes[root + at] ^ (uint8_t)(1u << bit)));
    size_t meta = p.now.txn % 2 * PAGE_FILE_PAGE;
    for (size_t at = DX_META_FREE; at < DX_META_BYTES; at++)
        for (unsigned bit = 0; bit < 8; bit++)
            assert_true(at == DX_META_FREE + DX_TREE_FLAGS + 1 || /* not in a folder */
                        !try_byte(meta + at,
                            f.bytes[meta + at] ^ (uint8_t)(1u << bit)));
}

static void cut_anywhere(void **state)
{
    (void)state;
    for (size_t len = 0; len < f.len; len += fixture_is_long() ? 1 : 61)
        (void)page_file_try(&f, f.bytes, len);
}

static void each_page_for_another(void **state)
{
    size_t pages = f.len / PAGE_FILE_PAGE;

    (void)state;
    for (size_t to = 0; to < pages; to++)
        for (size_t from = 0; from < pages; from++)
            for (size_t head = 0; head <= 8; head += 8) { /* with its number or not */
                memcpy(bytes, f.bytes, f.len);
                memcpy(bytes + to * PAGE_FILE_PAGE + head,
                    f.bytes + from * PAGE_FILE_PAGE + head, PAGE_FILE_PAGE - head);
                (void)page_file_try(&f, bytes, f.len);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_file_passes),
        cmocka_unit_test(each_byte_changed),
        cmocka_unit_test(nothing_else_passes),
        cmocka_unit_test(cut_anywhere),
        cmocka_unit_test(each_page_for_another),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
