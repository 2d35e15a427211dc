/* feed.h -- from the paths that the user gave to jobs for the pipeline.
 *
 * Here the thread that runs walks folders, looks files up in the table of
 * files, and cuts streams into pieces (indexer/input/source.h). Whenever the
 * workers' results have grown to their share of the memory, it waits for all of
 * them and has a segment made. */
#ifndef DX_INDEXER_RUN_FEED_H
#define DX_INDEXER_RUN_FEED_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/base/status.h"
#include "indexer/run/event.h"
#include "indexer/run/pipeline.h"

typedef struct dx_feed { /* all borrowed */
    dx_pipeline *pipeline;
    dx_progress_sink *progress;
    const atomic_bool *stop; /* may be NULL */
    size_t gathered_bytes;   /* as soon as so much is gathered: a segment */
    /* Makes that segment; called while the pipeline is idle. */
    dx_status (*flush)(void *ctx, dx_error *err);
    void *ctx;
} dx_feed;

/** Reads `paths` (files, folders, "-" for standard input) and returns when the
 *  intake has taken in all that was in them, or flush has. What cannot be read
 *  is told as an event. Fails with INTERRUPTED, NOMEM, IO, or as flush does. */
DX_NODISCARD dx_status dx_feed_paths(const dx_feed *f,
    const char *const *paths, size_t count, dx_error *err);

/** Whether a path means standard input. */
bool dx_feed_is_stdin(const char *path);

#endif
