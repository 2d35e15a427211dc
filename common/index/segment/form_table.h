/* form_table.h -- the words of a segment as its texts write them. A stored text
 * is a row of codes of such *forms*, and each form says which terms it has. */
#ifndef DX_INDEX_SEGMENT_FORM_TABLE_H
#define DX_INDEX_SEGMENT_FORM_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"
#include "common/index/codec/text_code.h"
#include "common/index/segment/layout/column.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/layout/parts.h"

typedef enum dx_form_kind {
    DX_FORM_KIND_WORD,
    DX_FORM_KIND_GAP,
    DX_FORM_KIND_FIELD_END, /* only while building; a segment has none */
    DX_FORM_KIND_ATTRIBUTE, /* likewise */
    DX_FORM_KIND_OUTSIDE    /* likewise: a word that is not in the body */
} dx_form_kind;

typedef struct dx_form_term { /* of a form that does not have just one */
    uint32_t exact_id;
    uint16_t pos, start, end;
    bool overlay;
} dx_form_term;

typedef struct dx_form_table {
    dx_column entries; /* and one more, which only ends the last */
    dx_column strings, extras; /* of bytes */
    uint32_t count;
    dx_text_code code; /* of the texts */
} dx_form_table;

/** Whether the one term of a form of `bytes` bytes is all that it has. */
static inline bool dx_form_is_one_term(size_t bytes, size_t start, size_t end,
    bool overlay)
{
    return start == 0 && end == bytes && !overlay;
}

/** Opens the forms of a segment; borrows from `ps`. False when damaged. */
bool dx_form_table_open(dx_form_table *t, const dx_parts *ps);

/** The length of a form's string, after its meaning was asked for; a damaged one may
 *  have any. */
static inline uint32_t dx_form_bytes(const dx_form_table *t, uint32_t form)
{
    return dx_table_u32(t->entries, DX_FORM_BYTES, form + 1, 0) -
           dx_load_u32(t->entries.data + (size_t)form * DX_FORM_BYTES);
}

/** The string of a form (< count); {NULL,0} when it is damaged. */
static inline dx_str dx_form_string(const dx_form_table *t, uint32_t form)
{
    size_t place = (size_t)form * DX_FORM_BYTES;
    const uint8_t *entry = t->entries.data + place;
    bool sound = dx_column_is_sound(t->entries, place, DX_FORM_BYTES + 4);
    uint32_t start = dx_load_u32(entry);
    uint32_t end = dx_load_u32(entry + DX_FORM_BYTES);

    if (!sound || start > end || end > t->strings.count ||
        !dx_column_is_sound(t->strings, start, end - start))
        return (dx_str){NULL, 0};
    return (dx_str){(const char *)t->strings.data + start, end - start};
}

/** What a form means: an exact term, DX_FORM_GAP …, see format.h. */
static inline uint32_t dx_form_meaning(const dx_form_table *t, uint32_t form)
{
    return dx_table_u32(t->entries, DX_FORM_BYTES, form, DX_FORM_MEANING);
}

/** The number of terms at `offset` of FORM_EXTRAS; 0 also when damaged. `*p`
 *  points to the first. */
uint32_t dx_form_extras(const dx_form_table *t, uint32_t offset,
    const uint8_t **p);
/** Term number `i` of those at `p`. */
dx_form_term dx_form_extra(const uint8_t *p, uint32_t i);

#endif
