/* The plain words of a query, row by row. */
#include "searcher/understand/names/rows.h"

#include "searcher/match/evaluate/node_role.h"

typedef struct visitor {
    dx_status (*apply)(dx_finder *f, void *context);
    void *context;
} visitor;

static bool is_plain(const dx_query *q, const dx_node *n)
{
    return n->kind == DX_NODE_WORD && dx_node_is_optional(q, n) &&
           !q->words[n->first].overlay;
}

static dx_status visit_below(dx_finder *f, uint32_t parent, const visitor *v)
{
    const dx_query *q = f->query;

    f->count = 0;
    for (uint32_t c = q->nodes[parent].child; c != DX_NODE_NONE;
         c = q->nodes[c].next) {
        const dx_node *n = &q->nodes[c];
        bool plain = is_plain(q, n);
        if (f->count > 0 && !(plain && n->joined)) {
            DX_TRY(v->apply(f, v->context));
            f->count = 0;
        }
        if (plain && f->count < DX_QUERY_MAX_TERMS)
            f->row[f->count++] = c;
        else if (dx_node_is_group(n->kind))
            DX_TRY(visit_below(f, c, v));
    }
    DX_TRY(v->apply(f, v->context));
    f->count = 0;
    return DX_OK;
}

dx_status dx_rows_each(dx_finder *f,
    dx_status (*apply)(dx_finder *f, void *context), void *context)
{
    return visit_below(f, 0, &(visitor){apply, context});
}
