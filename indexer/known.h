/* known.h -- what the index held when the run began, and what becomes of it.
 *
 * Workers ask it whether an article is new, changed or as before. Segments made
 * during the run are added when they are finished, so that an id that comes
 * twice, far apart, keeps its last article only. */
#ifndef DX_INDEXER_KNOWN_H
#define DX_INDEXER_KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/index/segment.h"

typedef struct dx_known_doc {
    uint32_t segment, doc; /* segment DX_ID_NONE: there is none */
} dx_known_doc;

typedef struct dx_known_segment {
    const dx_segment *segment; /* borrowed */
    uint64_t *dead;            /* owned: deleted before or by this run */
    uint64_t *seen;            /* owned: met again in this run */
    uint32_t dead_count;
} dx_known_segment;

typedef struct dx_known {
    dx_known_segment *segments; /* owned; oldest first */
    size_t count, cap;
} dx_known;

void dx_known_free(dx_known *k);

/** Adds a segment, newer than all before; `dead` (may be NULL) are its
 *  documents to count as deleted beside dx_segment_deleted(). */
DX_NODISCARD dx_status dx_known_add(dx_known *k, const dx_segment *s,
    const uint64_t *dead);

/** The live document with this id among the first `count` segments. May be
 *  asked by several threads while nothing is changed. */
dx_known_doc dx_known_find(const dx_known *k, dx_hash128 id, size_t count);

/** Whether the content of a document has this hash. */
bool dx_known_has_content(const dx_known *k, dx_known_doc d, uint64_t content);

void dx_known_see(dx_known *k, dx_known_doc d);
bool dx_known_is_seen(const dx_known *k, dx_known_doc d);
bool dx_known_is_dead(const dx_known *k, dx_known_doc d);
void dx_known_kill(dx_known *k, dx_known_doc d);

#endif
