/* ranked.h -- a hit, as ranking gives it. */
#ifndef DX_SEARCHER_MATCH_RANK_RANKED_H
#define DX_SEARCHER_MATCH_RANK_RANKED_H

#include <stdbool.h>
#include <stdint.h>

typedef struct dx_ranked {
    double score;
    uint32_t segment; /* index in the generation */
    uint32_t doc;
    bool partial; /* not everything holds */
    uint32_t similar; /* hits that collapse.h put into this one, … */
    struct dx_ranked *alike; /* … the first of them, whose own `alike` is the
                                next; NULL after the last */
} dx_ranked;

#endif
