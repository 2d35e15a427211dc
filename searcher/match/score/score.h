/* score.h -- what a document of one segment scores, and what it can at most. */
#ifndef DX_SEARCHER_MATCH_SCORE_SCORE_H
#define DX_SEARCHER_MATCH_SCORE_SCORE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/codec/cursor.h"
#include "searcher/match/evaluate/bitset.h"
#include "searcher/match/evaluate/bounds.h"
#include "searcher/match/evaluate/cursor_pool.h"
#include "searcher/match/score/plan.h"
#include "searcher/match/score/weights.h"

typedef struct dx_scored_list { /* a summand in this segment */
    uint32_t summand;          /* index in the plan's */
    dx_weight weight;
    dx_cursor *exact, *folded; /* NULL where that list does not count */
    dx_cursor *unless;         /* in its documents nothing does; or NULL */
} dx_scored_list;

typedef struct dx_scorer {
    dx_scored_list *lists;
    uint32_t count;
    /* Of the window that was ordered last: */
    struct dx_ordered_list *order; /* the lists by falling bound, … */
    double most;                   /* … what they can add together, … */
    bool expanded;                 /* … and whether the bits of all are there */
    struct dx_gain *gains; /* room for two a list */
    const dx_segment *segment;
    const uint8_t *lengths; /* of the window that was gone to last */
    double average_length, segment_average;
} dx_scorer;

/** Prepares a plan that was weighed on the pool's segment. Cursors come from `pool`,
 *  shared with the matcher, whose arena all memory is taken from. Not thread-safe.
 *  Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_scorer_init(dx_scorer *s, const dx_plan *plan,
    dx_cursor_pool *pool);

/** What no document of `window` exceeds. Loads nothing. */
double dx_scorer_window_bound(dx_scorer *s, uint32_t window);

/** Asks memory for the lists' data of a window that is to come. */
void dx_scorer_prefetch(const dx_scorer *s, uint32_t window);

/** Goes to `window`, which all calls below are about; expands its lists if many
 *  of its documents are to be looked at. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_scorer_seek(dx_scorer *s, uint32_t window, bool many);

/** Puts into `set` all documents that can reach `threshold` in `window`, and
 *  others that need a look at more lists to be told from them: those with most
 *  to give are loaded until at most `few` are left (MaxScore: Turtle & Flood,
 *  IP&M 1995), or all. *scored: each of them is in some list; else that is not
 *  known, and they are all documents. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_scorer_candidates(dx_scorer *s, uint32_t window,
    double threshold, uint32_t few, dx_bitset *set, bool *scored);

/** Drops from `set`, in a window that was expanded and ordered, documents that cannot
 *  reach `threshold` by what the best list would have to give, with all that the others
 *  can. False when that is nothing, or not up to one list, exact or folded, of the
 *  summand: then nothing is dropped. */
bool dx_scorer_sift(dx_scorer *s, uint32_t window, double threshold,
    dx_bitset *set);

/* Upper bounds of the scores of a window's documents, in steps. */
typedef struct dx_window_bounds {
    dx_bounds sums;
    double scale; /* steps per point of score; 0: nothing is known */
} dx_window_bounds;

/** Puts the lists in order for dx_scorer_can_reach(). */
void dx_scorer_order(dx_scorer *s, uint32_t window);

/** Drops documents from `set` that lack a list without which all others together stay
 *  below `threshold`. Goes by the order of lists, and tells nothing unless all of them
 *  were loaded. */
void dx_scorer_keep_needed(const dx_scorer *s, double threshold, dx_bitset *set);

/** After that, in a window that was expanded. */
void dx_scorer_bound(dx_scorer *s, uint32_t window, dx_window_bounds *out);

/** Whether document `d` of an ordered window can reach `threshold`, by looking at its
 *  most promising lists until that is clear. */
bool dx_scorer_can_reach(dx_scorer *s, uint32_t window, uint32_t d,
    double threshold);

/** Drops from `set` documents that cannot reach `threshold`. */
void dx_window_bounds_prune(const dx_window_bounds *b, double threshold,
    dx_bitset *set);

/** Drops from `set` all but the most promising documents, of which at least
 *  `wanted` stay. */
void dx_window_bounds_pick(const dx_window_bounds *b, uint32_t wanted,
    dx_bitset *set);

/** Score of document `d` of the window. `*has`: bit i says that summand i of the plan
 *  adds to it; of the first 64. */
double dx_scorer_score(dx_scorer *s, uint32_t window, uint32_t d, uint64_t *has);

/** What one summand adds to that; `*tf` gets the term frequency, 0 where it
 *  adds nothing, and *by_exact which list it was. */
double dx_scorer_part(dx_scorer *s, uint32_t i, uint32_t window, uint32_t d,
    uint32_t *tf, bool *by_exact);

#endif
