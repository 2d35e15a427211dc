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
