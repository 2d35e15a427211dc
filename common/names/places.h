/* places.h -- the provinces of Viet Nam: the 63 until 2025 and the 34 since.
 *
 * A province is named as people write it, without "tỉnh" or "thành phố", whose
 * use changes with its rank; but "TP. Hồ Chí Minh", since without it that is a
 * man. Old news keeps the old names, so both lists are one: where a name went
 * on with more land, it is one entry. What became of the others: renames.h.
 *
 * Facts: Nghị quyết 202/2025/QH15; Huế: Nghị quyết 175/2024/QH15. */
#ifndef DX_NAMES_PLACES_H
#define DX_NAMES_PLACES_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/text/analyzer.h"

#define DX_PLACES_OLD 63u     /* until 2024 */
#define DX_PLACES_CURRENT 34u /* since 2025-07-01 */
#define DX_PLACES_COUNT 64u   /* Huế was a part of Thừa Thiên Huế */
#define DX_PLACE_NONE SIZE_MAX

typedef struct dx_place {
    const char *name;    /* as shown and indexed */
    const char *aliases; /* other spellings, with '|' between, or "". One after
                            '+' counts only after "thành phố" or "tỉnh" */
    bool old, current;   /* of the 63, of the 34 */
    bool is_word;        /* also another word: hòa bình, peace */
} dx_place;

extern const dx_place dx_places[DX_PLACES_COUNT];

/** Capitalised names that begin like a province's but are something else, as
 *  Thái Bình Dương, the Pacific. NULL-terminated. */
extern const char *const dx_places_not[];

/** Which place `folded` names: the folded terms of its name or of an alias,
 *  one blank between, with or without "tinh", "thanh pho" or "tp" before them;
 *  or DX_PLACE_NONE. Some 20 us. Fails with NOMEM. */
DX_NODISCARD dx_status dx_place_find(dx_analyzer *a, dx_str folded,
    size_t *place);

#endif
