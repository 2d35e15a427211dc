/* prose.h -- the text of a JSON value that is not one string.
 *
 *     {"chapters": [{"title": "Chương I", "articles": [{"heading": …, "body": …}]}]}
 *     {"blocks": [{"type": "paragraph", "data": {"text": …}}]}
 *
 * are texts in parts: headings and paragraphs in the order in which they stand. What
 * else is in there (types, addresses, styles) is known by its keys, and by being one
 * word. */
#ifndef DX_INDEXER_INPUT_JSON_PROSE_H
#define DX_INDEXER_INPUT_JSON_PROSE_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/json/tree.h"

/** The paragraphs of `value`, a line each, in `arena`; HTML in them is read (fragment.h).
 *  Empty when there are none. Fails with NOMEM or LIMIT. */
DX_NODISCARD dx_status dx_json_prose(const dx_json_value *value, dx_arena *arena,
    dx_str *out, dx_error *err);

/** Whether a member whose key says nothing is text for the most part: most bytes of its
 *  strings are in long ones. Not of what belongs to other articles: related ones,
 *  comments. */
bool dx_json_is_prose(const dx_json_value *member);

#endif
