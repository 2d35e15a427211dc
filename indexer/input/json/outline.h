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

#endif
