/* Puts values in the places that name them. */
#include "indexer/input/html/devalue.h"

#include <stdlib.h>

#define DEPTH_MAX 24
#define VALUES_MAX (1u << 16)

typedef struct filling {
    const dx_json_value **items; /* of the array */
    size_t count;
    size_t left; /* so many values may still be made */
    dx_arena *arena;
    dx_error *err;
} filling;

/* What a number names; NULL: nothing, as the negative ones, which are undefined, NaN
 * and so on. */
static const dx_json_value *item_at(const filling *f, const dx_json_value *place)
{
    char *end;

    if (place->type != DX_JSON_NUMBER || place->text.len > 9)
        return NULL;
    unsigned long n = strtoul(place->text.ptr, &end, 10);
    return *end == '\0' && n < f->count ? f->items[n] : NULL;
}

static dx_status fill(filling *f, const dx_json_value *from, int depth,
    dx_json_value *out);

static dx_status fill_items(filling *f, const dx_json_value *from, int depth,
    dx_json_value *out)
{
    const dx_json_value **last = &out->first;

    for (const dx_json_value *v = from; v && f->left; v = v->next) {
        dx_json_value *made = dx_arena_calloc(f->arena, 1, sizeof *made);
        if (!made)
            return dx_fail_nomem(f->err);
        f->left--;
        made->key = v->key;
        DX_TRY(fill(f, item_at(f, v), depth + 1, made));
        *last = made;
        last = &made->next;
    }
    return DX_OK;
}

/* ["Reactive", 7], ["Date", "2025-04-02T…"] and the like. */
static dx_status fill_tagged(filling *f, const dx_json_value *tag, int depth,
    dx_json_value *out)
{
    const dx_json_value *value = tag->next;

    if (!value)
        return DX_OK;
    if (value->type != DX_JSON_STRING)
        return fill(f, item_at(f, value), depth + 1, out);
    out->type = DX_JSON_STRING;
    out->text = value->text;
    return DX_OK;
}

/* Fills in all of *out but its key. */
static dx_status fill(filling *f, const dx_json_value *from, int depth,
    dx_json_value *out)
{
    if (!from || depth > DEPTH_MAX)
        return DX_OK;
    if (from->type == DX_JSON_ARRAY && dx_json_is(from->first, DX_JSON_STRING))
        return fill_tagged(f, from->first, depth, out);
    out->type = from->type;
    out->text = from->text;
    return from->type == DX_JSON_OBJECT || from->type == DX_JSON_ARRAY
               ? fill_items(f, from->first, depth, out)
               : DX_OK;
}

dx_status dx_devalue(const dx_json_value *array, dx_arena *arena,
    const dx_json_value **out, dx_error *err)
{
    filling f = {.left = VALUES_MAX, .arena = arena, .err = err};
    size_t n = 0;

    *out = NULL;
    if (!dx_json_is(array, DX_JSON_ARRAY) || !array->first)
        return DX_OK;
    for (const dx_json_value *v = array->first; v; v = v->next)
        f.count++;
    f.items = dx_arena_calloc(arena, f.count, sizeof(*f.items));
    dx_json_value *root = dx_arena_calloc(arena, 1, sizeof *root);
    if (!f.items || !root)
        return dx_fail_nomem(err);
    for (const dx_json_value *v = array->first; v; v = v->next)
        f.items[n++] = v;
    DX_TRY(fill(&f, f.items[0], 0, root));
    *out = root;
    return DX_OK;
}
