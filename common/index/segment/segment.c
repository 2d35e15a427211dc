#include "common/index/segment/segment.h"

#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/segment/manifest.h"
#include "common/index/segment/format.h"
#include "common/index/segment/segment_internal.h"

/* ---- opening ---- */

static dx_status damaged(dx_error *err, uint32_t id, const char *what)
{
    return dx_fail(err, DX_ERR_CORRUPT,
        "segment %08x: %s is damaged; run `dxindex check`, then restore a "
        "backup or index again", id, what);
}

static bool column(const dx_parts *ps, dx_part part, unsigned width,
    dx_column *out)
{
    dx_str all = dx_parts_array(ps, part);

    out->data = (const uint8_t *)all.ptr;
    out->count = (uint32_t)(all.len / width);
    return all.len % width == 0 && all.len == ps->part[part].bytes;
}

static bool open_columns(dx_segment *s)
{
    const dx_parts *ps = &s->parts;
    uint32_t blocks = (s->docs + DX_META_BLOCK_DOCS - 1) / DX_META_BLOCK_DOCS;

    return column(ps, DX_PART_TEXT_OFFSETS, 4, &s->text_offsets) &&
           s->text_offsets.count == s->docs &&
           column(ps, DX_PART_META_OFFSETS, 4, &s->meta_offsets) &&
           s->meta_offsets.count == blocks &&
           column(ps, DX_PART_LENGTHS, 2, &s->lengths) &&
           s->lengths.count == s->docs &&
           column(ps, DX_PART_DATES, 4, &s->dates) &&
           s->dates.count == s->docs &&
           column(ps, DX_PART_FILES, 4, &s->files) &&
           s->files.count == s->docs &&
           column(ps, DX_PART_CONTENTS, 8, &s->contents) &&
           s->contents.count == s->docs &&
           column(ps, DX_PART_IDS, DX_ID_ENTRY_BYTES, &s->ids) &&
           s->ids.count == s->docs &&
           column(ps, DX_PART_TRIPLES, DX_TRIPLE_ENTRY_BYTES, &s->triples);
}

static bool open_blocks(dx_segment *s)
{
    uint64_t terms = s->folded_count;
    uint64_t room = s->parts.part[DX_PART_DICTIONARY].bytes / DX_EXACT_BYTES;

    return column(&s->parts, DX_PART_DICTIONARY_INDEX, DX_BLOCK_ENTRY_BYTES,
               &s->blocks) &&
           s->blocks.count == (terms + DX_BLOCK_TERMS - 1) / DX_BLOCK_TERMS &&
           s->exact_count >= terms && s->exact_count <= (terms ? room : 0);
}

static bool open_forms(dx_segment *s)
{
    const dx_parts *ps = &s->parts;
    uint32_t counts[DX_HUFFMAN_MAX_BITS + 1];
    dx_column code;

    if (!column(ps, DX_PART_FORMS, DX_FORM_BYTES, &s->forms) ||
        s->forms.count == 0 || !column(ps, DX_PART_FORM_CODE, 4, &code) ||
        code.count != DX_HUFFMAN_MAX_BITS + 1)
        return false;
    s->form_count = s->forms.count - 1;
    s->form_strings = dx_parts_array(ps, DX_PART_FORM_STRINGS);
    s->form_extras = dx_parts_array(ps, DX_PART_FORM_EXTRAS);
    for (uint32_t l = 0; l <= DX_HUFFMAN_MAX_BITS; l++)
        counts[l] = dx_column_u32(code, l);
    return dx_huffman_init(&s->code, counts) &&
           s->code.symbols == s->form_count;
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
    if (record.len == 0 || dx_dead_read(record, s->deleted, words) != DX_OK)
        return damaged(err, s->id, "the list of deleted articles");
    return DX_OK;
}

