/* What a clause of a query asks for, by itself. */
#include "searcher/match/evaluate/node_role.h"

static bool is_plain_word(const dx_query *q, const dx_node *n)
{
    const dx_query_word *w = &q->words[n->first];

    return n->kind == DX_NODE_WORD && n->field == DX_IN_ANY && !n->at_start &&
           !n->required && w->kind == DX_WORD_TERM && !w->strict;
}

bool dx_node_is_optional(const dx_query *q, const dx_node *node)
{
    if (node->kind != DX_NODE_OR || node->required)
        return is_plain_word(q, node);
    for (uint32_t c = node->child; c != DX_NODE_NONE; c = q->nodes[c].next)
        if (!is_plain_word(q, &q->nodes[c]))
            return false;
    return true;
}

bool dx_node_scores(const dx_query *q, const dx_node *node)
{
    if (node->kind == DX_NODE_NOT || node->kind == DX_NODE_FILTER ||
        node->kind == DX_NODE_EVERY)
        return false;
    if (node->kind != DX_NODE_AND && node->kind != DX_NODE_OR)
        return true;
    for (uint32_t c = node->child; c != DX_NODE_NONE; c = q->nodes[c].next)
        if (dx_node_scores(q, &q->nodes[c]))
            return true;
    return false;
}
