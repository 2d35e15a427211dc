/* The manifest and the deletion bitmap: what is written comes back, damage of
 * any byte and another version are told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/index/segment/layout/manifest.h"
#include "common/text/analyzer.h"

static dx_str str_of(const dx_buf *b)
{
    return (dx_str){(const char *)b->data, b->len};
}

/* A manifest of `count` segments, written to `out`. */
static void write_manifest(dx_buf *out, uint32_t count)
{
    dx_manifest m = {.generation = 77, .next_segment = 5000, .next_file = 12};

    for (uint32_t i = 0; i < count; i++) {
        dx_segment_entry *e = dx_manifest_add(&m);
        assert_non_null(e);
        *e = (dx_segment_entry){i * 3, i + 10, i % 7, (uint64_t)i << 33};
    }
    dx_buf_init(out, 1u << 20);
    dx_manifest_write(&m, out);
    assert_int_equal(out->status, DX_OK);
    dx_manifest_free(&m);
}

static void what_is_written_comes_back(void **state)
{
    static const uint32_t counts[] = {0, 1, 8, DX_SEGMENTS_MAX};
    dx_manifest m;
    dx_buf b;

    (void)state;
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        write_manifest(&b, counts[c]);
        assert_int_equal(dx_manifest_read(str_of(&b), &m, NULL), DX_OK);
        assert_int_equal(m.generation, 77);
        assert_int_equal(m.next_segment, 5000);
        assert_int_equal(m.next_file, 12);
        assert_int_equal(m.count, counts[c]);
        for (uint32_t i = 0; i < m.count; i++) {
            assert_int_equal(m.segments[i].id, i * 3);
            assert_int_equal(m.segments[i].docs, i + 10);
            assert_int_equal(m.segments[i].deleted, i % 7);
            assert_true(m.segments[i].bytes == (uint64_t)i << 33);
        }
        dx_manifest_free(&m);
        dx_buf_free(&b);
    }
}

static void none_is_an_empty_index(void **state)
{
    dx_manifest m;

    (void)state;
    assert_int_equal(dx_manifest_read((dx_str){NULL, 0}, &m, NULL), DX_OK);
    assert_int_equal(m.count, 0);
    assert_int_equal(m.generation, 0);
    dx_manifest_free(&m);
}

static void more_segments_than_the_limit_are_refused(void **state)
{
    dx_manifest m;
    dx_buf b;

    (void)state;
    write_manifest(&b, DX_SEGMENTS_MAX + 1);
    assert_int_equal(dx_manifest_read(str_of(&b), &m, NULL), DX_ERR_CORRUPT);
    dx_buf_free(&b);
}

static void every_cut_and_every_changed_byte_is_told(void **state)
{
    dx_manifest m;
    dx_error err;
    dx_buf b;

    (void)state;
    write_manifest(&b, 3);
    for (size_t len = 1; len < b.len; len++)
        assert_int_equal(dx_manifest_read(
            (dx_str){(const char *)b.data, len}, &m, NULL), DX_ERR_CORRUPT);
    for (size_t i = 0; i < b.len; i++) {
        b.data[i] ^= 0x41;
        err.msg[0] = '\0';
        dx_status rc = dx_manifest_read(str_of(&b), &m, &err);
        bool version = i >= 4 && i < 8; /* asked for before the checksum */
        assert_int_equal(rc, version ? DX_ERR_VERSION : DX_ERR_CORRUPT);
        assert_true(err.msg[0] != '\0');
        b.data[i] ^= 0x41;
    }
    dx_buf_free(&b);
}

static void other_versions_are_told_with_the_remedy(void **state)
{
    dx_manifest m;
    dx_error err = {0};
    dx_buf b;

    (void)state;
    write_manifest(&b, 1);
    dx_store_u32(b.data + 4, DX_FORMAT_VERSION + 1);
    dx_store_u64(b.data + b.len - 8, dx_hash64(b.data, b.len - 8));
    assert_int_equal(dx_manifest_read(str_of(&b), &m, &err), DX_ERR_VERSION);
    assert_non_null(strstr(err.msg, "format"));
    assert_non_null(strstr(err.msg, "index again"));
    dx_store_u32(b.data + 4, DX_FORMAT_VERSION);
    dx_store_u32(b.data + 8, DX_ANALYZER_ID + 1);
    dx_store_u64(b.data + b.len - 8, dx_hash64(b.data, b.len - 8));
    assert_int_equal(dx_manifest_read(str_of(&b), &m, &err), DX_ERR_VERSION);
    assert_non_null(strstr(err.msg, "text rules"));
    assert_non_null(strstr(err.msg, "dxindex rebuild --from"));
    dx_store_u32(b.data + 4, DX_FORMAT_VERSION - 1);
    assert_int_equal(dx_manifest_read(str_of(&b), &m, &err), DX_ERR_VERSION);
    assert_non_null(strstr(err.msg, "index again"));
    assert_null(strstr(err.msg, "newer version"));
    dx_buf_free(&b);
}

