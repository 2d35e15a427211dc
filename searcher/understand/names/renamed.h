/* renamed.h -- provinces and ministries in a query that had another name, or were
 * part of another, before 2025 or since: common/names/renames.h.
 *
 *     Bắc Giang    a note: Bắc Ninh, since 2025-07-01
 *     Bắc Ninh     a note: Bắc Giang, likewise
 *
 * They are only offered: what is said of one does not hold for the other. */
#ifndef DX_SEARCHER_UNDERSTAND_NAMES_RENAMED_H
#define DX_SEARCHER_UNDERSTAND_NAMES_RENAMED_H

#include <stdint.h>

#include "common/base/status.h"
#include "searcher/understand/names/finder.h"

#define DX_RENAMED_MAX 8u /* found in a query; those after are ignored */

typedef struct dx_renamed_name {
    uint32_t start, end; /* byte range in the query as typed */
    uint32_t changed;    /* in dx_changed_names */
} dx_renamed_name;

typedef struct dx_renamed {
    dx_renamed_name names[DX_RENAMED_MAX];
    uint32_t count;
} dx_renamed;

/** Remembers the names in the row. Fails with NOMEM. */
DX_NODISCARD dx_status dx_renamed_find(dx_finder *f, dx_renamed *renamed);

/** After all rows: adds notes about what these names became or were, as far as
 *  the index has that and the query does not. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_renamed_note(const dx_renamed *renamed, dx_finder *f);

#endif
