/* Decodes a text into an array. */
#include "indexer/invert/merging/text.h"

#include "common/base/mem.h"
#include "common/index/segment/doc.h"

static dx_status make_room(dx_merge_text *t, size_t count)
{
    void *p = t->forms;

    if (dx_grow(&p, &t->cap, count, sizeof *t->forms) != 0)
        return DX_ERR_NOMEM;
    t->forms = p;
    return DX_OK;
}

dx_status dx_merge_text_read(dx_merge_text *t, const dx_segment *s, uint32_t doc)
{
    const dx_form_table *forms = dx_segment_forms(s);
    dx_text text;

    t->count = 0;
    DX_TRY(dx_segment_open_text(s, doc, &text));
    DX_TRY(make_room(t, text.end[DX_TEXT_FIELDS - 1] + (size_t)DX_TEXT_FIELDS));
    uint32_t *to = t->forms;
    dx_text_place at = {text.first, 0};
    for (unsigned field = 0; field < DX_TEXT_FIELDS; field++) {
        while (at.first < text.first + text.end[field]) {
            uint32_t form = dx_text_next(&forms->code, &text, &at);
            if (form >= forms->count)
                return DX_ERR_CORRUPT;
            *to++ = form;
        }
        *to++ = DX_MERGE_FIELD_END;
    }
    t->count = (size_t)(to - t->forms);
    return DX_OK;
}

void dx_merge_text_free(dx_merge_text *t)
{
    dx_free(t->forms);
    *t = (dx_merge_text){.count = 0};
}