static void stored_texts_can_be_had_whatever_the_rules(void **state)
{
    dx_manifest m;
    uint32_t rules;
    dx_buf b;

    (void)state;
    write_manifest(&b, 2);
    dx_store_u32(b.data + 8, DX_ANALYZER_ID + 7);
    dx_store_u64(b.data + b.len - 8, dx_hash64(b.data, b.len - 8));
    assert_int_equal(dx_manifest_read_any_rules(str_of(&b), &m, &rules, NULL),
        DX_OK);
    assert_int_equal(rules, DX_ANALYZER_ID + 7);
    assert_int_equal(m.count, 2);
    dx_manifest_free(&m);
    dx_buf_free(&b);
}

/* The features of a manifest of no segments are its last bytes but eight. */
static dx_status read_features(const char *bytes, size_t len, dx_manifest *m,
    dx_error *err)
{
    dx_buf b;

    write_manifest(&b, 0);
    b.len -= 9;
    dx_buf_put(&b, bytes, len);
    dx_buf_put_u64(&b, dx_hash64(b.data, b.len));
    dx_status rc = dx_manifest_read(str_of(&b), m, err);
    dx_buf_free(&b);
    return rc;
}

static void features_come_back(void **state)
{
    dx_manifest m = {.features = DX_FEATURE_HIDDEN};
    dx_buf b;

    (void)state;
    dx_buf_init(&b, 1000);
    dx_manifest_write(&m, &b);
    assert_int_equal(dx_manifest_read(str_of(&b), &m, NULL), DX_OK);
    assert_int_equal(m.features, DX_FEATURE_HIDDEN);
    assert_string_equal(dx_feature_name(0), "hidden");
    assert_null(dx_feature_name(1));
    dx_buf_free(&b);
    assert_int_equal(read_features("\0", 1, &m, NULL), DX_OK);
    assert_int_equal(m.features, 0);
}

static void a_feature_that_we_lack_is_named(void **state)
{
    dx_error err = {0};
    dx_manifest m;

    (void)state;
    assert_int_equal(read_features("\2\6hidden\5tails", 14, &m, &err),
        DX_ERR_VERSION);
    assert_non_null(strstr(err.msg, "“tails”"));
    assert_non_null(strstr(err.msg, "newer version"));
    assert_int_equal(read_features("\2\6hidden\6hidden", 15, &m, NULL),
        DX_ERR_CORRUPT);
    assert_int_equal(read_features("\1\6hidde", 7, &m, NULL), DX_ERR_CORRUPT);
    assert_int_equal(read_features("\1\0", 2, &m, NULL), DX_ERR_CORRUPT);
    assert_int_equal(read_features("\0x", 2, &m, NULL), DX_ERR_CORRUPT);
    assert_int_equal(read_features("", 0, &m, NULL), DX_ERR_CORRUPT);
}

static void deletions_come_back_or_are_told(void **state)
{
    uint64_t words[128], back[128];
    dx_buf b;

    (void)state;
    for (size_t i = 0; i < 128; i++)
        words[i] = i * 0x9E3779B97F4A7C15u;
    dx_buf_init(&b, 1u << 20);
    dx_dead_write(words, 128, &b);
    assert_int_equal(dx_dead_read(str_of(&b), back, 128), DX_OK);
    assert_memory_equal(words, back, sizeof words);
    assert_int_equal(dx_dead_read(str_of(&b), back, 64), DX_ERR_CORRUPT);
    assert_int_equal(dx_dead_read(str_of(&b), back, 127), DX_ERR_CORRUPT);
    for (size_t i = 0; i < b.len; i++) {
        b.data[i] ^= 0x10;
        assert_int_equal(dx_dead_read(str_of(&b), back, 128), DX_ERR_CORRUPT);
        b.data[i] ^= 0x10;
    }
    for (size_t len = 0; len < b.len; len++)
        assert_int_equal(dx_dead_read((dx_str){(const char *)b.data, len}, back,
                             128), DX_ERR_CORRUPT);
    dx_buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_comes_back),
        cmocka_unit_test(none_is_an_empty_index),
        cmocka_unit_test(more_segments_than_the_limit_are_refused),
        cmocka_unit_test(every_cut_and_every_changed_byte_is_told),
        cmocka_unit_test(other_versions_are_told_with_the_remedy),
        cmocka_unit_test(stored_texts_can_be_had_whatever_the_rules),
        cmocka_unit_test(features_come_back),
        cmocka_unit_test(a_feature_that_we_lack_is_named),
        cmocka_unit_test(deletions_come_back_or_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
