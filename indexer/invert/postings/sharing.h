/* sharing.h -- threads that help each other with their slices.
 *
 * Slices are few, so threads would not end together. A slice that is filled is
 * therefore open to others: who has nothing left to do makes lists of a part of
 * it, in memory of his own. */
#ifndef DX_INDEXER_INVERT_POSTINGS_SHARING_H
#define DX_INDEXER_INVERT_POSTINGS_SHARING_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"

/** Makes, as `worker`, the lists of numbers [first, end) of what `owner` has
 *  open. The two may be the same. */
typedef dx_status (*dx_sharing_make)(void *ctx, unsigned worker, unsigned owner,
    uint32_t first, uint32_t end);

typedef struct dx_shared_slice {
    uint32_t next, end; /* numbers whose lists nobody makes yet */
    uint32_t part;      /* so many are taken at once */
    unsigned hands;     /* at work on parts; the owner's own are among them */
} dx_shared_slice;

typedef struct dx_sharing {
    unsigned workers;
    dx_sharing_make make;
    void *ctx;
    dx_shared_slice *open; /* owned: of each worker */
    pthread_mutex_t lock;  /* guards what follows, and what `open` holds */
    pthread_cond_t changed;
    size_t left, pairs_left; /* slices not yet done; until they are planned, the
                                triples are one */
    dx_status status;        /* first failure */
} dx_sharing;

/** `make`, with `ctx`, will make all lists. Fails with NOMEM; nothing is then to
 *  be freed. */
DX_NODISCARD dx_status dx_sharing_init(dx_sharing *s, unsigned workers,
    dx_sharing_make make, void *ctx);
void dx_sharing_free(dx_sharing *s);

/** There are so many slices beside those of triples, `pairs` of them of pairs.
 *  To be called before any worker begins. */
void dx_sharing_planned(dx_sharing *s, size_t slices, size_t pairs);
/** There are so many slices of triples. */
void dx_sharing_triples_planned(dx_sharing *s, size_t triples);

/** Makes the lists of numbers [first, end) of the slice that `worker` has
 *  filled, with whoever helps. When it returns nobody looks at the slice any
 *  more. Fails when anybody has. */
DX_NODISCARD dx_status dx_sharing_slice(dx_sharing *s, unsigned worker,
    bool pairs, uint32_t first, uint32_t end);

/** Helps others with their slices until all slices, or all of pairs, are done.
 *  Call when each of these has been begun. Fails when anybody has. */
DX_NODISCARD dx_status dx_sharing_help(dx_sharing *s, unsigned worker,
    bool pairs);

/** To be called when something else failed and slices may stay undone: nobody
 *  waits for them any more. */
void dx_sharing_fail(dx_sharing *s, dx_status why);

#endif
