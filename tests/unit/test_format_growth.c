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
#include "common/index/chunk/chunk.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/ids.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/segment/layout/parts.h"
#include "common/index/segment/meta.h"
#include "common/index/store/snapshot.h"
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

/* Puts the sums of a chunk's pages behind its data, and returns their checksum. */
static uint64_t sum_up(dx_buf *chunk)
{
    size_t bytes = chunk->len;
    uint8_t *sums = dx_buf_extend(chunk, dx_chunk_sums_bytes(bytes));

    assert_non_null(sums);
    return dx_chunk_sum_up(chunk->data, bytes, sums);
}

/* The head with one more part, of one chunk with `bytes` of data. */
static void make_head(dx_str head, size_t bytes, uint64_t checksum, dx_buf *out)
{
    dx_buf_put(out, head.ptr, head.len - 8);
    dx_store_u32(out->data + DX_SEGMENT_HEAD_BYTES, DX_PART_COUNT + 1);
    dx_buf_put_u32(out, 1);
    dx_buf_put_u32(out, 0);
    dx_buf_put_u32(out, (uint32_t)bytes);
    dx_buf_put_u64(out, checksum);
    dx_buf_put_u64(out, dx_hash64(out->data, out->len));
}

static void a_part_that_we_do_not_know_is_passed_over(void **state)
{
    const dx_str later = DX_STR_LIT("later");
    char key[DX_PART_KEY_MAX];
    dx_str record;
    dx_manifest m;
    dx_writer *w;
    dx_buf b, chunk;
    dx_status rc;

    (void)state;
    dx_buf_init(&b, 1u << 16);
    dx_buf_init(&chunk, 1u << 16);
    dx_buf_put_str(&chunk, later);
    uint64_t checksum = sum_up(&chunk);
    assert_int_equal(dx_writer_open(index_dir, &w, NULL), DX_OK);
    assert_int_equal(dx_writer_get(w, DX_MANIFEST_KEY, &record, NULL), DX_OK);
    assert_int_equal(dx_manifest_read(record, &m, NULL), DX_OK);
    uint32_t id = m.segments[0].id;
    assert_int_equal(dx_writer_get(w, dx_part_head_key(key, id), &record, NULL),
        DX_OK);
    make_head(record, later.len, checksum, &b);
    m.segments[0].bytes += b.len - record.len + chunk.len;
    put(w, dx_part_head_key(key, id), &b);
    put(w, dx_part_key(key, id, DX_PART_COUNT, 0), &chunk);
    dx_buf_free(&chunk);
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

/* The stored fields of the only document, with one more. */
static void make_meta(dx_str field, dx_buf *out)
{
    dx_str fields[DX_FIELDS] = {[DX_FIELD_ID] = DX_STR_LIT("a"),
        [DX_FIELD_SOURCE] = DX_STR_LIT("VTV"),
        [DX_FIELD_PATH] = DX_STR_LIT("a.jsonl#1")};
    uint64_t present = 0;
    const uint8_t *p;
    dx_buf known, raw, block;
    dx_compressor packer = {0};

    dx_buf_init(&known, 1000);
    dx_buf_init(&raw, 1000);
    dx_buf_init(&block, 1000);
    dx_meta_put(&known, fields);
    p = known.data;
    assert_true(dx_varint_read(&p, known.data + known.len, &present));
    dx_buf_put_varint(&raw, present | (uint64_t)1 << (DX_FIELD_NUMBERS - 1));
    dx_buf_put(&raw, p, (size_t)(known.data + known.len - p));
    dx_buf_put_varint(&raw, field.len);
    dx_buf_put_str(&raw, field);
    assert_int_equal(dx_meta_pack(&packer, &raw, &block), DX_OK);
    dx_compressor_free(&packer);
    dx_buf_put_varint(out, block.len);
    dx_buf_put(out, block.data, block.len);
    dx_buf_free(&known);
    dx_buf_free(&raw);
    dx_buf_free(&block);
}

/* Its record in a head that has a chunk at most of each part. */
static uint8_t *chunk_record(uint8_t *head, unsigned part)
{
    uint8_t *p = head + DX_SEGMENT_HEAD_BYTES + 4;

    for (unsigned i = 0; i < part; i++)
        p += 4 + 16 * (size_t)dx_load_u32(p);
    assert_int_equal(dx_load_u32(p), 1);
    return p + 4;
}

static void put_meta(dx_writer *w, dx_manifest *m, dx_buf *chunk)
{
    size_t bytes = chunk->len;
    uint32_t id = m->segments[0].id;
    char key[DX_PART_KEY_MAX];
    dx_str record;
    dx_buf b;

    dx_buf_init(&b, 1u << 16);
    assert_int_equal(dx_writer_get(w, dx_part_head_key(key, id), &record, NULL),
        DX_OK);
    dx_buf_put(&b, record.ptr, record.len - 8);
    uint8_t *place = chunk_record(b.data, DX_PART_META);
    size_t before = dx_load_u32(place + 4);
    dx_store_u32(place + 4, (uint32_t)bytes);
    dx_store_u64(place + 8, sum_up(chunk));
    m->segments[0].bytes += chunk->len - before - dx_chunk_sums_bytes(before);
    dx_buf_put_u64(&b, dx_hash64(b.data, b.len));
    put(w, dx_part_head_key(key, id), &b);
    put(w, dx_part_key(key, id, DX_PART_META, 0), chunk);
    dx_buf_clear(&b);
    dx_manifest_write(m, &b);
    put(w, DX_MANIFEST_KEY, &b);
    dx_buf_free(&b);
}

static bool is_stored(const char *id, const char *text)
{
    dx_hash128 hash = dx_hash128_of(id, strlen(id));
    dx_meta_reader r;
    dx_generation g;
    dx_snapshot *s;
    dx_meta meta;
    bool found = false;

    dx_meta_reader_init(&r);
    assert_int_equal(dx_snapshot_open(index_dir, &s, NULL), DX_OK);
    assert_int_equal(dx_generation_open(s, &g, NULL), DX_OK);
    assert_int_equal(g.segment_count, 1);
    uint32_t doc = dx_segment_find_id(g.segments[0], hash);
    assert_true(doc != DX_ID_NONE);
    assert_int_equal(dx_segment_read_meta(g.segments[0], doc, &r, &meta),
        DX_OK);
    for (size_t i = 0; i + strlen(text) <= meta.stored.len; i++)
        found |= memcmp(meta.stored.ptr + i, text, strlen(text)) == 0;
    dx_meta_reader_free(&r);
    dx_generation_close(&g);
    dx_snapshot_close(s);
    return found;
}

static void merging_keeps_a_field_that_we_do_not_know(void **state)
{
    dx_run_totals totals;
    dx_str record;
    dx_manifest m;
    dx_writer *w;
    dx_buf chunk;
    dx_status rc;

    (void)state;
    dx_buf_init(&chunk, 1000);
    make_meta(DX_STR_LIT("of a later version"), &chunk);
    assert_int_equal(dx_writer_open(index_dir, &w, NULL), DX_OK);
    assert_int_equal(dx_writer_get(w, DX_MANIFEST_KEY, &record, NULL), DX_OK);
    assert_int_equal(dx_manifest_read(record, &m, NULL), DX_OK);
    put_meta(w, &m, &chunk);
    assert_int_equal(dx_writer_commit(w, NULL), DX_OK);
    dx_writer_close(w);
    dx_manifest_free(&m);
    dx_buf_free(&chunk);
    assert_true(is_stored("a", "of a later version"));
    fixture_write(folder, "b.jsonl", "{\"id\":\"b\",\"title\":\"Bão\"}\n", 26);
    char path[100];
    snprintf(path, sizeof path, "%s/b.jsonl", folder);
    assert_int_equal(fixture_run(index_dir, path, true, &totals, NULL), DX_OK);
    assert_int_equal(totals.articles, 2);
    assert_true(is_stored("a", "of a later version"));
    assert_false(is_stored("b", "of a later version"));
    assert_int_equal(fixture_check(index_dir, &rc), 0);
    expect_found();
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
        cmocka_unit_test(merging_keeps_a_field_that_we_do_not_know),
        cmocka_unit_test(a_feature_that_we_lack_is_named), /* last: it stays so */
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
