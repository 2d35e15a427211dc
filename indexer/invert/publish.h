/* publish.h -- making what was written the index's next generation. */
#ifndef DX_INDEXER_INVERT_PUBLISH_H
#define DX_INDEXER_INVERT_PUBLISH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/store/writer.h"
#include "indexer/invert/indexed.h"

/** Reads the manifest of an index that is to be written, to be freed with
 *  dx_manifest_free(). A new index gets one of generation 0 before anything else, so
 *  that a store without one is either empty or damaged: what is in it is never taken for
 *  litter. Fails with CORRUPT, VERSION, IO or NOMEM. */
DX_NODISCARD dx_status dx_publish_begin(dx_writer *store, dx_manifest *m,
    dx_error *err);

/** Puts manifest and deletions and commits, with all that was put before:
 *  readers see the whole of it or nothing. `indexed` has the segments of the
 *  manifest in the same order; segments without a live document are dropped,
 *  and their data deleted. Fails with IO or NOMEM, and with CORRUPT when what was read
 *  of them was damaged. */
DX_NODISCARD dx_status dx_publish(dx_writer *store, dx_manifest *m,
    const dx_indexed *indexed, dx_error *err);

/** Puts `merged` in place of the manifest's segments from number `from` to
 *  before `end` (there is one at least) and commits; deletes their data with that, or
 *  after it if there is much. Fails with IO or NOMEM. */
DX_NODISCARD dx_status dx_publish_merged(dx_writer *store, dx_manifest *m,
    size_t from, size_t end, const dx_segment_entry *merged, dx_error *err);

/** Puts the manifest of an index that had none, which names what features it needs,
 *  and commits. Fails with IO or NOMEM. */
DX_NODISCARD dx_status dx_publish_new(dx_writer *store, dx_manifest *m,
    dx_error *err);

/** Deletes the data of segments that the manifest does not name: left by a run
 *  that was killed. Commits. Fails with IO or NOMEM. */
DX_NODISCARD dx_status dx_publish_sweep(dx_writer *store, const dx_manifest *m,
    dx_error *err);

/** Whether the index at the path `index` is of another generation than `before`: whether
 *  anything was published since. False when it cannot be read. */
bool dx_published_since(const char *index, uint64_t before);

#endif
