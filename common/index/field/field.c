/* The table of fields, and looking them up. */
#include "common/index/field/field.h"

#include <assert.h>

static_assert(DX_FIELD_TITLE == 0 && DX_FIELD_LEAD == 1 && DX_FIELD_BODY == 2,
    "a text has title, lead and body, in this order");

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

#define IN_RANGE(id, name, number, ...)                                        \
    static_assert(number < DX_FIELD_NUMBERS, #name);
DX_FIELD_MAP(IN_RANGE)
#undef IN_RANGE

#define FEW_NAMES(id, name, number, kind, find, show, input, ...)              \
    static_assert(sizeof(LIST input) / sizeof(char *) <=                       \
                      DX_FIELD_INPUT_NAMES + 1,                                \
        #name);
DX_FIELD_MAP(FEW_NAMES)
#undef FEW_NAMES

#define ROW(id, name, number, kind, find, show, input, query, vi, en)          \
    {#name, number, DX_KIND_##kind, DX_FIND_##find, show, LIST input,          \
        LIST query, vi, en},

const dx_field_row dx_fields[DX_FIELDS] = {DX_FIELD_MAP(ROW)};

/* With their lengths, most of which tell that it is another one: results ask for each
 * field of each hit by its name. */
dx_field dx_field_named(dx_str name)
{
    static const dx_str names[] = {
#define NAME(id, field_name, ...) {#field_name, sizeof #field_name - 1},
        DX_FIELD_MAP(NAME)
#undef NAME
    };
    unsigned i = 0;

    while (i < DX_FIELDS && !dx_str_eq(names[i], name))
        i++;
    return (dx_field)i;
}

/* Two fields with the same number do not compile. */
dx_field dx_field_numbered(unsigned number)
{
    switch (number) {
#define CASE(id, name, number, ...)                                            \
    case number:                                                               \
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
