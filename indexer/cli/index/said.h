/* said.h -- what was said of earlier runs of --watch. */
#ifndef DX_INDEXER_CLI_INDEX_SAID_H
#define DX_INDEXER_CLI_INDEX_SAID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What was said of earlier runs and is no news any more. Start from {0}. */
typedef struct dx_said {
    uint64_t skips[1024]; /* hashes of what was skipped, and why; the oldest go */
    size_t count;         /* ever */
    size_t runs;
    bool is_waiting; /* for another indexer: that is told once */
    uint64_t kept;        /* articles that were too many to be removed */
} dx_said;

#endif
