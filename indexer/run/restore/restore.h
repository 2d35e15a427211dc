/* restore.h -- puts a backup in the place of an index.
 *
 * Readers of the old file keep it until they close it; whoever opens the index then has the
 * backup, with a generation above that of what it replaces. Killed at any moment, the old
 * index is there or the new one. */
#ifndef DX_INDEXER_RUN_RESTORE_RESTORE_H
#define DX_INDEXER_RUN_RESTORE_RESTORE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"

typedef struct dx_restore_options { /* all borrowed */
    const char *from; /* the backup, a directory that nobody writes */
    const char *to;   /* the index; made when there is none; it may be damaged */
    size_t memory_bytes; /* to merge with, if articles have to be taken down again */
    unsigned threads;
    const atomic_bool *stop; /* may be NULL */
    void *ctx;
    /* Tells of each article that was taken down after the backup was made, and is taken
     * down again. */
    void (*on_article)(void *ctx, const char *id);
} dx_restore_options;

typedef struct dx_restore_totals {
    uint64_t articles;   /* in the index then */
    bool is_published;   /* of one that failed: the backup has taken the index's place */
    bool are_back;       /* then: some of what was taken down since may be in it */
} dx_restore_totals;

/** Restores a backup, which should have been checked. The new file has owner, group, mode
 *  and access list of the old one, else of the backup. Fails with NOINDEX (no backup
 *  there), BUSY (an indexer is at work), INTERRUPTED, IO, CORRUPT, VERSION, NOMEM: the index
 *  is as it was, unless totals->is_published. */
DX_NODISCARD dx_status dx_restore(const dx_restore_options *options,
    dx_restore_totals *totals, dx_error *err);

#endif
