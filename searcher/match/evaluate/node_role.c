/* What a clause of a query asks for, by itself. */
#include "searcher/match/evaluate/node_role.h"

bool dx_node_has_own_list(const dx_query *q, const dx_node *node)
{
    return node->kind == DX_NODE_WORD && node->field == DX_IN_ANY &&
           !node->at_start && q->words[node->first].kind == DX_WORD_TERM;
}

static bool is_plain_word(const dx_query *q, const dx_node *n)
{
    return dx_node_has_own_list(q, n) && !n->required &&
           !q->words[n->first].strict;
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
    if (!dx_node_is_group(node->kind))
        return true;
    for (uint32_t c = node->child; c != DX_NODE_NONE; c = q->nodes[c].next)
        if (dx_node_scores(q, &q->nodes[c]))
            return true;
    return false;
}

bool dx_query_has_parts(const dx_query *q)
{
    uint32_t parts = 0;

    for (uint32_t c = q->nodes[0].child; c != DX_NODE_NONE;
         c = q->nodes[c].next)
        parts += dx_node_scores(q, &q->nodes[c]);
    return parts > 1;
}

/* But quotation marks among many plain words are those of a pasted headline or
 * sentence. */
#define HEADLINE_WORDS 6u

bool dx_query_asks_by_name(const dx_query *q)
{
    uint32_t phrases = 0, words = 0;

    for (uint32_t c = q->nodes[0].child; c != DX_NODE_NONE;
         c = q->nodes[c].next) {
        const dx_node *n = &q->nodes[c];
        bool optional = dx_node_is_optional(q, n);
        bool phrase = n->kind == DX_NODE_PHRASE && n->field == DX_IN_ANY &&
                      !n->at_start && !n->required;
        if (dx_node_scores(q, n) && !optional && !phrase)
            return true;
        phrases += phrase;
        words += optional;
    }
    return phrases > 0 && words < HEADLINE_WORDS;
}
