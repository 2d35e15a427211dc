/* ranked.h -- a hit, as ranking gives it. */
#ifndef DX_SEARCHER_MATCH_RANK_RANKED_H
#define DX_SEARCHER_MATCH_RANK_RANKED_H

#include <stdbool.h>
#include <stdint.h>

/* Where in a document the passage lies that was found best (passage.h). */
typedef struct dx_passage_place {
    uint8_t field;        /* dx_field */
    uint32_t first, end;  /* positions, from its first mention up to its last one;
                             empty: none was looked for, or there is none */
} dx_passage_place;

typedef struct dx_ranked {
    double score;
    uint32_t segment; /* index in the generation */
    uint32_t doc;
    uint64_t has; /* summands that add to its score: see dx_scorer_score() */
    bool partial; /* not everything holds */
    bool loose;   /* everything, but not to the letter (scopes.h) */
    bool pinned; /* first because an editor says so (pinned.h) */
    dx_passage_place passage;
    uint32_t similar; /* hits that collapse.h put into this one, … */
    struct dx_ranked *alike; /* … the first of them, whose own `alike` is the
                                next; NULL after the last */
} dx_ranked;

#endif
