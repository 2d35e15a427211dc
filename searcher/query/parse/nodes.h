/* nodes.h -- nodes in the making: made, put in a row, made one, given back.
 *
 * A row of nodes means AND until an operator says otherwise. It is handed up as
 * a list, and becomes a node of its own only where it has to: so parentheses
 * that change nothing leave no trace. */
#ifndef DX_SEARCHER_QUERY_PARSE_NODES_H
#define DX_SEARCHER_QUERY_PARSE_NODES_H

#include <stdbool.h>
#include <stdint.h>

#include "searcher/query/query.h"

/* Siblings in order, linked by `next`. */
typedef struct dx_node_list {
    uint32_t first, last, count; /* DX_NODE_NONE when empty */
    bool every;                  /* a free-standing '*' too */
} dx_node_list;
#define DX_NODE_LIST_EMPTY                                                     \
    ((dx_node_list){DX_NODE_NONE, DX_NODE_NONE, 0, false})

/* ---- one node ---- */

/** A new node over bytes [from, to) of q->text. *out is DX_NODE_NONE, with a
 *  warning, when there are DX_QUERY_MAX_NODES. */
void dx_query_new_node(dx_query *q, dx_node_kind kind, const char *from,
    const char *to, uint32_t *out);

/* How much there was at some time. Words and nodes are given back from the end
 * only, by cutting to that. */
typedef struct dx_query_mark {
    uint32_t words, nodes;
} dx_query_mark;
static inline dx_query_mark dx_query_mark_of(const dx_query *q)
{
    return (dx_query_mark){q->word_count, q->node_count};
}
static inline void dx_query_cut(dx_query *q, dx_query_mark mark)
{
    q->word_count = mark.words;
    q->node_count = mark.nodes;
}

/* ---- lists ---- */

/** Adds `node`, or nothing when that is DX_NODE_NONE. */
void dx_node_list_add(dx_query *q, dx_node_list *list, uint32_t node);
void dx_node_list_append(dx_query *q, dx_node_list *list, dx_node_list more);

/** Adds `*`, at byte `at`, unless something else in the list finds documents. */
void dx_node_list_add_every(dx_query *q, dx_node_list *list, const char *at);

/** Marks as required those that can be: "a AND b". */
void dx_node_list_require(dx_query *q, dx_node_list list);

/* ---- lists and nodes ---- */

dx_node_list dx_query_children(const dx_query *q, uint32_t node);
/** Makes the list, which is not empty, the children of `node`. */
void dx_query_set_children(dx_query *q, uint32_t node, dx_node_list list);

/** The list, read up to `at`, as one node: the last in the array if it is a new
 *  one. DX_NODE_NONE when the list is empty, or with a warning when there is no
 *  room. */
uint32_t dx_query_as_node(dx_query *q, dx_node_list list, const char *at);
/** The other way round: `node`, the last in the array, as a list. */
dx_node_list dx_query_as_list(dx_query *q, uint32_t node);

/** Sets `joined` of the siblings from `first` on, which are under AND: whether
 *  each goes on with the text of the one before. */
void dx_query_join(dx_query *q, uint32_t first);

#endif
