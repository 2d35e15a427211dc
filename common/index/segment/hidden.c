/* Hidden documents: those that have the attribute. */
#include "common/index/segment/hidden.h"

#include <string.h>

#include "common/base/arena.h"
#include "common/base/mem.h"
#include "common/index/codec/list_decode.h"
#include "common/index/codec/window.h"
#include "common/index/field/attribute.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/segment_internal.h"

/* Its one term, there being only one value; false without any. */
static bool find_term(const dx_segment *s, uint32_t *folded_id)
{
    char key[DX_ATTRIBUTE_PREFIX_BYTES] = {DX_ATTRIBUTE_MARK,
        dx_attribute_sign(DX_FIELD_HIDDEN)};
    uint32_t end;

    dx_segment_find_prefix(s, (dx_str){key, sizeof key}, folded_id, &end);
    return *folded_id < end;
}

bool dx_segment_has_hidden(const dx_segment *s)
{
    uint32_t term;

    return find_term(s, &term);
}

static dx_status mark_hidden(dx_segment *s, const dx_list *list,
    dx_arena *scratch)
{
    uint32_t *docs = dx_arena_alloc(scratch, list->df * sizeof *docs);
    uint16_t *tfs = dx_arena_alloc(scratch, list->df * sizeof *tfs);

    if (!docs || !tfs)
        return DX_ERR_NOMEM;
    DX_TRY(dx_list_decode(list, docs, tfs, scratch));
    for (uint32_t i = 0; i < list->df; i++) {
        uint64_t bit = (uint64_t)1 << (docs[i] & 63);
        s->hidden_count += !dx_deleted_at(s->deleted, docs[i]);
        s->withheld[docs[i] >> 6] |= bit;
    }
    return DX_OK;
}

dx_status dx_segment_withhold_hidden(dx_segment *s)
{
    size_t words = (size_t)dx_window_count(s->docs) * DX_WINDOW_WORDS;
    dx_arena scratch = DX_ARENA_INIT;
    uint32_t term;
    dx_list list;

    if (!find_term(s, &term))
        return DX_OK;
    DX_TRY(dx_segment_folded_list(s, term, &list));
    s->withheld = dx_calloc(words, sizeof *s->withheld);
    if (!s->withheld)
        return DX_ERR_NOMEM;
    if (s->deleted)
        memcpy(s->withheld, s->deleted, words * sizeof *s->withheld);
    dx_status rc = list.df ? mark_hidden(s, &list, &scratch) : DX_OK;
    dx_arena_free(&scratch);
    return rc;
}

const uint64_t *dx_segment_withheld(const dx_segment *s)
{
    return s->withheld ? s->withheld : s->deleted;
}

uint32_t dx_segment_hidden_count(const dx_segment *s)
{
    return s->hidden_count;
}
