/* The table of fields, and looking them up. */
#include "common/index/field/field.h"

#include <assert.h>

static_assert(DX_FIELD_TITLE == 0 && DX_FIELD_LEAD == 1 && DX_FIELD_BODY == 2,
    "a text has title, lead and body, in this order");

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})
#define ROW(id, name, letter, kind, find, show, input, query, vi, en)          \
    {#name, letter, DX_KIND_##kind, DX_FIND_##find, show, LIST input,          \
        LIST query, vi, en},

const dx_field_row dx_fields[DX_FIELDS] = {DX_FIELD_MAP(ROW)};

dx_field dx_field_named(dx_str name)
{
    unsigned i = 0;

    while (i < DX_FIELDS && !dx_str_eq(dx_str_from(dx_fields[i].name), name))
        i++;
    return (dx_field)i;
}

/* Two fields with the same letter do not compile. */
dx_field dx_field_of_letter(char letter)
{
    switch (letter) {
#define CASE(id, name, letter, ...)                                            \
    case letter:                                                               \
        return DX_FIELD_##id;
        DX_FIELD_MAP(CASE)
#undef CASE
    default:
        return DX_FIELDS;
    }
}

const char *dx_field_asked(dx_field field)
{
    if (field >= DX_FIELDS)
        return "?";
    const char *asked = dx_fields[field].query_names[0];

    return asked ? asked : dx_fields[field].name;
}

dx_field dx_field_asked_as(dx_str name)
{
    unsigned i = 0;

    while (i < DX_FIELDS &&
           !dx_str_eq(dx_str_from(dx_field_asked((dx_field)i)), name))
        i++;
    return (dx_field)i;
}
