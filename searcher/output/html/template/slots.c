/* The values that templates name. */
#include "searcher/output/html/template/slots.h"

#define PIECE_BYTES_MAX ((size_t)8 << 20)
#define DX_TEMPLATE_any DX_TEMPLATES

static const struct {
    const char *name;
    dx_template_id part; /* DX_TEMPLATES: any */
} rows[DX_SLOTS] = {
#define DX_SLOT_ROW(name, part) [DX_SLOT_##name] = {#name, DX_TEMPLATE_##part},
    DX_HTML_SLOT_MAP(DX_SLOT_ROW) DX_TEXT_SLOT_MAP(DX_SLOT_ROW)
#undef DX_SLOT_ROW
};

static const char *const parts[DX_TEMPLATES] = {
#define DX_TEMPLATE_ROW(name) #name,
    DX_TEMPLATE_MAP(DX_TEMPLATE_ROW)
#undef DX_TEMPLATE_ROW
};

void dx_values_init(dx_values *s)
{
    for (unsigned i = 0; i < DX_HTML_SLOTS; i++)
        dx_buf_init(&s->html[i], PIECE_BYTES_MAX);
    for (unsigned i = DX_HTML_SLOTS; i < DX_SLOTS; i++)
        dx_values_set(s, (dx_slot)i, "");
}

void dx_values_free(dx_values *s)
{
    for (unsigned i = 0; i < DX_HTML_SLOTS; i++)
        dx_buf_free(&s->html[i]);
}

void dx_values_clear(dx_values *s, dx_template_id part)
{
    for (unsigned i = 0; i < DX_SLOTS; i++) {
        if (rows[i].part != part)
            continue;
        if (i < DX_HTML_SLOTS)
            dx_buf_clear(&s->html[i]);
        else
            dx_values_set(s, (dx_slot)i, "");
    }
}

dx_slot dx_slot_named(dx_str name)
{
    unsigned i = 0;

    while (i < DX_SLOTS && !dx_str_eq(dx_str_from(rows[i].name), name))
        i++;
    return (dx_slot)i;
}

bool dx_slot_is_for(dx_slot slot, dx_template_id part)
{
    return rows[slot].part == part || rows[slot].part == DX_TEMPLATES;
}

const char *dx_template_name(dx_template_id part) { return parts[part]; }
