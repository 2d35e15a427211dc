/* parts.h -- a document in parts as articles of their own: --split articles.
 *
 *     {"id": "46/2019/QH14", "sourceUrl": U, "chapters": [{"title": "Chương I", "articles": [
 *         {"id": "a1", "number": "Điều 1", "heading": "Phạm vi", "body": …}]}]}
 *
 * gives {"title": "Điều 1. Phạm vi – 46/2019/QH14", "body": …, "id": "46/2019/QH14#a1",
 * "sourceUrl": U}: what the document says of itself holds for each part. */
#ifndef DX_INDEXER_INPUT_JSON_PARTS_H
#define DX_INDEXER_INPUT_JSON_PARTS_H

#include <stdint.h>

#include "common/base/status.h"
#include "indexer/input/source.h"

/** Hands each part of the document `object` (JSON text) that has a text to `each`, in
 *  order, numbered on from *number; or the object itself, when it has a text, or no part
 *  does. Fails with what `each` returned, NOMEM, or LIMIT. */
DX_NODISCARD dx_status dx_json_each_part(dx_str object,
    const dx_input_options *options, uint64_t *number, dx_record_each each,
    void *ctx, dx_error *err);

#endif
