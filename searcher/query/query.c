/* The tree: room for it, and questions about it. */
#include "searcher/query/query.h"

#include <string.h>

#include "common/text/utf8.h"

/* ---- making ---- */

static void blank_ill_formed(char *text, size_t len)
{
    const char *end = text + len;
    uint32_t c;

    for (char *at = text; at < end;) {
        size_t n = dx_utf8_decode(at, end, &c);
        if (n == 0)
            *at = ' ';
        at += n ? n : 1;
    }
}

dx_status dx_query_init(dx_query *out, dx_str text)
{
    uint32_t root;

    *out = (dx_query){.word_cap = DX_QUERY_MAX_TERMS + DX_QUERY_MAX_ADDED,
        .node_cap = DX_QUERY_MAX_NODES + DX_QUERY_MAX_ADDED};
    char *copy = dx_arena_strndup(&out->arena, text.ptr, text.len);
    if (copy)
        blank_ill_formed(copy, text.len);
    out->text = (dx_str){copy, text.len};
    out->words = dx_arena_alloc(&out->arena,
        out->word_cap * sizeof *out->words);
    out->nodes = dx_arena_alloc(&out->arena,
        out->node_cap * sizeof *out->nodes);
    return copy && out->words && out->nodes
               ? dx_query_add_node(out, DX_NODE_AND, &root)
               : DX_ERR_NOMEM;
}

dx_status dx_query_copy(const dx_query *q, dx_query *out)
{
    DX_TRY(dx_query_init(out, q->text));
    if (q->word_count)
        memcpy(out->words, q->words, q->word_count * sizeof *q->words);
    memcpy(out->nodes, q->nodes, q->node_count * sizeof *q->nodes);
    out->word_count = q->word_count;
    out->typed_count = q->typed_count;
    out->node_count = q->node_count;
    return DX_OK;
}

void dx_query_free(dx_query *q)
{
    dx_arena_free(&q->arena);
    *q = (dx_query){.warning_count = 0};
}

dx_status dx_query_add_word(dx_query *q, dx_str exact, dx_str folded,
    bool marked, uint32_t *out)
{
    if (q->word_count == q->word_cap)
        return DX_ERR_LIMIT;
    char *e = dx_arena_strndup(&q->arena, exact.ptr, exact.len);
    char *f = dx_arena_strndup(&q->arena, folded.ptr, folded.len);
    if (!e || !f)
        return DX_ERR_NOMEM;
    *out = q->word_count++;
    q->words[*out] = (dx_query_word){.exact = {e, exact.len},
        .folded = {f, folded.len}, .marked = marked};
    return DX_OK;
}

dx_status dx_query_add_node(dx_query *q, dx_node_kind kind, uint32_t *out)
{
    if (q->node_count == q->node_cap)
        return DX_ERR_LIMIT;
    *out = q->node_count++;
    q->nodes[*out] = (dx_node){.kind = kind, .child = DX_NODE_NONE,
        .next = DX_NODE_NONE, .boost = 1.0, .alternative = DX_NODE_NONE};
    return DX_OK;
}

/* ---- asking ---- */

bool dx_node_may_be_required(dx_node_kind kind)
{
    return kind != DX_NODE_NOT && kind != DX_NODE_FILTER &&
           kind != DX_NODE_EVERY;
}

bool dx_node_is_positive(const dx_query *q, uint32_t node)
{
    const dx_node *n = &q->nodes[node];

    if (n->kind == DX_NODE_NOT)
        return false;
    if (!dx_node_is_group(n->kind))
        return true;
    for (uint32_t c = n->child; c != DX_NODE_NONE; c = q->nodes[c].next)
        if (dx_node_is_positive(q, c))
            return true;
    return false;
}

bool dx_query_has_positive(const dx_query *q)
{
    return dx_node_is_positive(q, 0);
}

bool dx_node_is_plain_word(const dx_query *q, const dx_node *node)
{
    if (node->kind != DX_NODE_WORD || node->field != DX_IN_ANY ||
        node->required || node->at_start || node->boost != 1.0)
        return false;
    const dx_query_word *w = &q->words[node->first];
    return w->kind == DX_WORD_TERM && !w->strict;
}

bool dx_query_is_plain(const dx_query *q)
{
    for (uint32_t c = q->nodes[0].child; c != DX_NODE_NONE;
         c = q->nodes[c].next)
        if (!dx_node_is_plain_word(q, &q->nodes[c]))
            return false;
    return q->nodes[0].child != DX_NODE_NONE;
}
