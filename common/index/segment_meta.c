/* Stored fields: blocks of documents, compressed together. */
#include <string.h>

#include "common/index/compress.h"
#include "common/index/segment_format.h"
#include "common/index/segment_internal.h"

bool dx_meta_next(const uint8_t **p, const uint8_t *end, dx_meta *out)
{
    dx_str *fields[DX_META_FIELDS] = {&out->id, &out->path, &out->url,
        &out->source, &out->author, &out->category, &out->tags, &out->extra};

    for (unsigned i = 0; i < DX_META_FIELDS; i++) {
        uint32_t len;
        if (!dx_varint_read_u32(p, end, &len) || len > (size_t)(end - *p))
            return false;
        *fields[i] = (dx_str){(const char *)*p, len};
        *p += len;
    }
    return true;
}

void dx_meta_reader_init(dx_meta_reader *r)
{
    memset(r, 0, sizeof *r);
    dx_buf_init(&r->block, DX_META_BLOCK_MAX_BYTES);
}

void dx_meta_reader_free(dx_meta_reader *r)
{
    dx_buf_free(&r->block);
    dx_meta_reader_init(r);
}

dx_status dx_meta_read_block(dx_meta_reader *r, const dx_segment *s,
    uint32_t number)
{
    if (r->segment == s && r->number == number)
        return DX_OK;
    dx_str at = dx_parts_at(&s->parts, DX_PART_META,
        dx_column_u32(s->meta_offsets, number));
    const uint8_t *p = (const uint8_t *)at.ptr, *end = p + at.len;
    uint32_t len;

    r->segment = NULL;
    dx_buf_clear(&r->block);
    if (!at.len || !dx_varint_read_u32(&p, end, &len) ||
        len > (size_t)(end - p))
        return DX_ERR_CORRUPT;
    DX_TRY(dx_decompress((dx_str){(const char *)p, len},
        DX_META_BLOCK_MAX_BYTES, &r->block));
    r->segment = s;
    r->number = number;
    return DX_OK;
}

dx_status dx_segment_read_meta(const dx_segment *s, uint32_t doc,
    dx_meta_reader *r, dx_meta *out)
{
    memset(out, 0, sizeof *out);
    out->date = DX_DATE_UNKNOWN;
    if (doc >= s->docs)
        return DX_ERR_CORRUPT;
    DX_TRY(dx_meta_read_block(r, s, doc / DX_META_BLOCK_DOCS));
    const uint8_t *p = r->block.data, *end = p + r->block.len;
    for (uint32_t i = 0; i <= doc % DX_META_BLOCK_DOCS; i++) {
        if (!dx_meta_next(&p, end, out)) {
            memset(out, 0, sizeof *out);
            out->date = DX_DATE_UNKNOWN;
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

dx_status dx_segment_each_meta_beside(const dx_segment *s, uint32_t doc,
    dx_meta_each each, void *ctx, uint32_t *first, uint32_t *end)
{
    dx_meta_reader r;
    dx_meta meta;

    *first = *end = doc / DX_META_BLOCK_DOCS * DX_META_BLOCK_DOCS;
    if (doc >= s->docs)
        return DX_ERR_CORRUPT;
    dx_meta_reader_init(&r);
    dx_status rc = dx_meta_read_block(&r, s, doc / DX_META_BLOCK_DOCS);
    const uint8_t *p = r.block.data, *stop = p + r.block.len;
    while (rc == DX_OK && *end < s->docs && *end - *first < DX_META_BLOCK_DOCS) {
        memset(&meta, 0, sizeof meta);
        if (dx_meta_next(&p, stop, &meta))
            each(ctx, (*end)++, &meta);
        else
            rc = DX_ERR_CORRUPT;
    }
    dx_meta_reader_free(&r);
    return rc;
}
