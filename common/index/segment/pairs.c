/* Finds and walks the lists of pairs and triples. Those that begin alike form a
 * *row*, in order of their last syllable. */
#include "common/index/segment/pairs.h"

#include "common/base/bytes.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/layout/column.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/segment_internal.h"

/* ---- rows ---- */

typedef dx_pair_row row;

#define VARINT_MAX_BYTES 5u
#define PAIR_HEAD_MAX_BYTES 9u /* a varint, and the head of a list */

static bool verify_on(row *r, const uint8_t *p, size_t bytes)
{
    size_t left = (size_t)(r->end - p);

    if (bytes > left)
        bytes = left;
    r->sound = p + bytes;
    return dx_chunk_is_sound(r->chunk, p, bytes);
}

/* Verifies `bytes` at `p`, as far as they lie before the row's end. It is read from the
 * front on, so most of the time this was done with what was read before. */
static inline bool is_sound(row *r, const uint8_t *p, size_t bytes)
{
    return p + bytes <= r->sound ||
           verify_on(r, p, bytes < DX_PAGE_BYTES ? DX_PAGE_BYTES : bytes);
}

/* `place` is that of the row + 1; 0 stands for an empty row. */
static dx_status open_row(const dx_segment *s, uint32_t place, row *r)
{
    *r = (row){0};
    if (place == 0)
        return DX_OK;
    dx_str at = dx_parts_at(&s->parts, DX_PART_ROWS, place - 1, &r->chunk);
    const uint8_t *p = r->sound = (const uint8_t *)at.ptr;
    r->end = (const uint8_t *)dx_str_end(at);
    if (at.len == 0 || !is_sound(r, p, VARINT_MAX_BYTES) ||
        !dx_varint_read_u32(&p, r->end, &r->count))
        return DX_ERR_CORRUPT;
    if (r->count > DX_ROW_GROUP) {
        size_t skip = ((size_t)r->count + DX_ROW_GROUP - 1) / DX_ROW_GROUP *
                      DX_ROW_SKIP_BYTES;
        if ((size_t)(r->end - p) < skip || !is_sound(r, p, skip))
            return DX_ERR_CORRUPT;
        r->groups = p;
        p += skip;
    }
    r->pairs = p;
    return DX_OK;
}

/* Reads the pair at `*p` and moves it past the pair's list. `*second` goes in
 * as that of the previous pair, or as 0 at the start of a group. */
static dx_status read_pair(const dx_segment *s, row *r, const uint8_t **p,
    uint32_t *second, dx_list *list)
{
    uint32_t delta;

    if (!is_sound(r, *p, PAIR_HEAD_MAX_BYTES) ||
        !dx_varint_read_u32(p, r->end, &delta))
        return DX_ERR_CORRUPT;
    *second += delta;
    DX_TRY(dx_list_open(NULL, *p, r->end, s->docs, list)); /* head: see above */
    list->chunk = r->chunk;
    *p = dx_list_after(list);
    return *p ? DX_OK : DX_ERR_CORRUPT;
}

/* The first pair of the group that may have `second`. */
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
        if (last >= s->blocks.folded_count)
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

uint32_t dx_segment_triples_find(const dx_segment *s, uint32_t first,
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
    return a == first && b == second ? lo : DX_ID_NONE;
}

dx_status dx_segment_triple_list(const dx_segment *s, uint32_t first,
    uint32_t second, uint32_t third, bool *known, dx_list *out)
{
    uint32_t i = dx_segment_triples_find(s, first, second);

    *out = (dx_list){0};
    *known = i < s->triples.count &&
             dx_segment_triples_find(s, second, third) < s->triples.count;
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

/* ---- walks ---- */

static dx_status walk_row(const dx_segment *s, uint32_t place, dx_pair_walk *w)
{
    *w = (dx_pair_walk){.s = s};
    DX_TRY(open_row(s, place, &w->row));
    w->p = w->row.pairs;
    return DX_OK;
}

dx_status dx_segment_walk_pairs(const dx_segment *s, uint32_t first,
    dx_pair_walk *w)
{
    return walk_row(s, dx_segment_pair_row(s, first), w);
}

dx_status dx_segment_walk_triples(const dx_segment *s, uint32_t i,
    dx_pair_walk *w)
{
    return walk_row(s,
        i < s->triples.count ? dx_column_u32(s->triples, 3 * i + 2) : 0, w);
}

bool dx_pair_walk_next(dx_pair_walk *w, uint32_t *last, dx_list *list,
    dx_status *rc)
{
    if (w->next >= w->row.count)
        return false;
    if (w->next++ % DX_ROW_GROUP == 0)
        w->last = 0;
    *rc = read_pair(w->s, &w->row, &w->p, &w->last, list);
    if (*rc == DX_OK && w->last >= w->s->blocks.folded_count)
        *rc = DX_ERR_CORRUPT;
    *last = w->last;
    return *rc == DX_OK;
}
