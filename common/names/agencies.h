/* agencies.h -- the ministries and bodies of equal rank, old and new.
 *
 * They are recognised by full name, or by an abbreviation that means nothing
 * else. The code is what the numbers of their documents end in:
 * 39/2016/TT-NHNN. Those merged in 2025 stay, because old news names them;
 * renames.h says what they became. */
#ifndef DX_NAMES_AGENCIES_H
#define DX_NAMES_AGENCIES_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/text/analyzer.h"

#define DX_AGENCIES_MAX 31u
#define DX_AGENCY_NONE SIZE_MAX

typedef struct dx_agency {
    const char *name;    /* as shown and indexed */
    const char *code;    /* lower case, as in document numbers; "" for none */
    const char *aliases; /* separated by '|', or "". One after '=' counts only in
                            capitals */
    bool current;        /* since 2025-03-01 */
} dx_agency;

extern const dx_agency dx_agencies[];
extern const size_t dx_agencies_count; /* <= DX_AGENCIES_MAX */

/** Which body has this document code ("btttt"), or DX_AGENCY_NONE. */
size_t dx_agency_of_code(dx_str code);

/** Like dx_province_find(), for bodies. */
DX_NODISCARD dx_status dx_agency_find(dx_analyzer *a, dx_str folded,
    size_t *agency);

#endif
