/* made_segments.h -- the segments that a run has made and not yet published. */
#ifndef DX_INDEXER_RUN_MADE_SEGMENTS_H
#define DX_INDEXER_RUN_MADE_SEGMENTS_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/store/snapshot.h"
#include "common/index/store/writer.h"
#include "indexer/gather/gathered.h"
#include "indexer/invert/indexed.h"
#include "indexer/invert/invert.h"

struct dx_made_segment; /* its entry for the manifest, and what is dead in it */

typedef struct dx_made_segments { /* start from {0} */
    struct dx_made_segment *items; /* owned */
    size_t count, cap;
    dx_snapshot *snapshot; /* owned; once they are open */
} dx_made_segments;

/** Closes them: nothing may use what dx_made_segments_open() gave. */
void dx_made_segments_free(dx_made_segments *m);

/** Makes segment `id` of what is gathered, which is empty and ready for more
 *  documents afterwards, or can only be freed if this fails. Fails as
 *  dx_invert() does. */
DX_NODISCARD dx_status dx_made_segments_add(dx_made_segments *m,
    dx_gathered *gathered, dx_writer *store, uint32_t id,
    const dx_invert_options *options, dx_error *err);

/** Opens what was made and committed in the store of folder `index`, and adds
 *  it to the manifest and to the indexed segments. Fails with IO, CORRUPT or
 *  NOMEM. */
DX_NODISCARD dx_status dx_made_segments_open(dx_made_segments *m,
    const char *index, dx_manifest *manifest, dx_indexed *indexed,
    dx_error *err);

#endif
