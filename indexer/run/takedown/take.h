/* take.h -- takes articles down: they go, and are remembered (takedowns.h). */
#ifndef DX_INDEXER_RUN_TAKEDOWN_TAKE_H
#define DX_INDEXER_RUN_TAKEDOWN_TAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/store/snapshot.h"
#include "indexer/invert/indexed.h"
#include "indexer/run/files/borrowed.h"
#include "indexer/run/files/files.h"
#include "indexer/run/takedown/takedowns.h"

typedef struct dx_doc_list {
    dx_indexed_doc *items; /* owned */
    size_t count, cap;
} dx_doc_list;

/** Fails with NOMEM. */
DX_NODISCARD dx_status dx_doc_list_add(dx_doc_list *l, dx_indexed_doc d);

typedef struct dx_takedown_order { /* all borrowed */
    dx_indexed *indexed;
    const dx_files *files;       /* by which … */
    const dx_borrowed *borrowed; /* … it is known which blocks have an article */
    dx_snapshot *snapshot;       /* may be NULL */
    const char *reason;          /* or "" */
    int64_t time_s;              /* now */
    bool only; /* others of their ids stay */
    void *ctx;
    /* Tells of each article that goes, before it does; may be NULL. */
    dx_status (*each)(void *ctx, dx_indexed_doc doc);
} dx_takedown_order;

/** Kills these documents, which are live and different, and adds them. Reads the stored
 *  fields of all articles, to see whose addresses are theirs alone. Fails with CORRUPT,
 *  NOMEM or IO. */
DX_NODISCARD dx_status dx_takedowns_take(dx_takedowns *t,
    const dx_takedown_order *o, const dx_indexed_doc *docs, size_t count,
    dx_error *err);

/** Does the same with all that was asked for; an id that no article has is remembered
 *  all the same. */
DX_NODISCARD dx_status dx_takedowns_take_asked(dx_takedowns *t,
    const dx_takedown_order *o, dx_error *err);

#endif
