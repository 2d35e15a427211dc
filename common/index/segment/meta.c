/* Stored fields: blocks of documents, compressed together. */
#include "common/index/segment/meta.h"

#include <string.h>

#include "common/base/civil.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/decompress.h"
#include "common/index/segment/layout/column.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/segment_internal.h"

void dx_meta_reader_init(dx_meta_reader *r)
{
    memset(r, 0, sizeof *r);
    dx_buf_init(&r->block, DX_META_BLOCK_MAX_BYTES);
    dx_buf_init(&r->packed, UINT32_MAX);
}

void dx_meta_reader_free(dx_meta_reader *r)
{
    dx_buf_free(&r->block);
    dx_buf_free(&r->packed);
    dx_meta_reader_init(r);
}

static dx_status read_block(dx_meta_reader *r, const dx_segment *s,
    uint32_t number)
{
    uint32_t len;

    DX_TRY(dx_parts_read_item(&s->parts, DX_PART_META,
        dx_column_u32(s->meta_offsets, number),
        dx_column_end(s->meta_offsets, number), &r->packed));
    const uint8_t *p = r->packed.data, *end = p + r->packed.len;
    if (!dx_varint_read_u32(&p, end, &len) || len > (size_t)(end - p))
        return DX_ERR_CORRUPT;
    dx_buf_clear(&r->block);
    return dx_decompress((dx_str){(const char *)p, len},
        DX_META_BLOCK_MAX_BYTES, &r->block);
}

/* Goes to a document's place, unless that is where it is or may come to. */
static dx_status find_block(dx_meta_reader *r, const dx_segment *s,
    uint32_t doc)
{
    uint32_t number = doc / DX_META_BLOCK_DOCS;

    if (r->segment != s || r->number != number) {
        r->segment = NULL;
        DX_TRY(read_block(r, s, number));
        r->segment = s;
        r->number = number;
        r->next = 0;
        r->at = 0;
    } else if (doc % DX_META_BLOCK_DOCS < r->next) {
        r->next = 0;
        r->at = 0;
    }
    return DX_OK;
}

/* ---- a document ---- */

static bool take_value(const uint8_t **p, const uint8_t *end, dx_str *value)
{
    uint32_t len;

    if (!dx_varint_read_u32(p, end, &len) || len > (size_t)(end - *p))
        return false;
    *value = (dx_str){(const char *)*p, len};
    *p += len;
    return true;
}

bool dx_meta_skip(const uint8_t **p, const uint8_t *end)
{
    uint64_t present;
    dx_str value;

    if (!dx_varint_read(p, end, &present))
        return false;
    for (; present; present &= present - 1)
        if (!take_value(p, end, &value))
            return false;
    return true;
}

/* Numbers that are none of ours are of fields that dx has learnt since. */
static bool take(const uint8_t *p, const uint8_t *end, dx_meta *out)
{
    uint64_t present;
    dx_str value;

    if (!dx_varint_read(&p, end, &present))
        return false;
    for (; present; present &= present - 1) {
        dx_field field = dx_field_numbered(dx_ctz64(present));
        if (!take_value(&p, end, &value))
            return false;
        if (field < DX_FIELDS && dx_field_is_stored(field))
            out->at[field] = value;
    }
    return true;
}

void dx_meta_put(dx_buf *raw, const dx_str *fields)
{
    uint64_t present = 0;

    for (unsigned f = 0; f < DX_FIELDS; f++)
        if (fields[f].len && dx_field_is_stored((dx_field)f))
            present |= (uint64_t)1 << dx_fields[f].number;
    dx_buf_put_varint(raw, present);
    for (; present; present &= present - 1) {
        dx_str value = fields[dx_field_numbered(dx_ctz64(present))];
        dx_buf_put_varint(raw, value.len);
        dx_buf_put_str(raw, value);
    }
}

dx_status dx_meta_pack(dx_compressor *c, const dx_buf *raw, dx_buf *block)
{
    return dx_compress(c, (dx_str){(const char *)raw->data, raw->len}, block);
}

/* ---- reading ---- */

dx_status dx_segment_read_meta(const dx_segment *s, uint32_t doc,
    dx_meta_reader *r, dx_meta *out)
{
    *out = (dx_meta){.date = DX_DATE_UNKNOWN};
    if (doc >= s->docs)
        return DX_ERR_CORRUPT;
    DX_TRY(find_block(r, s, doc));
    const uint8_t *end = r->block.data + r->block.len, *p, *next;
    do {
        p = next = r->block.data + r->at;
        if (!dx_meta_skip(&next, end))
            return DX_ERR_CORRUPT;
        r->at = (size_t)(next - r->block.data);
        r->next++;
    } while (r->next <= doc % DX_META_BLOCK_DOCS);
    if (!take(p, next, out)) {
        *out = (dx_meta){.date = DX_DATE_UNKNOWN};
        return DX_ERR_CORRUPT;
    }
    out->date = dx_segment_date(s, doc);
    out->stored = (dx_str){(const char *)p, (size_t)(next - p)};
    return DX_OK;
}

bool dx_meta_keep(dx_meta *m, dx_arena *arena)
{
    for (unsigned f = 0; f < DX_FIELDS; f++) {
        dx_str *s = &m->at[f];
        s->ptr = s->len ? dx_arena_strndup(arena, s->ptr, s->len) : "";
        if (!s->ptr)
            return false;
    }
    m->stored = (dx_str){NULL, 0};
    return true;
}
