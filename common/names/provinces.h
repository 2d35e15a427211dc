/* provinces.h -- the provinces of Viet Nam: the 63 until 2025 and the 34 since.
 *
 * A province is named as people write it, without "tỉnh" or "thành phố", which
 * change with its rank. The exception is "TP. Hồ Chí Minh": without it, that is
 * a person. Old news keeps the old names, so one table has both: a name that
 * lived on with more land is one entry. renames.h says what became of the
 * others.
 *
 * Facts: Nghị quyết 202/2025/QH15; Huế: Nghị quyết 175/2024/QH15. */
#ifndef DX_NAMES_PROVINCES_H
#define DX_NAMES_PROVINCES_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/text/analyzer.h"

#define DX_PROVINCES_OLD 63u     /* until 2024 */
#define DX_PROVINCES_CURRENT 34u /* since 2025-07-01 */
#define DX_PROVINCES_COUNT 64u   /* Huế was part of Thừa Thiên Huế */
#define DX_PROVINCE_NONE SIZE_MAX

typedef struct dx_province {
    const char *name;    /* as shown and indexed */
    const char *aliases; /* other spellings, separated by '|', or "". One after
                            '+' counts only after "thành phố" or "tỉnh" */
    bool old, current;   /* of the 63, of the 34 */
    bool is_word;        /* also a common word: hòa bình, peace */
} dx_province;

extern const dx_province dx_provinces[DX_PROVINCES_COUNT];

/** Names that begin like a province but are something else, like Thái Bình
 *  Dương, the Pacific. NULL-terminated. */
extern const char *const dx_provinces_not[];

/** Which province `folded` names, or DX_PROVINCE_NONE. `folded` is the folded
 *  terms of a name or alias with a blank between them, with or without "tinh",
 *  "thanh pho" or "tp" in front. Takes some 20 us. Fails with NOMEM. */
DX_NODISCARD dx_status dx_province_find(dx_analyzer *a, dx_str folded,
    size_t *province);

#endif
