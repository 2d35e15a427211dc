/* Sets of documents of a whole segment. */
#include "searcher/match/lookup/docset.h"

#include "common/index/codec/bits.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/window.h"

uint64_t *dx_docset_new(uint32_t segment_docs, dx_arena *arena)
{
    return dx_arena_calloc(arena, dx_window_count(segment_docs),
        DX_WINDOW_DOCS / 8);
}

void dx_docset_remove(uint64_t *set, const uint64_t *other, uint32_t segment_docs)
{
    size_t words = (size_t)dx_window_count(segment_docs) * DX_WINDOW_WORDS;

    for (size_t i = 0; i < words; i++)
        set[i] &= ~other[i];
}

DX_POPCNT_CLONES
uint64_t dx_docset_count(const uint64_t *set, uint32_t segment_docs)
{
    size_t words = (size_t)dx_window_count(segment_docs) * DX_WINDOW_WORDS;
    uint64_t count = 0;

    for (size_t i = 0; i < words; i++)
        count += dx_popcount64(set[i]);
    return count;
}

dx_status dx_docset_add_list(uint64_t *set, const dx_list *list,
    dx_arena *scratch)
{
    uint32_t windows = dx_window_count(list->segment_docs);
    dx_cursor c;

    if (list->df == 0)
        return DX_OK;
    DX_TRY(dx_cursor_open(&c, list, scratch));
    if (!c.windowed) {
        for (uint32_t i = 0; i < list->df; i++)
            set[c.docs[i] >> 6] |= (uint64_t)1 << (c.docs[i] & 63);
        return DX_OK;
    }
    for (uint32_t w = 0; w < windows; w++) {
        (void)dx_cursor_load(&c, w);
        for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
            set[(size_t)w * DX_WINDOW_WORDS + k] |= c.bits[k];
    }
    return c.status;
}

static bool is_next(const dx_cursor *c, uint32_t doc, uint32_t *at)
{
    bool is = *at < c->list.df && c->docs[*at] == doc;

    *at += is;
    return is;
}

static dx_status add_short_difference(uint64_t *set, const dx_cursor *c,
    const dx_cursor outside[2])
{
    uint32_t at[2] = {0, 0};

    if (outside[0].windowed || outside[1].windowed)
        return DX_ERR_CORRUPT; /* longer than what they are a part of */
    for (uint32_t i = 0; i < c->list.df; i++) {
        uint32_t doc = c->docs[i];
        bool out = is_next(&outside[0], doc, &at[0]);
        out |= is_next(&outside[1], doc, &at[1]);
        set[doc >> 6] |= (uint64_t)!out << (doc & 63);
    }
    return DX_OK;
}

dx_status dx_docset_add_difference(uint64_t *set, const dx_list *list,
    const dx_list outside[2], dx_arena *scratch)
{
    uint32_t windows = dx_window_count(list->segment_docs);
    dx_cursor c, o[2];

    if (outside[0].df + outside[1].df == 0)
        return dx_docset_add_list(set, list, scratch);
    DX_TRY(dx_cursor_open(&c, list, scratch));
    DX_TRY(dx_cursor_open(&o[0], &outside[0], scratch));
    DX_TRY(dx_cursor_open(&o[1], &outside[1], scratch));
    if (!c.windowed)
        return add_short_difference(set, &c, o);
    for (uint32_t w = 0; w < windows; w++) {
        (void)dx_cursor_load(&c, w);
        (void)dx_cursor_load(&o[0], w);
        (void)dx_cursor_load(&o[1], w);
        for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
            set[(size_t)w * DX_WINDOW_WORDS + k] |=
                c.bits[k] & ~o[0].bits[k] & ~o[1].bits[k];
    }
    DX_TRY(o[0].status);
    DX_TRY(o[1].status);
    return c.status;
}
