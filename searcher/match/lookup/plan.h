/* plan.h -- a query made concrete: what its words are in each segment, and
 * what each part of the score weighs. Counts and weights are those of the whole
 * index, so a plan is made once, before any segment is searched.
 *
 * The score of a document is the sum, in this order, of its summands:
 *
 *   word   a word of the query, wherever in the query it stands. Typed without
 *          marks it counts by its folded list. Typed with marks it counts by
 *          its exact list, and in documents that are not in that one by the
 *          folded list at DX_WEIGHT_FALLBACK: people who type accents mean
 *          them, but headlines are often set without. A word typed without
 *          marks whose reading is known counts like that one typed with them,
 *          with its own weight of the folded list, and as if it were as rare as
 *          half-way between the two lists: to read it is to guess.
 *   pair   two words that directly follow one another in the query, by the
 *          list of documents where they do so too, at DX_WEIGHT_PAIR
 *   made   a list that no segment has and that is made in memory, where every
 *          term frequency is 1: the documents with any word that starts with
 *          `chuy` or is spelt much like `chuyen`; or those that have what may
 *          stand for a word or phrase instead of it (dx_node.alternative)
 *
 * each times the boosts of all that it is within. Fields, NEAR and quorum decide
 * what matches, but a word scores by its list wherever it is asked for.
 *
 * Document frequencies and lengths are those of the whole index, deleted
 * documents included until they are merged away. */
#ifndef DX_SEARCHER_MATCH_LOOKUP_PLAN_H
#define DX_SEARCHER_MATCH_LOOKUP_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/id.h"
#include "searcher/match/lookup/deadline.h"
#include "searcher/query/query.h"

#define DX_WEIGHT_PAIR 0.5
#define DX_WEIGHT_FALLBACK 0.05

#define DX_SLOT_NONE UINT32_MAX
#define DX_WORD_NONE UINT32_MAX

typedef enum dx_summand_kind {
    DX_SUMMAND_WORD,
    DX_SUMMAND_PAIR,
    DX_SUMMAND_MADE
} dx_summand_kind;

typedef struct dx_summand {
    dx_summand_kind kind;
    uint32_t word;   /* in dx_query.words; of a pair, the first */
    uint32_t second; /* of a pair, the other */
    uint32_t slot;   /* of a made list; `node` then is what stands in, if any,
                        but not in documents of the list of `unless`, a word; or
                        DX_WORD_NONE */
    uint32_t node, unless;
    uint32_t count;  /* how often it stands in the query */
    double boost;    /* the largest of them: a word repeated counts once */
    double fallback; /* weight of the folded list beside the exact one */
    bool guessed;    /* the exact list is not of what was typed */
    bool by_exact, by_folded;   /* which lists count; a pair's is "folded" and
                                   so is a made one */
    uint64_t exact_df, folded_df;
    double exact_weight, folded_weight; /* BM25 but for the saturation */
} dx_summand;

typedef struct dx_word_ids { /* of one query word in one segment, or NONE */
    uint32_t folded, exact, title_folded, title_exact;
    uint32_t scored; /* exact id that scores: of the reading, else `exact` */
} dx_word_ids;

typedef struct dx_made_list {
    const uint64_t *bits; /* whole windows of a segment; deleted ones too */
    uint64_t df;
    const dx_id_span *spans; /* of words: the exact ids in running text */
    uint32_t span_count;
} dx_made_list;

typedef struct dx_plan { /* all arrays in the caller's arena */
    const dx_generation *generation;
    const dx_query *query;
    dx_deadline *deadline; /* borrowed */
    bool exact_accents;
    bool words_cut; /* a word stands for more than DX_EXPANSIONS_MAX */
    double average_length;
    dx_summand *summands;
    uint32_t summand_count;
    dx_word_ids *ids; /* [segment * word_count + word] */
    /* Made lists; the arrays are NULL as long as there are none. */
    uint32_t *word_slots; /* [word]: what it stands for */
    uint32_t *node_slots; /* [node]: where it holds by an alternative; of an
                             alternative: where that counts */
    uint32_t slot_count, slot_cap;
    dx_made_list *made; /* [segment * slot_cap + slot] */
} dx_plan;

/** Looks up everything that `q` needs in `g`. All that is passed must outlive
 *  the plan. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_plan_make(const dx_generation *g, const dx_query *q,
    bool exact_accents, dx_deadline *deadline, dx_arena *arena, dx_plan *out);

/** The number of a new list, empty in every segment; makes room for all the
 *  query can need when it is the first. Fails with NOMEM. */
DX_NODISCARD dx_status dx_plan_add_slot(dx_plan *p, dx_arena *arena,
    uint32_t *slot);

static inline const dx_word_ids *dx_plan_ids(const dx_plan *p, size_t segment)
{
    return p->ids + segment * p->query->word_count;
}

static inline const dx_made_list *dx_plan_made(const dx_plan *p,
    size_t segment, uint32_t slot)
{
    return &p->made[segment * p->slot_cap + slot];
}

/** Slots, or DX_SLOT_NONE. */
static inline uint32_t dx_plan_word_slot(const dx_plan *p, uint32_t word)
{
    return p->word_slots ? p->word_slots[word] : DX_SLOT_NONE;
}
static inline uint32_t dx_plan_node_slot(const dx_plan *p, const dx_node *n)
{
    return p->node_slots ? p->node_slots[n - p->query->nodes] : DX_SLOT_NONE;
}

/** Whether `word` of `node` is matched by its exact spelling only: on demand,
 *  and when it was typed with marks in phrases, quorums, NEAR and exclusions;
 *  `exactly` tells of the latter two, which are around the node. */
bool dx_plan_is_strict(const dx_plan *p, const dx_node *node, bool exactly,
    uint32_t word);

/** Whether `node` holds in the documents of one list of the index: that of a
 *  plain word. */
bool dx_plan_has_own_list(const dx_plan *p, const dx_node *node);

#endif
