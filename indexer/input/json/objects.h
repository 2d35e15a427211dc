/* objects.h -- JSON objects one after another, over lines as they please. */
#ifndef DX_INDEXER_INPUT_JSON_OBJECTS_H
#define DX_INDEXER_INPUT_JSON_OBJECTS_H

#include <stdbool.h>

#include "indexer/input/source.h"

/** Whether what begins so is no object a line, but objects in an array or over
 *  several lines, or what is left of such behind one of them. */
bool dx_json_is_over_lines(dx_str first);

/** Hands over each object, whatever of brackets, commas and blanks is between them,
 *  from wherever between two objects `in` is. As dx_source.cut. */
DX_NODISCARD dx_status dx_json_cut_objects(dx_byte_stream *in,
    dx_record_each each, void *ctx, dx_error *err);

#endif
