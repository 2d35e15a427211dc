/* nearest.h -- which name was meant by a mistyped one.
 *
 *     dx_nearest best = DX_NEAREST_INIT;
 *     for each known name: dx_nearest_consider(&best, typed, name);
 *     if (best.name) … did you mean best.name? */
#ifndef DX_CLI_NEAREST_H
#define DX_CLI_NEAREST_H

#include <limits.h>

typedef struct dx_nearest {
    const char *name; /* borrowed; NULL while none was near enough */
    unsigned edits;   /* that make it of what was typed */
} dx_nearest;

#define DX_NEAREST_INIT {0, UINT_MAX}

/** Takes `name` if it is nearer to `typed` than the best before: if it begins
 *  with it, or if at most two letters (one of a short word) have to be put in,
 *  left out, changed or swapped. */
void dx_nearest_consider(dx_nearest *best, const char *typed, const char *name);

#endif
