/* Names that users give to fields. */
#include "indexer/input/field_map.h"

#include <string.h>

#include "indexer/input/chars/chars.h"

bool dx_field_is_input(dx_field field)
{
    return field < DX_FIELDS && dx_fields[field].kind != DX_KIND_FOUND &&
           dx_fields[field].kind != DX_KIND_OBJECT && field != DX_FIELD_PATH;
}

static bool has_query_name(dx_field field, dx_str name)
{
    for (const char *const *q = dx_fields[field].query_names; *q; q++)
        if (dx_equals(name, *q))
            return true;
    return false;
}

static dx_field field_of(dx_str name)
{
    dx_field field = dx_field_named(name);

    for (unsigned f = 0; field == DX_FIELDS && f < DX_FIELDS; f++)
        if (has_query_name((dx_field)f, name))
            field = (dx_field)f;
    return dx_field_is_input(field) ? field : DX_FIELDS;
}

dx_field_map_status dx_field_map_add(dx_field_map *map, const char *text)
{
    const char *equals = strchr(text, '=');
    size_t len = equals ? (size_t)(equals - text) : strlen(text);
    dx_field field = field_of((dx_str){text, len});
    unsigned rank;

    if (field == DX_FIELDS)
        return DX_FIELD_MAP_NO_FIELD;
    if (!equals || dx_trim(dx_str_from(equals + 1)).len == 0)
        return DX_FIELD_MAP_NO_NAME;
    if (dx_field_map_find(map, dx_str_from(equals + 1), &rank) != DX_FIELDS)
        return DX_FIELD_MAP_TWICE;
    if (map->count == DX_FIELD_MAP_MAX)
        return DX_FIELD_MAP_FULL;
    map->items[map->count++] = (dx_field_mapping){field, equals + 1};
    return DX_FIELD_MAP_OK;
}

dx_field dx_field_map_find(const dx_field_map *map, dx_str name, unsigned *rank)
{
    unsigned at = 0;

    name = dx_trim(name);
    while (at < map->count && !dx_equals(name, map->items[at].name))
        at++;
    if (at == map->count)
        return DX_FIELDS;
    *rank = 0;
    for (unsigned i = 0; i < at; i++)
        *rank += map->items[i].field == map->items[at].field;
    return map->items[at].field;
}
