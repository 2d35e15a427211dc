/* The fields that a JSON object has, wherever in it they lie. */
#include "indexer/input/json/members.h"

#include <assert.h>
#include <string.h>

#include "common/index/field/input_name.h"
#include "indexer/input/json/value_text.h"

#define ENVELOPES_MAX 4
#define PROPERTIES_MAX 500u /* of a list of names and values */

static_assert(DX_JSON_NAMES <= 64, "names are bits of a number");

dx_field dx_json_field_of(const dx_field_map *map, dx_str key, unsigned *which)
{
    if (map->count) {
        dx_field field = dx_field_map_find(map, key, which);
        if (field != DX_FIELDS) {
            if (*which >= DX_JSON_MAPPED_NAMES)
                *which = DX_JSON_MAPPED_NAMES - 1;
            return field;
        }
    }
    dx_field field = dx_field_of_input(key, which);
    *which += field == DX_FIELDS ? 0 : DX_JSON_MAPPED_NAMES;
    return field;
}

bool dx_json_is_weak_title(unsigned which)
{
    return which >= DX_JSON_MAPPED_NAMES &&
           dx_field_is_weak_title(which - DX_JSON_MAPPED_NAMES);
}

static bool is_number(const dx_json_value *v)
{
    return v->type == DX_JSON_NUMBER;
}

/* Of who or what made or holds an article, databases give the key: no name. */
static bool is_reference(dx_field field, const dx_json_value *v)
{
    uint8_t kind = dx_fields[field].kind;

    if (kind != DX_KIND_MAKER && kind != DX_KIND_VALUE && kind != DX_KIND_VALUES &&
        kind != DX_KIND_LIST)
        return false;
    if (v->type != DX_JSON_ARRAY)
        return is_number(v);
    for (v = v->first; v; v = v->next)
        if (!is_number(v))
            return false;
    return true;
}

/* Those of `object` itself. */
static void find_own(const dx_json_value *object, const dx_field_map *map,
    dx_json_members *out)
{
    unsigned which = 0;

    out->object = object;
    memset(out->have, 0, sizeof out->have);
    for (const dx_json_value *v = object->first; v; v = v->next) {
        dx_field field = dx_json_field_of(map, v->key, &which);
        if (field == DX_FIELDS || is_reference(field, v))
            continue;
        out->named[field][which] = v;
        out->have[field] |= (uint64_t)1 << which;
    }
}

/* What an object has, in short. */
typedef struct outline {
    uint64_t fields; /* bits */
    bool title;      /* by a name that means one */
} outline;

#define HAS(o, f) ((o).fields >> DX_FIELD_##f & 1)

static_assert(DX_FIELDS <= 64, "fields are bits of a number");

static outline outline_of(const dx_json_value *object, const dx_field_map *map)
{
    outline o = {0};
    unsigned which = 0;

    for (const dx_json_value *v = object->first; v; v = v->next) {
        dx_field field = dx_json_field_of(map, v->key, &which);
        if (field == DX_FIELDS || dx_json_is(v, DX_JSON_NULL))
            continue;
        if (field == DX_FIELD_BODY && dx_json_is(v, DX_JSON_OBJECT) &&
            outline_of(v, map).title)
            continue; /* the article itself, under "article" */
        o.fields |= (uint64_t)1 << field;
        o.title |= field == DX_FIELD_TITLE && !dx_json_is_weak_title(which);
    }
    return o;
}

/* ---- envelopes ---- */

/* Whether the value under this key may be the article itself. */
static bool may_be_envelope(const dx_json_value *v, const dx_field_map *map)
{
    unsigned which;
    dx_field field = dx_json_field_of(map, v->key, &which);

    return dx_json_is(v, DX_JSON_OBJECT) &&
           (field == DX_FIELDS || field == DX_FIELD_BODY ||
               dx_str_eq(v->key, DX_STR_LIT("_source")));
}

/* The member that has, or has in it, what an article has and `object` lacks. */
static const dx_json_value *envelope_in(const dx_json_value *object,
    const dx_field_map *map, int depth)
{
    outline outer = outline_of(object, map);

    if (outer.title)
        return NULL;
    for (const dx_json_value *v = object->first; v; v = v->next) {
        if (!may_be_envelope(v, map))
            continue;
        outline inner = outline_of(v, map);
        bool has_more = (inner.fields & (inner.fields - 1)) != 0;
        if ((inner.title && has_more) ||
            (!HAS(outer, BODY) && HAS(inner, BODY) && has_more))
            return v;
        if (!HAS(outer, BODY) && depth < ENVELOPES_MAX &&
            envelope_in(v, map, depth + 1))
            return v;
    }
    return NULL;
}

static dx_status add_copies(const dx_json_value *object, const dx_json_value *but,
    const dx_json_value ***end, dx_arena *arena, dx_error *err)
{
    for (const dx_json_value *v = object->first; v; v = v->next) {
        if (v == but)
            continue;
        dx_json_value *copy = dx_arena_alloc(arena, sizeof *copy);
        if (!copy)
            return dx_fail_nomem(err);
        *copy = *v;
        copy->next = NULL;
        **end = copy;
        *end = &copy->next;
    }
    return DX_OK;
}