static dx_status open_head(dx_segment *s, dx_snapshot *snapshot, dx_error *err)
{
    char key[DX_PART_KEY_MAX];
    dx_str head;

    DX_TRY(dx_snapshot_get(snapshot,
        dx_part_key(key, s->id, DX_PART_COUNT, 0), &head, err));
    const uint8_t *p = (const uint8_t *)head.ptr;
    if (head.len < DX_SEGMENT_HEAD_BYTES + 8 ||
        dx_load_u32(p) != DX_SEGMENT_MAGIC ||
        dx_load_u64(p + head.len - 8) != dx_hash64(p, head.len - 8) ||
        dx_load_u32(p + 4) != s->docs || s->docs == 0 ||
        s->docs > DX_SEGMENT_DOCS_MAX)
        return damaged(err, s->id, "the head record");
    s->length_sum = dx_load_u64(p + 8);
    s->folded_count = dx_load_u32(p + 16);
    s->exact_count = dx_load_u32(p + 20);
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
    if (rc == DX_OK && !open_blocks(s))
        rc = damaged(err, id, "the dictionary");
    if (rc == DX_OK && dx_segment_open_dictionary(s) != DX_OK)
        rc = dx_fail_nomem(err);
    if (rc == DX_OK && !open_forms(s))
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
    dx_segment_close_dictionary(s);
    dx_parts_close(&s->parts);
    dx_free(s->deleted);
    dx_free(s);
}

/* ---- simple facts ---- */

uint32_t dx_segment_docs(const dx_segment *s) { return s->docs; }
uint64_t dx_segment_length_sum(const dx_segment *s) { return s->length_sum; }
const uint8_t *dx_segment_lengths(const dx_segment *s)
{
    return s->lengths.data;
}
const uint64_t *dx_segment_deleted(const dx_segment *s) { return s->deleted; }
uint32_t dx_segment_folded_count(const dx_segment *s)
{
    return s->folded_count;
}
uint32_t dx_segment_exact_count(const dx_segment *s) { return s->exact_count; }

int32_t dx_segment_date(const dx_segment *s, uint32_t doc)
{
    return (int32_t)dx_column_u32(s->dates, doc);
}

uint32_t dx_segment_file(const dx_segment *s, uint32_t doc)
{
    return dx_column_u32(s->files, doc);
}

uint64_t dx_segment_content_hash(const dx_segment *s, uint32_t doc)
{
    return dx_load_u64(s->contents.data + 8 * (size_t)doc);
}

/* ---- rows ---- */

typedef struct row {
    const uint8_t *groups, *pairs, *end; /* groups NULL when there is one */
    uint32_t count;
} row;

/* `place` is the row's + 1; 0 is an empty row. */
static dx_status open_row(const dx_segment *s, uint32_t place, row *r)
{
    *r = (row){0};
    if (place == 0)
        return DX_OK;
    dx_str at = dx_parts_at(&s->parts, DX_PART_ROWS, place - 1);
    const uint8_t *p = (const uint8_t *)at.ptr;
    r->end = (const uint8_t *)dx_str_end(at);
    if (!dx_varint_read_u32(&p, r->end, &r->count))
        return DX_ERR_CORRUPT;
    if (r->count > DX_ROW_GROUP) {
        size_t skip = ((size_t)r->count + DX_ROW_GROUP - 1) / DX_ROW_GROUP *
                      DX_ROW_SKIP_BYTES;
        if ((size_t)(r->end - p) < skip)
            return DX_ERR_CORRUPT;
        r->groups = p;
        p += skip;
    }
    r->pairs = p;
    return DX_OK;
}

/* Reads the pair at `*p`; `*second` holds the previous one (0 at a group's
 * start). Leaves `*p` after the pair's list when `step`. */
static dx_status read_pair(const dx_segment *s, const row *r,
    const uint8_t **p, uint32_t *second, dx_list *list)
{
    uint32_t delta;

    if (!dx_varint_read_u32(p, r->end, &delta))
        return DX_ERR_CORRUPT;
    *second += delta;
    DX_TRY(dx_list_open(*p, r->end, s->docs, list));
    *p = dx_list_after(list);
    return *p ? DX_OK : DX_ERR_CORRUPT;
}

/* First pair of the group that may hold `second`. */
static dx_status find_group(const row *r, uint32_t second, uint32_t *index,
    const uint8_t **p)
{
    uint32_t lo = 0, hi = (r->count + DX_ROW_GROUP - 1) / DX_ROW_GROUP;

    *index = 0;
    *p = r->pairs;
    if (!r->groups)
        return DX_OK;
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (dx_load_u32(r->groups + (size_t)mid * DX_ROW_SKIP_BYTES) <= second)
            lo = mid;
        else
            hi = mid;
    }
    uint32_t offset =
        dx_load_u32(r->groups + (size_t)lo * DX_ROW_SKIP_BYTES + 4);
    if (offset > (size_t)(r->end - r->pairs))
        return DX_ERR_CORRUPT;
    *index = lo * DX_ROW_GROUP;
    *p = r->pairs + offset;
    return DX_OK;
}

