/* Opens a segment, and answers with what it keeps of each document. */
#include "common/index/segment/segment.h"

#include "common/base/bytes.h"
#include "common/base/civil.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/window.h"
#include "common/index/segment/layout/column.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/segment/segment_internal.h"

/* ---- opening ---- */

static dx_status damaged(dx_error *err, uint32_t id, const char *what)
{
    return dx_fail(err, DX_ERR_CORRUPT,
        "segment %08x: %s is damaged; run `dxindex check`, then restore a "
        "backup or index again", id, what);
}

static bool open_columns(dx_segment *s)
{
    const dx_parts *ps = &s->parts;
    uint32_t blocks = (s->docs + DX_META_BLOCK_DOCS - 1) / DX_META_BLOCK_DOCS;

    return dx_column_open(ps, DX_PART_TEXT_OFFSETS, 4, &s->text_offsets) &&
           s->text_offsets.count == s->docs &&
           dx_column_open(ps, DX_PART_META_OFFSETS, 4, &s->meta_offsets) &&
           s->meta_offsets.count == blocks &&
           dx_column_open(ps, DX_PART_LENGTHS, 2, &s->lengths) &&
           s->lengths.count == s->docs &&
           dx_column_open(ps, DX_PART_DATES, 4, &s->dates) &&
           s->dates.count == s->docs &&
           dx_column_open(ps, DX_PART_FILES, 4, &s->files) &&
           s->files.count == s->docs &&
           dx_column_open(ps, DX_PART_CONTENTS, 8, &s->contents) &&
           s->contents.count == s->docs &&
           dx_column_open(ps, DX_PART_IDS, DX_ID_ENTRY_BYTES, &s->ids) &&
           s->ids.count == s->docs &&
           dx_column_open(ps, DX_PART_BY_DATE, 4, &s->by_date) &&
           s->by_date.count == s->docs &&
           dx_column_open(ps, DX_PART_TRIPLES, DX_TRIPLE_ENTRY_BYTES,
               &s->triples);
}

static dx_status open_dictionary(dx_segment *s, dx_error *err)
{
    dx_status rc = dx_term_blocks_open(&s->blocks, &s->parts);

    if (rc == DX_ERR_NOMEM)
        return dx_fail_nomem(err);
    return rc == DX_OK ? rc : damaged(err, s->id, "the dictionary");
}

static uint64_t count_bits(const uint64_t *words, size_t count)
{
    uint64_t bits = 0;

    for (size_t i = 0; i < count; i++)
        bits += dx_popcount64(words[i]);
    return bits;
}

static dx_status open_deleted(dx_segment *s, dx_snapshot *snapshot,
    dx_error *err)
{
    char key[DX_DEAD_KEY_MAX];
    dx_str record;
    size_t words = (size_t)dx_window_count(s->docs) * DX_WINDOW_WORDS;

    if (s->deleted_count == 0)
        return DX_OK;
    s->deleted = dx_calloc(words, sizeof *s->deleted);
    if (!s->deleted)
        return dx_fail_nomem(err);
    DX_TRY(dx_snapshot_get(snapshot, dx_dead_key(key, s->id), &record, err));
    if (record.len == 0 || dx_dead_read(record, s->deleted, words) != DX_OK ||
        count_bits(s->deleted, words) != s->deleted_count)
        return damaged(err, s->id, "the list of deleted articles");
    return DX_OK;
}

static dx_status open_head(dx_segment *s, dx_snapshot *snapshot, dx_error *err)
{
    char key[DX_PART_KEY_MAX];
    dx_str head;

    DX_TRY(dx_snapshot_get(snapshot,
        dx_part_head_key(key, s->id), &head, err));
    const uint8_t *p = (const uint8_t *)head.ptr;
    if (head.len < DX_SEGMENT_HEAD_BYTES + 8 ||
        dx_load_u32(p) != DX_SEGMENT_MAGIC ||
        dx_load_u64(p + head.len - 8) != dx_hash64(p, head.len - 8) ||
        dx_load_u32(p + 4) != s->docs || s->docs == 0 ||
        s->docs > DX_SEGMENT_DOCS_MAX)
        return damaged(err, s->id, "the head record");
    s->length_sum = dx_load_u64(p + 8);
    s->blocks.folded_count = dx_load_u32(p + 16);
    s->blocks.exact_count = dx_load_u32(p + 20);
    const uint8_t *end = p + head.len - 8;
    p += DX_SEGMENT_HEAD_BYTES;
    dx_status rc = dx_parts_open(&s->parts, snapshot, s->id, &p, end);
    if (rc == DX_ERR_NOMEM)
        return dx_fail_nomem(err);
    return rc == DX_OK && p == end ? DX_OK
                                   : damaged(err, s->id, "the list of parts");
}

dx_status dx_segment_open(dx_snapshot *snapshot, uint32_t id, uint32_t docs,
    uint32_t deleted, dx_segment **out, dx_error *err)
{
    dx_segment *s = dx_calloc(1, sizeof *s);

    *out = NULL;
    if (!s)
        return dx_fail_nomem(err);
    s->id = id;
    s->docs = docs;
    s->deleted_count = deleted;
    dx_status rc = open_head(s, snapshot, err);
    if (rc == DX_OK && !open_columns(s))
        rc = damaged(err, id, "a column");
    if (rc == DX_OK)
        rc = open_dictionary(s, err);
    if (rc == DX_OK && !dx_form_table_open(&s->forms, &s->parts))
        rc = damaged(err, id, "the table of word forms");
    if (rc == DX_OK)
        rc = open_deleted(s, snapshot, err);
    if (rc != DX_OK) {
        dx_segment_close(s);
        return rc;
    }
    *out = s;
    return DX_OK;
}

