/* renames.h -- which provinces and ministries became which, and when.
 *
 * A relation has a direction and a date: what was said of Bắc Giang before
 * 2025-07-01 does not hold for all of today's Bắc Ninh, nor the other way
 * round. So nothing is ever rewritten; a search may offer the other name. */
#ifndef DX_NAMES_RENAMES_H
#define DX_NAMES_RENAMES_H

#include <stddef.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/text/analyzer.h"

typedef enum dx_rename_kind {
    DX_RENAME_PROVINCE,
    DX_RENAME_MINISTRY
} dx_rename_kind;

typedef struct dx_rename {
    dx_rename_kind kind;
    const char *before, *after; /* names in provinces.h or agencies.h */
    const char *date;           /* in force from: ISO 8601 */
    const char *basis;          /* the document that says so */
} dx_rename;

extern const dx_rename dx_renames[];
extern const size_t dx_renames_count;

/** The labels of articles about the province that `folded` names (as in
 *  dx_province_find()): its own and those of the provinces merged into it; none
 *  when `folded` is no province. Fails with NOMEM. */
#define DX_PROVINCE_LABELS_MAX 8u
DX_NODISCARD dx_status dx_province_labels(dx_analyzer *a, dx_str folded,
    const char *labels[DX_PROVINCE_LABELS_MAX], size_t *count);

/** The same for an index in dx_provinces, as indexes. */
void dx_province_with_former(size_t province,
    size_t labels[DX_PROVINCE_LABELS_MAX], size_t *count);

/* Each name in dx_renames once, with what the analyzer makes of it and of its
 * aliases. "" has those that begin like a name but are something else. */
typedef struct dx_changed_name {
    const char *name;
    const char *folded; /* separated by '|'; the name itself first */
} dx_changed_name;

extern const dx_changed_name dx_changed_names[];
extern const size_t dx_changed_names_count;

#endif
