/* model.h -- the ranking as its definition says it: every document is looked
 * at, every word of it compared as text, nothing is skipped. What
 * searcher/match/rank/rank.h does must come to the same. */
#ifndef DX_TESTS_MODEL_H
#define DX_TESTS_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/index/segment/generation.h"
#include "searcher/include/dx/search.h"
#include "searcher/query/query.h"
#include "searcher/match/rank/rank.h"

#define WORDS_MAX (DX_QUERY_MAX_TERMS + DX_QUERY_MAX_ADDED)
#define NODES_MAX (DX_QUERY_MAX_NODES + DX_QUERY_MAX_ADDED)

typedef struct model_token {
    char exact[64], folded[64];
    uint32_t pos;
    uint8_t field;
    bool overlay;
} model_token;

typedef struct model_doc {
    model_token *tokens;
    size_t count;
    uint32_t segment, doc, length;
    int32_t day;
    bool deleted;
    char source[64], category[64], tags[128], url[64];
} model_doc;

typedef struct model {
    model_doc *docs;
    size_t count;
    double average_length;
} model;

/** Decodes all documents of an index. */
void model_load(const dx_generation *g, model *m);
void model_free(model *m);

typedef struct model_query {
    const model *m;
    const dx_query *q;
    bool exact_accents;
    double freshness; /* weight, counted from day `newest`; or 0 */
    int32_t newest;
    /* Document frequencies: by word, of a pair by its second one; of nodes
     * that stand in for another. */
    uint64_t exact_df[WORDS_MAX], folded_df[WORDS_MAX], made_df[WORDS_MAX];
    uint64_t pair_df[WORDS_MAX], node_df[NODES_MAX];
    bool counted[NODES_MAX]; /* what stands in for several words, once */
} model_query;

/** The document frequencies of a query's nodes; call it with the root's first
 *  child. */
void model_count_dfs(model_query *mq, uint32_t first);

typedef struct model_hit {
    double score;
    const model_doc *doc;
    int match;
} model_hit;

/** Puts all hits in `hits` (room for every document), best first. Returns how
 *  many of them are among the first `wanted`. */
size_t model_rank(const model_query *mq, dx_rank_match match, uint32_t wanted,
    model_hit *hits, uint64_t *total, uint64_t *partial);

/** The second stage: ranks the first hits once more; `mixed`: partial matches stand
 *  among the others. */
void model_rerank(const model_query *mq, bool mixed, model_hit *hits,
    size_t count);

/* ---- shared by model.c, model_score.c and model_rerank.c ---- */

double model_freshness(const model_query *mq, const model_doc *d);

bool model_token_is(const model_token *t, const dx_query_word *w, bool strict);
bool model_in_field(const dx_node *n, const model_token *t);
uint32_t model_tf(const model_doc *d, const dx_query_word *w, bool strict);
uint32_t model_pair_tf(const model_doc *d, const dx_query_word *a,
    const dx_query_word *b);
/** Whether the node's words stand in a row where it wants them; `exactly` as in
 *  searcher/match/evaluate/node_match.h. */
bool model_row_holds(const model_query *mq, const model_doc *d,
    const dx_node *n, bool exactly);
bool model_node_holds(const model_query *mq, const model_doc *d,
    const dx_node *n, bool exactly);

#endif
