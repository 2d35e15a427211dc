/* nearest.h -- guesses which name a mistyped one stands for.
 *
 *     dx_nearest best = DX_NEAREST_INIT;
 *     for each known name: dx_nearest_consider(&best, typed, name);
 *     if (best.name) … did you mean best.name? */
#ifndef DX_CLI_NEAREST_H
#define DX_CLI_NEAREST_H

#include <limits.h>

typedef struct dx_nearest {
    const char *name; /* borrowed; NULL while none was near enough */
    unsigned edits;   /* its distance from what was typed */
} dx_nearest;

#define DX_NEAREST_INIT {0, UINT_MAX}

/** Takes `name` if it is nearer to `typed` than the best so far: if it begins
 *  with it, or if inserting, deleting, changing or swapping at most two letters
 *  (one in a short word) makes them equal. */
void dx_nearest_consider(dx_nearest *best, const char *typed, const char *name);

#endif
