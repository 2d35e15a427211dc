/* renamed.h -- provinces and ministries in a query that had another name, or
 * were another, before 2025 or since: common/names/renames.h.
 *
 *     Bắc Giang    a note: Bắc Ninh, since 2025-07-01
 *     Bắc Ninh     a note: Bắc Giang, likewise
 *
 * Only offered: what is said of the one is not said of the other. */
#ifndef DX_SEARCHER_UNDERSTAND_NAMES_RENAMED_H
#define DX_SEARCHER_UNDERSTAND_NAMES_RENAMED_H

#include "common/base/status.h"
#include "searcher/understand/names/names_internal.h"

/** Remembers the names in the run. Fails with NOMEM. */
DX_NODISCARD dx_status dx_renamed_find(dx_applier *x);

/** After all runs: adds notes about what these names became or were, as far as
 *  the index has that and the query does not. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_renamed_note(dx_applier *x);

#endif
