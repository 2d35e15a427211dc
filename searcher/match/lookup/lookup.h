/* lookup.h -- the first step of a search: what a query's words and filters are
 * in each segment of an index. Words become ids, words with `*`, `?` or `~` and
 * filters become sets of documents. No document is looked at, and nothing is
 * weighed; what comes after this step reads its data and adds none. */
#ifndef DX_SEARCHER_MATCH_LOOKUP_LOOKUP_H
#define DX_SEARCHER_MATCH_LOOKUP_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/match/lookup/expand.h"
#include "searcher/match/lookup/filter.h"
#include "searcher/query/query.h"

typedef struct dx_word_ids { /* of one query word in one segment, or DX_ID_NONE
                              */
    uint32_t folded, exact;
    uint32_t scored; /* exact id that scores: of the reading, else `exact` */
    /* Where the query asks for a field: of the title's words, and of words that
     * the body lacks (dictionary.h). */
    uint32_t title_folded, title_exact;
    uint32_t outside_folded, outside_exact, outside_spelt;
} dx_word_ids;

typedef struct dx_lookup { /* all arrays in the caller's arena */
    const dx_generation *generation;
    const dx_query *query;
    bool exact_accents;
    bool words_cut;   /* a word stands for more than DX_EXPANSIONS_MAX */
    dx_word_ids *ids; /* [segment * word_count + word] */
    dx_expansion *expansions; /* likewise; NULL: every word is one term */
    dx_filter *filters;       /* [segment * node_count + node]; NULL: none */
} dx_lookup;

/** Looks up everything that `q` needs in `g`, whose segments may be of several
 *  snapshots, in any order. All that is passed must outlive `out`. When the
 * deadline passes, words with `*`, `?` or `~` stand for only some. Thread-safe.
 * Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_lookup_make(const dx_generation *g, const dx_query *q,
    bool exact_accents, dx_deadline *deadline, dx_arena *arena, dx_lookup *out);

/** Ids of the query's words, by their index, in segment number `segment`. */
static inline const dx_word_ids *dx_lookup_ids(const dx_lookup *l,
    size_t segment)
{
    return l->ids + segment * l->query->word_count;
}

/** What `word` stands for there, or NULL when it is one term. */
static inline const dx_expansion *dx_lookup_expansion(const dx_lookup *l,
    size_t segment, uint32_t word)
{
    return l->query->words[word].kind == DX_WORD_TERM
               ? NULL
               : &l->expansions[segment * l->query->word_count + word];
}

/** What a FILTER node of the query lets through there. */
static inline const dx_filter *dx_lookup_filter(const dx_lookup *l,
    size_t segment, const dx_node *node)
{
    return &l->filters[segment * l->query->node_count +
                       (size_t)(node - l->query->nodes)];
}

/** Whether a word scores by its reading, that is by `scored`. */
static inline bool dx_word_is_read(const dx_query_word *w, bool exact_accents)
{
    return w->reading.len && !exact_accents && !w->strict;
}

#endif
