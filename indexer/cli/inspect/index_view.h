/* index_view.h -- an index opened to be looked into. */
#ifndef DX_INDEXER_CLI_INSPECT_INDEX_VIEW_H
#define DX_INDEXER_CLI_INSPECT_INDEX_VIEW_H

#include "common/index/segment/generation.h"
#include "common/index/store/snapshot.h"

typedef struct dx_index_view {
    const char *dir; /* borrowed */
    dx_snapshot *snapshot;
    dx_generation generation;
} dx_index_view;

/** Opens the newest generation. After a failure: prints why and returns an
 *  exit status, else -1. */
int dx_index_view_open(const char *dir, dx_index_view *out);
/** Closes it and returns `status`; or prints what was found to be damaged and returns
 *  another one. */
int dx_index_view_close(dx_index_view *view, int status);

#endif
