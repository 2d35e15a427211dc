/* members.h -- which members of a JSON object are which field of an article.
 *
 * Exports put an article into envelopes and its facts into boxes:
 *
 *     {"_id": "7", "_source": {"title": …, "content": …}}       an envelope: opened
 *     {"noi_dung": …, "thuoc_tinh": {"so_ky_hieu": …}}          a box: what is in it
 *     {…, "thuoc_tinh": [{"ten": "Số ký hiệu", "gia_tri": …}]}  counts where the
 *                                                               article has nothing
 *
 * A box that is a thing of its own, with a name and an address, as an author or
 * another article is, lends nothing. */
#ifndef DX_INDEXER_INPUT_JSON_MEMBERS_H
#define DX_INDEXER_INPUT_JSON_MEMBERS_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/field/field.h"
#include "indexer/input/field_map.h"
#include "indexer/input/json/tree.h"

/* Names that the user maps to a field come before those of the table. */
#define DX_JSON_MAPPED_NAMES 24u
#define DX_JSON_NAMES (DX_JSON_MAPPED_NAMES + DX_FIELD_INPUT_NAMES)

typedef struct dx_json_members {
    const dx_json_value *object; /* without its envelope */
    const dx_json_value *named[DX_FIELDS][DX_JSON_NAMES];
    uint64_t have[DX_FIELDS]; /* which of these are set: bits */
} dx_json_members;

/** Finds the members of `object`, and what envelopes and boxes in it have. New values
 *  are in `arena`. Of members with the same key the last one counts. Fails with
 *  NOMEM. */
DX_NODISCARD dx_status dx_json_find_members(const dx_json_value *object,
    const dx_field_map *map, dx_arena *arena, dx_json_members *out, dx_error *err);

/** The field that a member's key names, by the map or the table; *which is its place
 *  in `named`. DX_FIELDS for none. */
dx_field dx_json_field_of(const dx_field_map *map, dx_str key, unsigned *which);

/** Whether the place `which` in `named` is that of a name of the title that says only
 *  that something has a name. */
bool dx_json_is_weak_title(unsigned which);

#endif
