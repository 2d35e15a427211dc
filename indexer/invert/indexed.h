/* indexed.h -- what the index held when the run began, and what becomes of it.
 *
 * Workers ask it whether an article is new, changed or unchanged. Segments made
 * during the run are added once they are finished, so that of an id that comes
 * twice, far apart, only the last article stays. */
#ifndef DX_INDEXER_INVERT_INDEXED_H
#define DX_INDEXER_INVERT_INDEXED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/index/segment/segment.h"

typedef struct dx_indexed_doc {
    uint32_t segment, doc; /* segment DX_ID_NONE: there is none */
} dx_indexed_doc;

typedef struct dx_indexed_segment {
    const dx_segment *segment; /* borrowed */
    uint64_t *dead;            /* owned: deleted before or by this run */
    uint64_t *seen;            /* owned: met again in this run */
    uint32_t dead_count;
} dx_indexed_segment;

typedef struct dx_indexed {
    dx_indexed_segment *segments; /* owned; oldest first */
    size_t count, cap;
} dx_indexed;

void dx_indexed_free(dx_indexed *ix);

/** Adds a segment, newer than all before, which must outlive this. `dead` (may
 *  be NULL) are documents that count as deleted, besides those that the segment
 *  says are. Fails with NOMEM. */
DX_NODISCARD dx_status dx_indexed_add(dx_indexed *ix, const dx_segment *s,
    const uint64_t *dead);

/** The live document with this id in the first `count` segments. Thread-safe
 *  while nothing is changed. */
dx_indexed_doc dx_indexed_find(const dx_indexed *ix, dx_hash128 id,
    size_t count);

/** Whether the content of a document has this hash. */
bool dx_indexed_has_content(const dx_indexed *ix, dx_indexed_doc d,
    uint64_t content);

void dx_indexed_mark_seen(dx_indexed *ix, dx_indexed_doc d);
bool dx_indexed_is_seen(const dx_indexed *ix, dx_indexed_doc d);
bool dx_indexed_is_dead(const dx_indexed *ix, dx_indexed_doc d);
void dx_indexed_kill(dx_indexed *ix, dx_indexed_doc d);

/** Kills each document whose id is also in a later segment that is new: of
 *  number `first_new` or above. Adds to `*replaced` those killed in new
 *  ones. */
void dx_indexed_supersede(dx_indexed *ix, size_t first_new, uint64_t *replaced);

#endif