void dx_segment_close(dx_segment *s)
{
    if (!s)
        return;
    dx_term_blocks_close(&s->blocks);
    dx_parts_close(&s->parts);
    dx_free(s->deleted);
    dx_free(s->withheld);
    dx_free(s);
}

/* ---- damage ---- */

dx_status dx_segment_damage(const dx_segment *s, dx_error *err)
{
    uint32_t part, chunk;

    if (!dx_chunk_home_damage(&s->parts.home, &part, &chunk))
        return DX_OK;
    return dx_fail(err, DX_ERR_CORRUPT,
        "segment %08x: %s chunk %u is damaged; restore a backup, or try dxindex "
        "rebuild --from INDEX NEW, or index again into a new directory",
        s->id, dx_part_name(part), chunk);
}

dx_status dx_segment_verify(const dx_segment *s, dx_error *err)
{
    for (unsigned part = 0; part < DX_PART_COUNT + s->parts.other_count; part++)
        if (!dx_parts_verify(&s->parts, part))
            break;
    return dx_segment_damage(s, err);
}

/* ---- facts ---- */

uint32_t dx_segment_id(const dx_segment *s) { return s->id; }

uint32_t dx_segment_docs(const dx_segment *s) { return s->docs; }

uint64_t dx_segment_length_sum(const dx_segment *s) { return s->length_sum; }

uint64_t dx_segment_part_bytes(const dx_segment *s, dx_part part)
{
    return s->parts.part[part].bytes;
}

/* Verifies entries of a column from `first` on, as far as there are so many. */
static const uint8_t *verified(dx_column c, size_t width, uint32_t first,
    uint32_t count)
{
    uint32_t left = first < c.count ? c.count - first : 0;

    (void)dx_column_is_sound(c, first * width,
        (count < left ? count : left) * width);
    return c.data;
}

const uint8_t *dx_segment_lengths(const dx_segment *s, uint32_t first,
    uint32_t count)
{
    return verified(s->lengths, 2, first, count);
}

const uint64_t *dx_segment_deleted(const dx_segment *s) { return s->deleted; }

uint32_t dx_segment_deleted_count(const dx_segment *s)
{
    return s->deleted_count;
}

const dx_term_blocks *dx_segment_term_blocks(const dx_segment *s)
{
    return &s->blocks;
}

const dx_form_table *dx_segment_forms(const dx_segment *s)
{
    return &s->forms;
}

int32_t dx_segment_date(const dx_segment *s, uint32_t doc)
{
    return (int32_t)dx_column_u32(s->dates, doc);
}

const uint8_t *dx_segment_dates(const dx_segment *s, uint32_t first,
    uint32_t count)
{
    return verified(s->dates, 4, first, count);
}

uint32_t dx_segment_by_date(const dx_segment *s, uint32_t i)
{
    uint32_t doc = dx_column_u32(s->by_date, i);

    return doc < s->docs ? doc : 0;
}

/* The first place whose document is of `day` or an earlier one. */
static uint32_t find_day(const dx_segment *s, int32_t day)
{
    uint32_t lo = 0, hi = s->docs;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (dx_segment_date(s, dx_segment_by_date(s, mid)) > day)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

void dx_segment_date_run(const dx_segment *s, int32_t from, int32_t to,
    uint32_t *first, uint32_t *end)
{
    int32_t before = from > DX_DATE_UNKNOWN ? from - 1 : DX_DATE_UNKNOWN;

    *first = find_day(s, to);
    *end = find_day(s, before);
    if (*end < *first) /* no such range, or damage */
        *end = *first;
}

uint64_t dx_segment_content_hash(const dx_segment *s, uint32_t doc)
{
    size_t place = 8 * (size_t)doc;

    dx_column_touch(s->contents, place);
    return dx_load_u64(s->contents.data + place);
}

uint32_t dx_segment_file(const dx_segment *s, uint32_t doc)
{
    return dx_column_u32(s->files, doc);
}

bool dx_segment_is_of_file(const dx_segment *s, uint32_t doc, uint32_t count,
    uint32_t file)
{
    const uint8_t *files = verified(s->files, 4, doc, count) + 4 * (size_t)doc;
    uint32_t others = 0;

    for (uint32_t i = 0; i < count; i++)
        others |= dx_load_u32(files + 4 * (size_t)i) ^ file;
    return others == 0;
}

dx_signature dx_segment_signature(const dx_segment *s, uint32_t doc)
{
    const dx_signature none = {{0}};
    dx_signature signature;

    if (doc >= s->docs)
        return none;
    return dx_parts_read(&s->parts, DX_PART_TEXT,
               dx_column_u32(s->text_offsets, doc), &signature, sizeof signature)
               ? signature
               : none;
}

uint32_t dx_segment_text_offset(const dx_segment *s, uint32_t doc)
{
    return dx_column_u32(s->text_offsets, doc);
}
