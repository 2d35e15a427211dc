/* changes.h -- waits until something under the given paths may have changed.
 *
 * By inotify, which tells at once; where the kernel has none or no watches left, and on
 * file systems of other machines, which tell nothing, by the clock. What has changed is
 * not told: a run finds out by stamps. inotify(7). */
#ifndef DX_INDEXER_CLI_INDEX_CHANGES_H
#define DX_INDEXER_CLI_INDEX_CHANGES_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/base/status.h"

#define DX_CHANGES_QUIET_MS 700u  /* without a change, then what was written is whole … */
#define DX_CHANGES_BUSY_MS 5000u  /* … or so long after the first one, at the latest */
#define DX_CHANGES_POLL_MS 5000u  /* between looks, without inotify */
#define DX_CHANGES_SURE_MS 300000u /* between looks, with it */

typedef struct dx_changes dx_changes;

typedef struct dx_changes_options { /* all borrowed while they are watched */
    const char *const *paths; /* files and folders; those not there are watched for */
    size_t count;
    /* What a run itself writes is no change: */
    const char *index;  /* a folder */
    const char *report; /* a file, or NULL */
    bool poll;          /* by the clock only */
} dx_changes_options;

/** Begins to watch, before a first run looks at the paths. Close *out with
 *  dx_changes_close(). Fails with NOMEM. */
DX_NODISCARD dx_status dx_changes_open(const dx_changes_options *options,
    dx_changes **out, dx_error *err);

/** Whether inotify tells of all folders. */
bool dx_changes_are_told(const dx_changes *c);

/** Returns when something may have changed and `pause_ms` are over, or as soon as
 *  `stop` is set. Fails with NOMEM. */
DX_NODISCARD dx_status dx_changes_wait(dx_changes *c, unsigned pause_ms,
    const atomic_bool *stop, dx_error *err);

/** Returns when `ms` are over, or as soon as `stop` is set. */
void dx_changes_pause(unsigned ms, const atomic_bool *stop);

void dx_changes_close(dx_changes *c); /* NULL is a no-op */

#endif
