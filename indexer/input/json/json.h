/* json.h -- JSON objects that are articles. */
#ifndef DX_INDEXER_INPUT_JSON_JSON_H
#define DX_INDEXER_INPUT_JSON_JSON_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "indexer/input/article.h"
#include "indexer/input/json/tree.h"
#include "indexer/input/source.h"

/** Whether a file that begins so is surely JSON: an object with a key, or such in
 *  lists. */
bool dx_json_is_sure(dx_str first);

/** Reads a JSON object as an article: dx_source.read of JSON and JSONL. */
DX_NODISCARD dx_status dx_article_from_json(const dx_record *record,
    const dx_input_options *options, dx_arena *arena, dx_article *out, dx_error *err);

/** Reads a value that is an object, from wherever, as an article. It and all it
 *  borrows from are in `arena`. Fails with NOMEM or LIMIT. */
DX_NODISCARD dx_status dx_article_from_object(const dx_json_value *object,
    const dx_input_options *options, dx_arena *arena, dx_article *out, dx_error *err);

#endif
