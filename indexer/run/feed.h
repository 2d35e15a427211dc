/* feed.h -- from the paths that the user gave to jobs for the pipeline.
 *
 * Here the thread that runs walks folders, looks files up in the table of files, and
 * cuts streams into blocks (indexer/input/source.h, stream.h). */
#ifndef DX_INDEXER_RUN_FEED_H
#define DX_INDEXER_RUN_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "indexer/run/files/files.h"
#include "indexer/run/submit.h"

/** Reads `paths` (files, folders, "-" for standard input) and returns when the
 *  intake has taken in all that was in them, or flush has. What cannot be read
 *  is told as an event. Fails with INTERRUPTED, NOMEM, IO, or as flush does. */
DX_NODISCARD dx_status dx_feed_paths(const dx_submitter *s,
    const char *const *paths, size_t count, dx_error *err);

/** Reads blocks again, by numbers that ascend, as they are in the table of the
 *  intake, `files`. Those that are not as they were are passed over, and *all_same
 *  is false. Fails likewise. */
DX_NODISCARD dx_status dx_feed_again(const dx_submitter *s, dx_files *files,
    const uint32_t *numbers, size_t count, bool *all_same, dx_error *err);

/** Reads pages, by numbers of their blocks that ascend, as news: told what is noted of
 *  them in `files`. Fails likewise. */
DX_NODISCARD dx_status dx_feed_told(const dx_submitter *s, dx_files *files,
    const uint32_t *numbers, size_t count, dx_error *err);

/** Whether a path means standard input. */
bool dx_feed_is_stdin(const char *path);

#endif
