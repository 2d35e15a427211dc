/* outline.h -- where the records are in a .json file.
 *
 *     {"took": 3, "hits": {"hits": [{"_id": …, "_source": {"title": …}}, …]}}
 *     {"title": "a feed", "items": [{"title": …, "content_html": …}, …]}
 *     {"id": …, "sourceUrl": …, "chapters": [{"title": …, "articles": […]}, …]}
 *
 * The first two hold a list of articles, somewhere within; the third is one document in
 * chapters. Told by what members are called, and by their sizes; nothing is parsed. */
#ifndef DX_INDEXER_INPUT_JSON_OUTLINE_H
#define DX_INDEXER_INPUT_JSON_OUTLINE_H

#include <stdbool.h>

#include "common/base/str.h"
#include "indexer/input/field_map.h"

/** The text "[…]" of the list of records that `object` holds, or "{…}" where each is named
 *  by an id ({"-Nx01": {…}, "-Nx02": {…}}); empty when the object is
 *  a record itself:
 *
 *      it has a text
 *      else its largest list is not one of objects
 *      else the objects in the list look like articles: a list
 *      else it has a title, or an id and an address, or rows of a table
 *      else the list's objects have lists of objects in turn, or are called chapters
 *      else                                              a list */
dx_str dx_json_list_of_records(dx_str object, const dx_field_map *map);

/* A table whose rows are lists, and the names of its columns beside it:
 *
 *     {"fields": [{"id": "title"}, {"id": "body"}], "records": [["…", "…"], …]} */
typedef struct dx_json_rows {
    dx_str rows;  /* "[[…], …]" */
    dx_str names; /* "[…]": each a string, or an object with an id or a name */
} dx_json_rows;

/** Whether `object`, no record itself, holds such a table of articles: columns are called
 *  a title, and a text or a summary. */
bool dx_json_find_rows(dx_str object, const dx_field_map *map, dx_json_rows *out);

/** What an item of dx_json_rows.names says, without quotes, as it is escaped; empty when
 *  it is no name. */
dx_str dx_json_column_name(dx_str item);

#endif
