/* The table of fields, and looking them up. */
#include "common/index/field/field.h"

#include <assert.h>
#include <pthread.h>

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

/* ---- names in JSON ---- */

/* Each object that is indexed asks for all its members, so they are in a table by
 * hash, made when first needed. */
#define SLOTS 512u /* a power of two, at least twice the names */

typedef struct input_name {
    dx_str name;
    uint8_t field, which;
} input_name;

static input_name slots[SLOTS];
static pthread_once_t slots_made = PTHREAD_ONCE_INIT;

/* Where a name is or would be. */
static input_name *slot_of(dx_str name)
{
    unsigned char first = (unsigned char)name.ptr[0];
    unsigned char last = (unsigned char)name.ptr[name.len - 1];
    size_t at = name.len * 37 + first * 11u + last * 3u;

    while (slots[at % SLOTS].name.len &&
           !dx_str_eq(slots[at % SLOTS].name, name))
        at++;
    return &slots[at % SLOTS];
}

static void make_slots(void)
{
    for (unsigned f = 0; f < DX_FIELDS; f++) {
        const char *const *names = dx_fields[f].input_names;
        for (unsigned i = 0; names[i]; i++) {
            dx_str name = dx_str_from(names[i]);
            *slot_of(name) = (input_name){name, (uint8_t)f, (uint8_t)i};
        }
    }
}

dx_field dx_field_of_input(dx_str name, unsigned *which)
{
    pthread_once(&slots_made, make_slots);
    const input_name *slot = name.len ? slot_of(name) : NULL;
    if (!slot || !slot->name.len)
        return DX_FIELDS;
    *which = slot->which;
    return (dx_field)slot->field;
}

/* ---- names elsewhere ---- */

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
