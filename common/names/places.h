/* places.h -- the provinces of Viet Nam: the 63 until 2025 and the 34 since.
 *
 * A province is named as people write it, without "tỉnh" or "thành phố", which
 * change with its rank. The exception is "TP. Hồ Chí Minh": without it, that is
 * a person. Old news keeps the old names, so one table has both: a name that
 * lived on with more land is one entry. renames.h says what became of the
 * others.
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
#define DX_PLACES_COUNT 64u   /* Huế was part of Thừa Thiên Huế */
#define DX_PLACE_NONE SIZE_MAX

typedef struct dx_place {
    const char *name;    /* as shown and indexed */
    const char *aliases; /* other spellings, separated by '|', or "". One after
                            '+' counts only after "thành phố" or "tỉnh" */
    bool old, current;   /* of the 63, of the 34 */
    bool is_word;        /* also a common word: hòa bình, peace */
} dx_place;

extern const dx_place dx_places[DX_PLACES_COUNT];

/** Names that begin like a province but are something else, like Thái Bình
 *  Dương, the Pacific. NULL-terminated. */
extern const char *const dx_places_not[];

/** Which place `folded` names, or DX_PLACE_NONE. `folded` is the folded terms
 *  of a name or alias with a blank between them, with or without "tinh", "thanh
 *  pho" or "tp" in front. Takes some 20 us. Fails with NOMEM. */
DX_NODISCARD dx_status dx_place_find(dx_analyzer *a, dx_str folded,
    size_t *place);

#endif
