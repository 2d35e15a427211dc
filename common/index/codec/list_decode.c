/* Decodes short lists directly and windowed ones by a cursor. */
#include "common/index/codec/list_decode.h"

#include "common/index/codec/bits.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/tfs.h"
#include "common/index/codec/window.h"

static dx_status decode_windowed(dx_cursor *c, uint32_t *docs, uint16_t *tfs)
{
    uint32_t n = 0, windows = dx_window_count(c->list.segment_docs);

    for (uint32_t w = 0; w < windows; w++) {
        uint32_t first = n;
        if (n + dx_cursor_load(c, w) > c->list.df)
            return DX_ERR_CORRUPT;
        for (uint32_t k = 0; k < DX_WINDOW_WORDS && c->count; k++) {
            for (uint64_t bits = c->bits[k]; bits; bits &= bits - 1) {
                if (n == first + c->count) /* more bits than it says */
                    return DX_ERR_CORRUPT;
                docs[n++] = w << DX_WINDOW_BITS | k << 6 | dx_ctz64(bits);
            }
        }
        if (n != first + c->count)
            return DX_ERR_CORRUPT;
        for (uint32_t i = first; i < n; i++)
            tfs[i] = c->list.all_once ? 1
                                      : (uint16_t)dx_tfs_at(&c->tfs, i - first);
    }
    return c->status == DX_OK && n == c->list.df ? DX_OK : DX_ERR_CORRUPT;
}

dx_status dx_list_decode(const dx_list *list, uint32_t *docs, uint16_t *tfs,
    dx_arena *scratch)
{
    dx_cursor c;

    if (list->df == 0)
        return DX_OK;
    if (dx_list_is_windowed(list->df, list->segment_docs)) {
        dx_status rc = dx_cursor_open(&c, list, scratch);
        return rc == DX_OK ? decode_windowed(&c, docs, tfs) : rc;
    }
    dx_tfs packed;
    if (!dx_list_read_short(list, docs, &packed))
        return DX_ERR_CORRUPT;
    for (uint32_t i = 0; i < list->df; i++)
        tfs[i] = list->all_once ? 1 : (uint16_t)dx_tfs_at(&packed, i);
    return DX_OK;
}
