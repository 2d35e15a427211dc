/* json_flat.h -- the JSON that nearly all exports have, read at once: an object
 * with strings in it and nothing else. */
#ifndef DX_INPUT_JSON_FLAT_H
#define DX_INPUT_JSON_FLAT_H

#include "indexer/input/json_tree.h"

/** Reads well-formed UTF-8 text like {"a": "x", "b": "y"}. *out is NULL, and the
 *  text a real parser's, when it has any other value, an escape by number, or a
 *  fault; a parser would make the same tree of it else. Fails with NOMEM. */
DX_NODISCARD dx_status dx_json_flat(dx_str text, dx_arena *arena,
    const dx_json_value **out);

#endif
