/* slip.h -- a query with a slip of the finger put right, judged by which words stand
 * beside one another in the index, as they are spelt.
 *
 *     bac gang           ->  bac giang
 *     chuyrn đổi số      ->  chuyển đổi số
 *     bảo hiểm xả hội    ->  bảo hiểm xã hội */
#ifndef DX_SEARCHER_UNDERSTAND_TYPOS_SLIP_H
#define DX_SEARCHER_UNDERSTAND_TYPOS_SLIP_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/query/query.h"

typedef struct dx_slip {
    dx_str meant;  /* {NULL, 0}: there is none to be seen */
    uint32_t word; /* of the query */
    double odds;   /* natural logarithm: this against all else that is likely */
    bool sure;     /* what was meant may be searched for without asking */
    uint32_t doubted; /* how many words are seldom found as they were typed */
} dx_slip;

/** The likeliest slip of a plain query: one edit in one word, a letter more, less,
 *  another, two exchanged, or another mark. What was meant is an exact term, in
 *  `arena`; in a query without marks one without. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_slip_find(const dx_generation *g, const dx_query *q,
    dx_arena *arena, dx_slip *out);

#endif
