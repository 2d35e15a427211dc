/* sharing.h -- threads that help each other with their slices.
 *
 * There are few slices, so left to themselves the threads would not finish
 * together. A slice that has been filled is therefore open to all: a thread
 * with nothing left to do makes the lists of a part of it, in memory of its
 * own. */
#ifndef DX_INDEXER_INVERT_POSTINGS_SHARING_H
#define DX_INDEXER_INVERT_POSTINGS_SHARING_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"

/** Makes, in the thread of `worker`, the lists of numbers [first, end) of the
 *  slice that `owner` has open. The two may be the same. */
typedef dx_status (*dx_sharing_make)(void *ctx, unsigned worker, unsigned owner,
    uint32_t first, uint32_t end);

typedef struct dx_shared_slice {
    uint32_t next, end; /* numbers whose lists nobody makes yet */
    uint32_t part;      /* so many are taken at once */
    unsigned hands;     /* workers that are making parts, perhaps the owner */
} dx_shared_slice;

typedef struct dx_sharing {
    unsigned workers;
    dx_sharing_make make;
    void *ctx;
    dx_shared_slice *open; /* owned: of each worker */
    pthread_mutex_t lock;  /* guards what follows, and what `open` holds */
    pthread_cond_t changed;
    size_t left, pairs_left; /* slices not yet done; the triples count as one
                                until they are planned */
    dx_status status;        /* first failure */
} dx_sharing;

/** `make` will be called with `ctx` for all lists. Fails with NOMEM; there is
 *  then nothing to free. */
DX_NODISCARD dx_status dx_sharing_init(dx_sharing *s, unsigned workers,
    dx_sharing_make make, void *ctx);
void dx_sharing_free(dx_sharing *s);

/** Tells how many slices there are, not counting those of triples, and how many
 *  of them are of pairs. Call it before any worker begins. */
void dx_sharing_planned(dx_sharing *s, size_t slices, size_t pairs);
/** Tells how many slices of triples there are. */
void dx_sharing_triples_planned(dx_sharing *s, size_t triples);

/** Makes the lists of numbers [first, end) of the slice that `worker` has
 *  filled, with whoever helps. When it returns, nobody is using the slice any
 *  more. Fails if any worker has failed. */
DX_NODISCARD dx_status dx_sharing_slice(dx_sharing *s, unsigned worker,
    bool pairs, uint32_t first, uint32_t end);

/** Helps others until all slices, or all of pairs, are done. Call it once all
 *  of them have been begun. Fails if any worker has failed. */
DX_NODISCARD dx_status dx_sharing_help(dx_sharing *s, unsigned worker,
    bool pairs);

/** Tells the others that something else failed and that slices may stay undone,
 *  so that nobody waits for them. */
void dx_sharing_fail(dx_sharing *s, dx_status why);

#endif
