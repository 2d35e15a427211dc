/* collection.h -- what one index, or several, held at one time: what a search
 * looks at.
 *
 * A collection never changes. It lives as long as somebody holds it: the dx_index
 * that it is current for, and all results made of it. So an index may move on to
 * the next collection while the hits of a search are still being read, in whatever
 * thread.
 *
 *     dx_index ──▶ collection of 10:00 ──▶ snapshots, segments
 *                    ▲
 *     dx_results ────┘
 */
#ifndef DX_SEARCHER_ANSWER_OPEN_COLLECTION_H
#define DX_SEARCHER_ANSWER_OPEN_COLLECTION_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "common/index/store/snapshot.h"

typedef struct dx_collection_index { /* one of the indexes */
    char *path;                      /* owned */
    dx_snapshot *snapshot;           /* owned */
    size_t segment_end;              /* its segments end before this one */
} dx_collection_index;

typedef struct dx_collection {
    atomic_size_t holders;
    dx_generation generation; /* the segments of all indexes, in their order */
    uint32_t index_count;
    dx_collection_index indexes[]; /* [index_count] */
} dx_collection;

/** Opens what the `count` >= 1 indexes hold now, as one. *out is held once.
 *  Fails as dx_snapshot_open() and dx_generation_add() do, and with NOMEM. */
DX_NODISCARD dx_status dx_collection_open(const char *const *paths,
    uint32_t count, dx_collection **out, dx_error *err);
/** The same of the indexes of another collection. */
DX_NODISCARD dx_status dx_collection_reopen(const dx_collection *old,
    dx_collection **out, dx_error *err);

/** Whether one of the indexes has published since. Thread-safe. */
bool dx_collection_is_stale(const dx_collection *c);

/** Holds it once more; returns it. Thread-safe, by whoever sees to it that it is
 *  held meanwhile. */
dx_collection *dx_collection_hold(dx_collection *c);
/** Closes it when nobody else holds it. Thread-safe. NULL is a no-op. */
void dx_collection_release(dx_collection *c);

/** `rc`, or CORRUPT when damage was noted of anything that was read of the collection so
 *  far: says which index and what to do. Whatever was made of what was read then may be
 *  wrong, and `rc` too. Thread-safe. */
DX_NODISCARD dx_status dx_collection_settle(const dx_collection *c, dx_status rc,
    dx_error *err);

/** The path, as it was given, of the index that has segment number `segment`. */
const char *dx_collection_path(const dx_collection *c, size_t segment);

#endif
