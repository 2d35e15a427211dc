/* publish.h -- making a run's work the index's next generation. */
#ifndef DX_INDEXER_INVERT_PUBLISH_H
#define DX_INDEXER_INVERT_PUBLISH_H

#include "common/base/status.h"
#include "common/index/segment/manifest.h"
#include "common/index/store/store.h"
#include "indexer/run/files.h"
#include "indexer/invert/indexed.h"
#include "indexer/run/run.h"

/** Kills, among all segments before number `first_new`, the documents whose id
 *  is in a later segment too; and among the new ones likewise. `*replaced`
 *  counts those killed in new segments. */
void dx_supersede(dx_indexed *k, size_t first_new, uint64_t *replaced);

/** Kills the documents of the first `old_count` segments whose file is gone, or
 *  was read and did not have them any more; each is reported as REMOVED. */
DX_NODISCARD dx_status dx_remove_lost(dx_indexed *k, size_t old_count,
    const dx_files *files, const dx_run_options *options, dx_run_totals *totals,
    dx_error *err);

/** Puts manifest and deletions and commits, all at once. `known` has the
 *  segments of the manifest in the same order; segments without a live
 *  document are dropped, and their data deleted. `files` may be NULL. */
DX_NODISCARD dx_status dx_publish(dx_writer *store, dx_manifest *m,
    const dx_indexed *known, const dx_files *files, dx_error *err);

/** Deletes the data of segments that the manifest does not name: left by a run
 *  that was killed. Commits. */
DX_NODISCARD dx_status dx_sweep(dx_writer *store, const dx_manifest *m,
    dx_error *err);

/** Deletes all records of one segment, uncommitted. */
DX_NODISCARD dx_status dx_drop_segment(dx_writer *store, uint32_t id,
    dx_error *err);

#endif
