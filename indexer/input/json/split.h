/* split.h -- the objects in a .json file. */
#ifndef DX_INDEXER_INPUT_JSON_SPLIT_H
#define DX_INDEXER_INPUT_JSON_SPLIT_H

#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/source.h"

/** Splits the text of a .json file (an object, objects one after another, an
 *  array of objects, or an object that holds the array: outline.h) into its objects'
 *  texts and hands each to `each`, in order; stops early when `each` fails. */
DX_NODISCARD dx_status dx_json_split(dx_str bytes, const dx_input_options *options,
    dx_record_each each, void *ctx, dx_error *err);

#endif
