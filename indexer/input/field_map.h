/* field_map.h -- the names that a user gives to fields: --map title=ten_bai.
 *
 *     title = ten_bai     a column, or a member of a JSON object, of this name is
 *     title = tieu_de_2   the title; of several the first that has a value
 *     body  = title       a name that is a field's own goes to another one
 *
 * A name that is mapped belongs to that field alone, and counts before the names
 * that the table of fields (common/index/field/field.h) has for it. */
#ifndef DX_INDEXER_INPUT_FIELD_MAP_H
#define DX_INDEXER_INPUT_FIELD_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"
#include "common/index/field/field.h"

#define DX_FIELD_MAP_MAX 64u

typedef struct dx_field_mapping {
    dx_field field;
    const char *name; /* borrowed; not empty */
} dx_field_mapping;

typedef struct dx_field_map { /* all zero: empty; constant while a run lasts */
    dx_field_mapping items[DX_FIELD_MAP_MAX]; /* in the order given */
    unsigned count;
} dx_field_map;

/** Whether an input may have this field: all but those that dx finds itself. */
bool dx_field_is_input(dx_field field);

typedef enum dx_field_map_status {
    DX_FIELD_MAP_OK,
    DX_FIELD_MAP_NO_FIELD, /* what is in front of '=' is no field of an input */
    DX_FIELD_MAP_NO_NAME,  /* there is no '=', or nothing behind it */
    DX_FIELD_MAP_TWICE,    /* the name is mapped already */
    DX_FIELD_MAP_FULL      /* there are DX_FIELD_MAP_MAX */
} dx_field_map_status;

/** Adds "FIELD=NAME", which is borrowed. FIELD is a name of the table of fields, or
 *  one of those that queries use: title, tieude, tiêuđề. */
dx_field_map_status dx_field_map_add(dx_field_map *map, const char *text);

/** The field that `name` is mapped to, ignoring case, blanks around it and how its
 *  marks are composed; *rank is its place among that field's names, from 0.
 *  DX_FIELDS: it is not mapped. Thread-safe. */
dx_field dx_field_map_find(const dx_field_map *map, dx_str name,
    unsigned *rank);

#endif
