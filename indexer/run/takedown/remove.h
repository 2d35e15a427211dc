/* remove.h -- takes articles of an index down, and lets them come back.
 *
 * What is taken down is not found from then on, and later runs leave it out, under
 * whatever name it comes (takedowns.h). Its text stays in the file until segments are
 * merged: dx_remove_options.optimize, or a run that optimizes. */
#ifndef DX_INDEXER_RUN_TAKEDOWN_REMOVE_H
#define DX_INDEXER_RUN_TAKEDOWN_REMOVE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"

typedef struct dx_removed { /* borrowed for the call that tells of it */
    dx_str id, title;
    int32_t date; /* days since 1970-01-01, or DX_DATE_UNKNOWN */
} dx_removed;

typedef struct dx_remove_options { /* all borrowed */
    const char *index;
    const char *const *ids; /* as they are shown */
    size_t id_count;
    const char *const *urls; /* all articles of each go */
    size_t url_count;
    const char *reason;  /* kept with each; "" for none */
    bool remove_many;    /* more than a fifth of the index, and more than 20 */
    bool dry_run;        /* change nothing */
    bool optimize;       /* so that the text is gone from the file, too */
    size_t memory_bytes; /* for that */
    unsigned threads;
    const atomic_bool *stop; /* may be NULL */
    void *ctx;
    /* Tells of each article that goes or would. */
    void (*on_article)(void *ctx, const dx_removed *article);
    /* What names none. `is_taken_down`: it did. */
    void (*on_missing)(void *ctx, const char *name, bool is_taken_down);
} dx_remove_options;

typedef struct dx_remove_totals {
    uint64_t removed, missing;
    uint64_t articles; /* in the index before */
    bool is_published; /* of one that failed: what it did is in the index, only segments
                          were not merged to the end */
    bool are_many;     /* too many without remove_many: nothing was done */
} dx_remove_totals;

/** Takes articles down, and publishes that. Fails with NOINDEX, BUSY (another indexer is
 *  at work), IO, CORRUPT, VERSION, NOMEM; INTERRUPTED while it optimizes, when the
 *  articles are down. */
DX_NODISCARD dx_status dx_remove(const dx_remove_options *options,
    dx_remove_totals *totals, dx_error *err);

typedef struct dx_undo_remove_options {
    const char *index; /* all borrowed */
    const char *const *ids; /* as they are listed */
    size_t id_count;
    void *ctx;
    /* Tells of each that may come back. `is_kept`: a file has it, which the next run
     * over that reads again. */
    void (*on_article)(void *ctx, const char *id, bool is_kept);
    void (*on_missing)(void *ctx, const char *id);
} dx_undo_remove_options;

/** Lets articles come back: they are not in the list any more. Fails like it. */
DX_NODISCARD dx_status dx_undo_remove(const dx_undo_remove_options *options,
    dx_error *err);

#endif