static dx_status find_in_row(const dx_segment *s, uint32_t place,
    uint32_t last, dx_list *out)
{
    row r;
    uint32_t index, at = 0;
    const uint8_t *p;
    dx_list list;

    *out = (dx_list){0};
    DX_TRY(open_row(s, place, &r));
    if (r.count == 0)
        return DX_OK;
    DX_TRY(find_group(&r, last, &index, &p));
    for (uint32_t i = 0; i < DX_ROW_GROUP && index + i < r.count; i++) {
        DX_TRY(read_pair(s, &r, &p, &at, &list));
        if (at == last)
            *out = list;
        if (at >= last)
            break;
    }
    return DX_OK;
}

static dx_status each_in_row(const dx_segment *s, uint32_t place,
    uint32_t last_first, uint32_t last_end, dx_pair_each each, void *ctx)
{
    row r;
    uint32_t last = 0, index;
    const uint8_t *p;
    dx_list list;

    DX_TRY(open_row(s, place, &r));
    DX_TRY(find_group(&r, last_first, &index, &p));
    for (uint32_t i = index; i < r.count; i++) {
        if (i % DX_ROW_GROUP == 0)
            last = 0;
        DX_TRY(read_pair(s, &r, &p, &last, &list));
        if (last >= s->folded_count)
            return DX_ERR_CORRUPT;
        if (last >= last_end)
            break;
        if (last >= last_first)
            DX_TRY(each(ctx, last, &list));
    }
    return DX_OK;
}

dx_status dx_segment_each_pair_in(const dx_segment *s, uint32_t first,
    uint32_t last_first, uint32_t last_end, dx_pair_each each, void *ctx)
{
    return each_in_row(s, dx_segment_pair_row(s, first), last_first, last_end,
        each, ctx);
}

dx_status dx_segment_pair_list(const dx_segment *s, uint32_t first,
    uint32_t second, dx_list *out)
{
    return find_in_row(s, dx_segment_pair_row(s, first), second, out);
}

dx_status dx_segment_each_pair(const dx_segment *s, uint32_t first,
    dx_pair_each each, void *ctx)
{
    return each_in_row(s, dx_segment_pair_row(s, first), 0, DX_ID_NONE, each,
        ctx);
}

/* ---- triples ---- */

uint32_t dx_segment_triples_count(const dx_segment *s)
{
    return s->triples.count;
}

void dx_segment_triples_pair(const dx_segment *s, uint32_t i, uint32_t *first,
    uint32_t *second)
{
    *first = *second = DX_ID_NONE;
    if (i >= s->triples.count)
        return;
    *first = dx_column_u32(s->triples, 3 * i);
    *second = dx_column_u32(s->triples, 3 * i + 1);
}

/* The entry of a pair, or the count. */
static uint32_t find_triples(const dx_segment *s, uint32_t first,
    uint32_t second)
{
    uint64_t key = (uint64_t)first << 32 | second;
    uint32_t lo = 0, hi = s->triples.count, a, b;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        dx_segment_triples_pair(s, mid, &a, &b);
        if (((uint64_t)a << 32 | b) < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    dx_segment_triples_pair(s, lo, &a, &b);
    return a == first && b == second ? lo : s->triples.count;
}

dx_status dx_segment_triple_list(const dx_segment *s, uint32_t first,
    uint32_t second, uint32_t third, bool *known, dx_list *out)
{
    uint32_t i = find_triples(s, first, second);

    *out = (dx_list){0};
    *known = i < s->triples.count &&
             find_triples(s, second, third) < s->triples.count;
    if (!*known)
        return DX_OK;
    return find_in_row(s, dx_column_u32(s->triples, 3 * i + 2), third, out);
}

dx_status dx_segment_each_triple(const dx_segment *s, uint32_t i,
    dx_pair_each each, void *ctx)
{
    return i < s->triples.count
               ? each_in_row(s, dx_column_u32(s->triples, 3 * i + 2), 0,
                     DX_ID_NONE, each, ctx)
               : DX_OK;
}
