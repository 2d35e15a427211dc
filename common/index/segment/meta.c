/* Stored fields: blocks of documents, compressed together. */
#include "common/index/segment/meta.h"

#include <string.h>

#include "common/base/civil.h"
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

/* The fields of r->next. */
static bool take_next(dx_meta_reader *r, dx_meta *out)
{
    dx_str *fields[DX_META_FIELDS] = {&out->id, &out->path, &out->url,
        &out->source, &out->author, &out->category, &out->tags, &out->extra};
    const uint8_t *p = r->block.data + r->at;
    const uint8_t *end = r->block.data + r->block.len;

    for (unsigned i = 0; i < DX_META_FIELDS; i++) {
        uint32_t len;
        if (!dx_varint_read_u32(&p, end, &len) || len > (size_t)(end - p))
            return false;
        *fields[i] = (dx_str){(const char *)p, len};
        p += len;
    }
    r->at = (size_t)(p - r->block.data);
    r->next++;
    return true;
}

dx_status dx_segment_read_meta(const dx_segment *s, uint32_t doc,
    dx_meta_reader *r, dx_meta *out)
{
    *out = (dx_meta){.date = DX_DATE_UNKNOWN};
    if (doc >= s->docs)
        return DX_ERR_CORRUPT;
    DX_TRY(find_block(r, s, doc));
    while (r->next <= doc % DX_META_BLOCK_DOCS) {
        if (!take_next(r, out)) {
            *out = (dx_meta){.date = DX_DATE_UNKNOWN};
            return DX_ERR_CORRUPT;
        }
    }
    out->date = dx_segment_date(s, doc);
    return DX_OK;
}

static bool keep(dx_arena *arena, dx_str *s)
{
    char *copy = dx_arena_strndup(arena, s->ptr, s->len);

    s->ptr = copy;
    return copy != NULL;
}

bool dx_meta_keep(dx_meta *m, dx_arena *arena)
{
    return keep(arena, &m->id) && keep(arena, &m->path) &&
           keep(arena, &m->url) && keep(arena, &m->source) &&
           keep(arena, &m->author) && keep(arena, &m->category) &&
           keep(arena, &m->tags) && keep(arena, &m->extra);
}
