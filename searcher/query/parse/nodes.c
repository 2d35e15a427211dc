/* Nodes in the making: lists of them, and what they become. */
#include "searcher/query/parse/nodes.h"

#include "searcher/query/parse/warnings.h"

void dx_query_new_node(dx_query *q, dx_node_kind kind, const char *from,
    const char *to, uint32_t *out)
{
    *out = DX_NODE_NONE;
    if (q->node_count >= DX_QUERY_MAX_NODES ||
        dx_query_add_node(q, kind, out) != DX_OK) {
        dx_query_warn(q, DX_FAULT_TOO_MANY_NODES, from, dx_str_end(q->text));
        return;
    }
    q->nodes[*out].start = (uint32_t)(from - q->text.ptr);
    q->nodes[*out].end = (uint32_t)(to - q->text.ptr);
}

/* ---- lists ---- */

void dx_node_list_add(dx_query *q, dx_node_list *list, uint32_t node)
{
    if (node == DX_NODE_NONE)
        return;
    if (list->count == 0)
        list->first = node;
    else
        q->nodes[list->last].next = node;
    list->last = node;
    list->count++;
    q->nodes[node].next = DX_NODE_NONE;
}

void dx_node_list_append(dx_query *q, dx_node_list *list, dx_node_list more)
{
    list->every |= more.every;
    if (more.count == 0)
        return;
    if (list->count == 0)
        list->first = more.first;
    else
        q->nodes[list->last].next = more.first;
    list->last = more.last;
    list->count += more.count;
}

void dx_node_list_add_every(dx_query *q, dx_node_list *list, const char *at)
{
    uint32_t node;

    for (uint32_t c = list->first; c != DX_NODE_NONE; c = q->nodes[c].next)
        if (dx_node_is_positive(q, c))
            return;
    dx_query_new_node(q, DX_NODE_EVERY, at, at, &node);
    dx_node_list_add(q, list, node);
}

void dx_node_list_require(dx_query *q, dx_node_list list)
{
    for (uint32_t c = list.first; c != DX_NODE_NONE; c = q->nodes[c].next)
        if (dx_node_may_be_required(q->nodes[c].kind))
            q->nodes[c].required = true;
}

/* ---- lists and nodes ---- */

dx_node_list dx_query_children(const dx_query *q, uint32_t node)
{
    dx_node_list list = DX_NODE_LIST_EMPTY;

    list.first = q->nodes[node].child;
    for (uint32_t c = list.first; c != DX_NODE_NONE; c = q->nodes[c].next) {
        list.last = c;
        list.count++;
    }
    return list;
}

/* The '*' of a list is its last node, and the last that was made. */
static dx_node_list without_every(dx_query *q, dx_node_list all)
{
    dx_node_list list = DX_NODE_LIST_EMPTY;
    uint32_t next;

    if (q->nodes[all.last].kind != DX_NODE_EVERY)
        return all;
    for (uint32_t c = all.first; c != all.last; c = next) {
        next = q->nodes[c].next;
        dx_node_list_add(q, &list, c);
    }
    list.every = true;
    q->node_count--;
    return list;
}

dx_node_list dx_query_as_list(dx_query *q, uint32_t node)
{
    dx_node_list list = DX_NODE_LIST_EMPTY;

    if (q->nodes[node].kind == DX_NODE_AND) {
        q->node_count--;
        return without_every(q, dx_query_children(q, node));
    }
    list.every = q->nodes[node].kind == DX_NODE_EVERY;
    if (list.every)
        q->node_count--;
    else
        dx_node_list_add(q, &list, node);
    return list;
}

/* Whether node `b`, the next sibling of `a` under AND, goes on with its text. */
static bool runs_on(const dx_query *q, const dx_node *a, const dx_node *b)
{
    const dx_node *both[] = {a, b};

    for (size_t i = 0; i < 2; i++)
        if ((both[i]->kind != DX_NODE_WORD &&
                both[i]->kind != DX_NODE_PHRASE) ||
            both[i]->required)
            return false;
    const dx_query_word *last = &q->words[a->first + a->count - 1];
    const dx_query_word *first = &q->words[b->first];
    return a->field == b->field && first == last + 1 && !last->overlay &&
           !first->overlay && last->kind == DX_WORD_TERM &&
           first->kind == DX_WORD_TERM;
}

void dx_query_join(dx_query *q, uint32_t first)
{
    dx_node *before = NULL;

    for (uint32_t c = first; c != DX_NODE_NONE; c = q->nodes[c].next) {
        dx_node *n = &q->nodes[c];
        n->joined = before && runs_on(q, before, n);
        before = n;
    }
}

void dx_query_set_children(dx_query *q, uint32_t node, dx_node_list list)
{
    if (q->nodes[node].kind == DX_NODE_AND)
        dx_query_join(q, list.first);
    q->nodes[node].child = list.first;
    q->nodes[node].start = q->nodes[list.first].start;
    q->nodes[node].end = q->nodes[list.last].end;
}

uint32_t dx_query_as_node(dx_query *q, dx_node_list list, const char *at)
{
    uint32_t node = list.first;

    if (list.every)
        dx_node_list_add_every(q, &list, at);
    if (list.count == 0)
        return DX_NODE_NONE;
    if (list.count > 1) {
        dx_query_new_node(q, DX_NODE_AND, at, at, &node);
        if (node != DX_NODE_NONE)
            dx_query_set_children(q, node, list);
    } else {
        node = list.first;
        q->nodes[node].required = false;
    }
    return node;
}