/* The members of the envelope, then those of what was in it: the last one counts. */
static dx_status open_envelope(const dx_json_value *object,
    const dx_json_value *inner, dx_arena *arena, const dx_json_value **out,
    dx_error *err)
{
    dx_json_value *opened = dx_arena_alloc(arena, sizeof *opened);

    if (!opened)
        return dx_fail_nomem(err);
    *opened = (dx_json_value){.type = DX_JSON_OBJECT};
    const dx_json_value **end = &opened->first;
    DX_TRY(add_copies(object, inner, &end, arena, err));
    DX_TRY(add_copies(inner, NULL, &end, arena, err));
    *out = opened;
    return DX_OK;
}

/* ---- boxes ---- */

static const dx_json_value *first_of(const dx_json_value *object,
    const char *const *keys)
{
    const dx_json_value *found = NULL;

    for (size_t i = 0; !found && keys[i]; i++)
        found = dx_json_get(object, keys[i]);
    return found;
}

/* [{"ten": "Số ký hiệu", "gia_tri": …}, …] as {"Số ký hiệu": …, …}; NULL in *out when
 * it is no such list. */
static dx_status object_of_list(const dx_json_value *list, dx_arena *arena,
    const dx_json_value **out, dx_error *err)
{
    static const char *const names[] = {"ten", "name", "label", "key", "nhan",
        "thuoc_tinh", "field", NULL};
    static const char *const values[] = {"gia_tri", "value", "val", "noi_dung",
        "content", "text", NULL};
    unsigned count = 0;

    *out = NULL;
    dx_json_value *object = dx_arena_alloc(arena, sizeof *object);
    if (!object)
        return dx_fail_nomem(err);
    *object = (dx_json_value){.type = DX_JSON_OBJECT};
    const dx_json_value **end = &object->first;
    for (const dx_json_value *v = list->first; v; v = v->next) {
        const dx_json_value *name = first_of(v, names);
        const dx_json_value *value = first_of(v, values);
        if (!dx_json_is(name, DX_JSON_STRING) || !value ||
            ++count > PROPERTIES_MAX)
            return DX_OK;
        dx_json_value *copy = dx_arena_alloc(arena, sizeof *copy);
        if (!copy)
            return dx_fail_nomem(err);
        *copy = *value;
        copy->key = name->text;
        copy->next = NULL;
        *end = copy;
        end = &copy->next;
    }
    *out = count ? object : NULL;
    return DX_OK;
}

/* Fields that a box may lend. Titles and texts in it are of something else. */
static bool may_be_lent(dx_field field)
{
    return field >= DX_TEXT_FIELDS && field != DX_FIELD_ID &&
           field != DX_FIELD_URL && field != DX_FIELD_HIDDEN;
}

static void borrow(const dx_json_value *box, const dx_field_map *map,
    dx_json_members *out)
{
    uint64_t had = 0;
    unsigned which = 0;
    outline o = outline_of(box, map);

    if (HAS(o, TITLE) && (HAS(o, ID) || HAS(o, URL)))
        return;
    for (unsigned f = 0; f < DX_FIELDS; f++)
        had |= (uint64_t)(out->have[f] != 0) << f;
    for (const dx_json_value *v = box->first; v; v = v->next) {
        dx_field field = dx_json_field_of(map, v->key, &which);
        if (field == DX_FIELDS || !may_be_lent(field) || had >> field & 1)
            continue;
        out->named[field][which] = v;
        out->have[field] |= (uint64_t)1 << which;
    }
}

static dx_status borrow_from_all(const dx_field_map *map, dx_arena *arena,
    dx_json_members *out, dx_error *err)
{
    unsigned which;

    for (const dx_json_value *v = out->object->first; v; v = v->next) {
        const dx_json_value *box = v;
        if (v->type != DX_JSON_OBJECT && v->type != DX_JSON_ARRAY)
            continue;
        if (dx_json_field_of(map, v->key, &which) != DX_FIELDS)
            continue;
        if (v->type == DX_JSON_ARRAY)
            DX_TRY(object_of_list(v, arena, &box, err));
        if (box)
            borrow(box, map, out);
    }
    return DX_OK;
}

static bool has_title(const dx_json_members *members)
{
    for (uint64_t left = members->have[DX_FIELD_TITLE]; left; left &= left - 1)
        if (!dx_json_is_weak_title((unsigned)__builtin_ctzll(left)))
            return true;
    return false;
}

dx_status dx_json_find_members(const dx_json_value *object,
    const dx_field_map *map, dx_arena *arena, dx_json_members *out, dx_error *err)
{
    const dx_json_value *inner;

    find_own(object, map, out);
    for (int i = 0; i < ENVELOPES_MAX && !has_title(out); i++) {
        inner = envelope_in(object, map, 1);
        if (!inner)
            break;
        DX_TRY(open_envelope(object, inner, arena, &object, err));
        find_own(object, map, out);
    }
    return borrow_from_all(map, arena, out, err);
}
