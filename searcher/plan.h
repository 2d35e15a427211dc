/* plan.h -- a query made concrete: what its words are in each segment, and
 * what each part of the score weighs.
 *
 * The score of a document is the sum, in this order, of its summands:
 *
 *   word   a word of the query, wherever in the query it stands. Typed without
 *          marks it counts by its folded list. Typed with marks it counts by
 *          its exact list, and in documents that are not in that one by the
 *          folded list at DX_WEIGHT_FALLBACK: people who type accents mean
 *          them, but headlines are often set without.
 *   pair   two words that directly follow one another in the query, by the
 *          list of documents where they do so too, at DX_WEIGHT_PAIR
 *
 * Document frequencies and lengths are those of the whole index, deleted
 * documents included until they are merged away. */
#ifndef DX_SEARCHER_PLAN_H
#define DX_SEARCHER_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/segment.h"
#include "searcher/query.h"

#define DX_WEIGHT_PAIR 0.5
#define DX_WEIGHT_FALLBACK 0.1

typedef struct dx_summand {
    uint32_t word;   /* in dx_query.words; of a pair, the first */
    uint32_t second; /* of a pair, the other */
    uint32_t count;  /* how often it stands in the query */
    bool pair;
    bool by_exact, by_folded;   /* which lists count; a pair's is "folded" */
    uint64_t exact_df, folded_df;
    double exact_weight, folded_weight; /* BM25 but for the saturation */
} dx_summand;

typedef struct dx_word_ids { /* of one query word in one segment, or NONE */
    uint32_t folded, exact, title_folded, title_exact;
} dx_word_ids;

typedef struct dx_plan { /* all arrays in the caller's arena */
    const dx_generation *generation;
    const dx_query *query;
    bool exact_accents;
    double average_length;
    dx_summand *summands;
    uint32_t summand_count;
    dx_word_ids *ids; /* [segment * word_count + word] */
} dx_plan;

/** Looks up everything that `q` needs in `g`. Both, and `arena`, must outlive
 *  the plan. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_plan_make(const dx_generation *g, const dx_query *q,
    bool exact_accents, dx_arena *arena, dx_plan *out);

static inline const dx_word_ids *dx_plan_ids(const dx_plan *p, size_t segment)
{
    return p->ids + segment * p->query->word_count;
}

/** Whether `word` of `node` is matched by its exact spelling only: on demand,
 *  and in phrases and exclusions where it was typed with marks. */
bool dx_plan_is_strict(const dx_plan *p, const dx_node *node, bool negated,
    uint32_t word);

#endif
