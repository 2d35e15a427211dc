/* summand.h -- what the score of a document is the sum of, for one query. It
 * follows from the query alone, so it is the same for every index.
 *
 *   word         a word of the query, wherever in the query it stands. Typed
 *                without marks it counts by its folded list. Typed with marks it
 *                counts by its exact list, and in documents that are not in that
 *                one by the folded list at DX_WEIGHT_FALLBACK: people who type
 *                accents mean them, but headlines are often set without. A word
 *                typed without marks whose reading is known counts like that one
 *                typed with them, with its own weight of the folded list, and as
 *                if it were as rare as half-way between the two lists: to read it
 *                is to guess.
 *   pair         two words that directly follow one another in the query, by the
 *                list of documents where they do so too
 *   expansion    the documents with any term that a word with `*`, `?` or `~`
 *                stands for, in which it counts once
 *   alternative  the documents that have what may stand for a word or phrase
 *                instead of it (dx_node.alternative), likewise
 *
 * each times the boosts of all that it is within. Fields, NEAR and quorum decide
 * what matches, but a word scores by its list wherever it is asked for. */
#ifndef DX_SEARCHER_MATCH_SUMMAND_H
#define DX_SEARCHER_MATCH_SUMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "searcher/match/evaluate/alternative_lists.h"
#include "searcher/query/query.h"

#define DX_WEIGHT_FALLBACK 0.05

#define DX_WORD_NONE UINT32_MAX

typedef enum dx_summand_kind {
    DX_SUMMAND_WORD,
    DX_SUMMAND_PAIR,
    DX_SUMMAND_EXPANSION,
    DX_SUMMAND_ALTERNATIVE
} dx_summand_kind;

typedef struct dx_summand {
    dx_summand_kind kind;
    uint32_t word;   /* in dx_query.words; of a pair or an alternative, the first */
    uint32_t second; /* of a pair, the other */
    /* ALTERNATIVE: */
    uint32_t node;   /* in dx_query.nodes */
    uint32_t slot;   /* of its list; which does not count … */
    uint32_t unless; /* … in documents that have this word; or DX_WORD_NONE */
    uint32_t count;  /* how often it stands in the query */
    double boost;    /* the largest of them: a word repeated counts once */
    double fallback; /* weight of the folded list beside the exact one */
    bool guessed;    /* the exact list is not of what was typed */
    bool by_exact, by_folded; /* which lists count. All kinds but words have one,
                                 which goes by the name of folded */
} dx_summand;

typedef struct dx_summands { /* in the order in which they are added up */
    dx_summand *list;        /* in the caller's arena */
    uint32_t count;
} dx_summands;

/** Whether it is that word of the query, or one that is the same. */
bool dx_summand_is_word(const dx_query *q, const dx_summand *s, uint32_t word);

/** Lists the summands of `q`, given the slots of its alternatives. Thread-safe.
 *  Fails with NOMEM. */
DX_NODISCARD dx_status dx_summands_make(const dx_query *q, bool exact_accents,
    const dx_alternative_lists *alternatives, dx_arena *arena,
    dx_summands *out);

#endif
