/* What a later version of dx may add to an index: we pass over it, or say that we
 * lack it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/buf.h"
#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/segment/layout/parts.h"
#include "common/index/segment/meta.h"
#include "common/index/store/writer.h"
#include "searcher/include/dx/search.h"
#include "tests/support/fixture.h"

static char folder[64], index_dir[80];

static int set_up(void **state)
{
    (void)state;
    fixture_folder(folder);
    snprintf(index_dir, sizeof index_dir, "%s/i", folder);
    fixture_index_text(folder, "a.jsonl",
        "{\"id\":\"a\",\"title\":\"Lũ\",\"source\":\"VTV\"}\n");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_remove(folder);
    return 0;
}

static void put(dx_writer *w, dx_str key, const dx_buf *value)
{
    dx_str bytes = {(const char *)value->data, value->len};

    assert_int_equal(value->status, DX_OK);
    assert_int_equal(dx_writer_put(w, key, bytes, NULL), DX_OK);
}

static void expect_found(void)
{
    dx_index *ix;
    dx_results *rs;

    assert_int_equal(dx_index_open(index_dir, &ix, NULL), DX_OK);
    assert_int_equal(dx_search(ix, "lũ source:VTV", NULL, &rs, NULL), DX_OK);
    assert_int_equal(dx_results_total(rs), 1);
    dx_results_free(rs);
    dx_index_close(ix);
}

/* The head with one more part, of one chunk. */
static void make_head(dx_str head, dx_str chunk, dx_buf *out)
{
    dx_buf_put(out, head.ptr, head.len - 8);
    dx_store_u32(out->data + DX_SEGMENT_HEAD_BYTES, DX_PART_COUNT + 1);
    dx_buf_put_u32(out, 1);
    dx_buf_put_u32(out, 0);
    dx_buf_put_u32(out, (uint32_t)chunk.len);
    dx_buf_put_u64(out, dx_hash64(chunk.ptr, chunk.len));
    dx_buf_put_u64(out, dx_hash64(out->data, out->len));
}

static void a_part_that_we_do_not_know_is_passed_over(void **state)
{
    const dx_str chunk = DX_STR_LIT("later");
    char key[DX_PART_KEY_MAX];
    dx_str record;
    dx_manifest m;
    dx_writer *w;
    dx_buf b;
    dx_status rc;

    (void)state;
    dx_buf_init(&b, 1u << 16);
    assert_int_equal(dx_writer_open(index_dir, &w, NULL), DX_OK);
    assert_int_equal(dx_writer_get(w, DX_MANIFEST_KEY, &record, NULL), DX_OK);
    assert_int_equal(dx_manifest_read(record, &m, NULL), DX_OK);
    uint32_t id = m.segments[0].id;
    assert_int_equal(dx_writer_get(w, dx_part_head_key(key, id), &record, NULL),
        DX_OK);
    make_head(record, chunk, &b);
    m.segments[0].bytes += b.len - record.len + chunk.len;
    put(w, dx_part_head_key(key, id), &b);
    dx_buf_clear(&b);
    dx_buf_put_str(&b, chunk);
    put(w, dx_part_key(key, id, DX_PART_COUNT, 0), &b);
    dx_buf_clear(&b);
    dx_manifest_write(&m, &b);
    put(w, DX_MANIFEST_KEY, &b);
    assert_int_equal(dx_writer_commit(w, NULL), DX_OK);
    dx_writer_close(w);
    dx_manifest_free(&m);
    dx_buf_free(&b);
    expect_found();
    assert_int_equal(fixture_check(index_dir, &rc), 0);
    assert_int_equal(rc, DX_OK);
}

static void a_field_that_we_do_not_know_is_passed_over(void **state)
{
    static const uint64_t later = (uint64_t)1 << (DX_FIELD_NUMBERS - 1) | 1u;
    dx_str fields[DX_FIELDS] = {[DX_FIELD_ID] = DX_STR_LIT("b")};
    const uint8_t *p;
    dx_buf raw;

    (void)state;
    assert_int_equal(dx_field_numbered(DX_FIELD_NUMBERS - 1), DX_FIELDS);
    dx_buf_init(&raw, 1000);
    dx_buf_put_varint(&raw, later);
    dx_buf_put_varint(&raw, 1);
    dx_buf_puts(&raw, "a");
    dx_buf_put_varint(&raw, 5);
    dx_buf_puts(&raw, "later");
    dx_meta_put(&raw, fields);
    p = raw.data;
    assert_true(dx_meta_skip(&p, raw.data + raw.len));
    assert_true(dx_meta_skip(&p, raw.data + raw.len));
    assert_ptr_equal(p, raw.data + raw.len);
    assert_false(dx_meta_skip(&p, raw.data + raw.len));
    p = raw.data;
    assert_false(dx_meta_skip(&p, raw.data + 12));
    dx_buf_free(&raw);
}

static void a_feature_that_we_lack_is_named(void **state)
{
    dx_run_totals totals;
    dx_error err = {0};
    dx_str record;
    dx_index *ix;
    dx_writer *w;
    dx_buf b;

    (void)state;
    dx_buf_init(&b, 1u << 16);
    assert_int_equal(dx_writer_open(index_dir, &w, NULL), DX_OK);
    assert_int_equal(dx_writer_get(w, DX_MANIFEST_KEY, &record, NULL), DX_OK);
    dx_buf_put(&b, record.ptr, record.len - 9);
    dx_buf_puts(&b, "\1\5tails");
    dx_buf_put_u64(&b, dx_hash64(b.data, b.len));
    put(w, DX_MANIFEST_KEY, &b);
    assert_int_equal(dx_writer_commit(w, NULL), DX_OK);
    dx_writer_close(w);
    dx_buf_free(&b);
    assert_int_equal(dx_index_open(index_dir, &ix, &err), DX_ERR_VERSION);
    assert_non_null(strstr(err.msg, "needs “tails”"));
    err.msg[0] = '\0';
    assert_int_equal(fixture_run(index_dir, folder, false, &totals, &err),
        DX_ERR_VERSION);
    assert_non_null(strstr(err.msg, "needs “tails”"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_that_we_do_not_know_is_passed_over),
        cmocka_unit_test(a_field_that_we_do_not_know_is_passed_over),
        cmocka_unit_test(a_feature_that_we_lack_is_named), /* last: it stays so */
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
