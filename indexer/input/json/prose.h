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

/** Whether a member that no field has taken is text: it is called chapters or the like,
 *  or most bytes of its strings are in long ones; but not what belongs to other
 *  articles. */
bool dx_json_is_prose(const dx_json_value *member);

/** Whether a key names the parts of a text: chapters, dieu, blocks. */
bool dx_json_is_of_parts(dx_str key);

/** Whether a key names other articles beside one: related, tin_lien_quan, comments. */
bool dx_json_is_of_others(dx_str key);

#endif
