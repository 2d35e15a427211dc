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
        code.count > DX_TEXT_RUNS_MAX ||
        !dx_column_open(ps, DX_PART_FORM_STRINGS, 1, &t->strings) ||
        !dx_column_open(ps, DX_PART_FORM_EXTRAS, 1, &t->extras) ||
        !dx_column_is_sound(code, 0, 4 * (size_t)code.count))
        return false;
    t->count = t->entries.count - 1;
    for (uint32_t i = 0; i < code.count; i++)
        runs[i] = dx_text_run_unpack(dx_column_u32(code, i));
    return dx_text_code_init(&t->code, runs, code.count) &&
           t->code.forms == t->count;
}

uint32_t dx_form_extras(const dx_form_table *t, uint32_t offset,
    const uint8_t **p)
{
    size_t left = offset < t->extras.count ? t->extras.count - offset : 0;

    if (left < 2 || !dx_column_is_sound(t->extras, offset, 2))
        return 0;
    *p = t->extras.data + offset;
    uint32_t count = dx_load_u16(*p);
    size_t bytes = (size_t)count * DX_FORM_TERM_BYTES;
    *p += 2;
    return left - 2 >= bytes &&
                   dx_column_is_sound(t->extras, (size_t)offset + 2, bytes)
               ? count
               : 0;
}

dx_form_term dx_form_extra(const uint8_t *p, uint32_t i)
{
    p += (size_t)i * DX_FORM_TERM_BYTES;
    return (dx_form_term){dx_load_u32(p), dx_load_u16(p + 4),
        dx_load_u16(p + 6), dx_load_u16(p + 8), p[10] != 0};
}
