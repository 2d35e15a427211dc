/* view.h -- what one index, or several, held at one time: what a search looks at.
 *
 * A view never changes. It lives as long as somebody holds it: the dx_index that
 * it is current for, and every results made of it. So an index may move on to the
 * next view while the hits of a search are still being read, in whatever thread.
 *
 *     dx_index ──▶ view of 10:00 ──▶ snapshots, segments
 *                    ▲
 *     dx_results ────┘
 */
#ifndef DX_SEARCHER_ANSWER_VIEW_H
#define DX_SEARCHER_ANSWER_VIEW_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "common/index/store/snapshot.h"

typedef struct dx_view_index { /* one of the indexes */
    char *path;                /* owned */
    dx_snapshot *snapshot;     /* owned */
    size_t segment_end;        /* its segments end before this one */
} dx_view_index;

typedef struct dx_view {
    atomic_size_t holders;
    dx_generation generation; /* the segments of all indexes, in their order */
    uint32_t index_count;
    dx_view_index indexes[]; /* [index_count] */
} dx_view;

/** Opens what the `count` >= 1 indexes hold now, as one. *out is held once.
 *  Fails as dx_snapshot_open() and dx_generation_add() do, and with NOMEM. */
DX_NODISCARD dx_status dx_view_open(const char *const *paths, uint32_t count,
    dx_view **out, dx_error *err);
/** The same of the indexes of another view. */
DX_NODISCARD dx_status dx_view_reopen(const dx_view *old, dx_view **out,
    dx_error *err);

/** Whether one of the indexes has published since. Thread-safe. */
bool dx_view_is_stale(const dx_view *v);

/** Holds it once more; returns it. Thread-safe, by whoever sees to it that it is
 *  held meanwhile. */
dx_view *dx_view_hold(dx_view *v);
/** Closes it when nobody else holds it. Thread-safe. NULL is a no-op. */
void dx_view_release(dx_view *v);

/** The path, as it was given, of the index that has segment number `segment`. */
const char *dx_view_path(const dx_view *v, size_t segment);

#endif
