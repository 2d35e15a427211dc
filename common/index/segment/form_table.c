/* Opens the table of word forms, and reads the terms of those that do not have
 * exactly one. */
#include "common/index/segment/form_table.h"

bool dx_form_table_open(dx_form_table *t, const dx_parts *ps)
{
    dx_text_run runs[DX_TEXT_RUNS_MAX];
    dx_column code;

    if (!dx_column_open(ps, DX_PART_FORMS, DX_FORM_BYTES, &t->entries) ||
        t->entries.count == 0 ||
        !dx_column_open(ps, DX_PART_FORM_CODE, 4, &code) ||
        code.count > DX_TEXT_RUNS_MAX)
        return false;
    t->count = t->entries.count - 1;
    t->strings = dx_parts_array(ps, DX_PART_FORM_STRINGS);
    t->extras = dx_parts_array(ps, DX_PART_FORM_EXTRAS);
    for (uint32_t i = 0; i < code.count; i++)
        runs[i] = dx_text_run_unpack(dx_column_u32(code, i));
    return dx_text_code_init(&t->code, runs, code.count) &&
           t->code.forms == t->count;
}

uint32_t dx_form_extras(const dx_form_table *t, uint32_t offset,
    const uint8_t **p)
{
    if (offset > t->extras.len || t->extras.len - offset < 2)
        return 0;
    *p = (const uint8_t *)t->extras.ptr + offset;
    uint32_t count = dx_load_u16(*p);
    *p += 2;
    if (t->extras.len - offset - 2 < (size_t)count * DX_FORM_TERM_BYTES)
        return 0;
    return count;
}

dx_form_term dx_form_extra(const uint8_t *p, uint32_t i)
{
    p += (size_t)i * DX_FORM_TERM_BYTES;
    return (dx_form_term){dx_load_u32(p), dx_load_u16(p + 4),
        dx_load_u16(p + 6), dx_load_u16(p + 8), p[10] != 0};
}
