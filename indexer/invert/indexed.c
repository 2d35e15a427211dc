/* Some bits for each document of the index: is it dead, was it met again …? */
#include "indexer/invert/indexed.h"

#include "common/base/mem.h"
#include "common/index/codec/window.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/ids.h"

static size_t words_of(const dx_segment *s)
{
    return (size_t)dx_window_count(dx_segment_docs(s)) * DX_WINDOW_WORDS;
}

void dx_indexed_free(dx_indexed *ix)
{
    for (size_t i = 0; i < ix->count; i++)
        for (unsigned m = 0; m < DX_INDEXED_MARKS; m++)
            dx_free(ix->segments[i].marks[m]);
    dx_free(ix->segments);
    *ix = (dx_indexed){0};
}

dx_status dx_indexed_add(dx_indexed *ix, const dx_segment *s,
    const uint64_t *dead)
{
    size_t words = words_of(s);
    const uint64_t *deleted = dx_segment_deleted(s);
    void *p = ix->segments;

    if (dx_grow(&p, &ix->cap, ix->count + 1, sizeof *ix->segments) != 0)
        return DX_ERR_NOMEM;
    ix->segments = p;
    dx_indexed_segment *added = &ix->segments[ix->count++];
    *added = (dx_indexed_segment){.segment = s};
    for (unsigned m = 0; m < DX_INDEXED_MARKS; m++) {
        added->marks[m] = dx_calloc(words, sizeof *added->marks[m]);
        if (!added->marks[m])
            return DX_ERR_NOMEM;
    }
    for (size_t i = 0; i < words; i++) {
        uint64_t word = (dead ? dead[i] : 0) | (deleted ? deleted[i] : 0);
        added->marks[DX_INDEXED_DEAD][i] = word;
        added->dead_count += (uint32_t)__builtin_popcountll(word);
    }
    return DX_OK;
}

dx_status dx_indexed_damage(const dx_indexed *ix, dx_error *err)
{
    for (size_t i = 0; i < ix->count; i++)
        DX_TRY(dx_segment_damage(ix->segments[i].segment, err));
    return DX_OK;
}

/* ---- finding ---- */

dx_indexed_cursor dx_indexed_cursor_new(const dx_indexed *ix, dx_hash128 id,
    size_t segments)
{
    return (dx_indexed_cursor){.ix = ix, .id = id, .segments = segments};
}

bool dx_indexed_next(dx_indexed_cursor *c)
{
    while (c->is_at || c->segments > 0) {
        if (!c->is_at)
            c->at.segment = (uint32_t)--c->segments;
        const dx_segment *s = c->ix->segments[c->at.segment].segment;
        c->at.doc = c->is_at ? dx_segment_find_id_after(s, c->id, c->at.doc)
                             : dx_segment_find_id(s, c->id);
        c->is_at = c->at.doc != DX_ID_NONE;
        if (c->is_at && !dx_indexed_is(c->ix, c->at, DX_INDEXED_DEAD))
            return true;
    }
    return false;
}

uint64_t dx_indexed_content(const dx_indexed *ix, dx_indexed_doc d)
{
    return dx_segment_content_hash(ix->segments[d.segment].segment, d.doc);
}

uint32_t dx_indexed_file(const dx_indexed *ix, dx_indexed_doc d)
{
    return dx_segment_file(ix->segments[d.segment].segment, d.doc);
}

/* ---- marks ---- */

static uint64_t *word_of(const dx_indexed *ix, dx_indexed_doc d,
    dx_indexed_mark mark)
{
    return &ix->segments[d.segment].marks[mark][d.doc >> 6];
}

static uint64_t bit_of(dx_indexed_doc d)
{
    return (uint64_t)1 << (d.doc & 63);
}

dx_status dx_indexed_read_fields(const dx_indexed *ix, dx_indexed_doc d,
    dx_meta_reader *reader, dx_arena *arena, dx_meta *meta)
{
    dx_arena_reset(arena);
    DX_TRY(dx_segment_read_meta(ix->segments[d.segment].segment, d.doc, reader, meta));
    return dx_meta_keep(meta, arena) ? DX_OK : DX_ERR_NOMEM;
}

void dx_indexed_mark_as(dx_indexed *ix, dx_indexed_doc d, dx_indexed_mark mark)
{
    *word_of(ix, d, mark) |= bit_of(d);
}

bool dx_indexed_is(const dx_indexed *ix, dx_indexed_doc d, dx_indexed_mark mark)
{
    return (*word_of(ix, d, mark) & bit_of(d)) != 0;
}

void dx_indexed_kill(dx_indexed *ix, dx_indexed_doc d)
{
    if (dx_indexed_is(ix, d, DX_INDEXED_DEAD))
        return;
    dx_indexed_mark_as(ix, d, DX_INDEXED_DEAD);
    ix->segments[d.segment].dead_count++;
}

uint64_t dx_indexed_live_count(const dx_indexed *ix)
{
    uint64_t n = 0;

    for (size_t i = 0; i < ix->count; i++)
        n += dx_segment_docs(ix->segments[i].segment) -
             ix->segments[i].dead_count;
    return n;
}
