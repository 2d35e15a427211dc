/* Boosts: how they are read, and what they weigh. */
#include "searcher/query/parse/boost.h"

#include "searcher/query/lex.h"
#include "searcher/query/parse/warnings.h"

static double clamp(double boost)
{
    double hundredths = (double)(uint64_t)(boost * 100.0 + 0.5);

    if (hundredths < 1.0)
        hundredths = 1.0;
    return hundredths > DX_QUERY_MAX_BOOST * 100.0 ? DX_QUERY_MAX_BOOST
                                                   : hundredths / 100.0;
}

double dx_query_boost_of(dx_query_parser *p, uint32_t hundredths,
    const char *from, const char *to)
{
    double boost = hundredths / 100.0;

    if (hundredths == 0 || boost > DX_QUERY_MAX_BOOST)
        dx_query_warn(p->q, DX_FAULT_BOOST, from, to);
    return clamp(boost);
}

double dx_query_read_boost(dx_query_parser *p)
{
    const char *from = p->at;
    uint32_t hundredths;

    if (p->at == p->end || *p->at != '^')
        return 1.0;
    const char *to = dx_query_hundredths(from + 1, p->end, &hundredths);
    if (to == from + 1 || !dx_query_is_boundary(to, p->end))
        return 1.0;
    p->at = to;
    return dx_query_boost_of(p, hundredths, from, to);
}

void dx_query_set_boost(dx_query *q, dx_node_list list, double boost)
{
    for (uint32_t c = list.first; c != DX_NODE_NONE; c = q->nodes[c].next)
        q->nodes[c].boost = boost;
}

void dx_query_multiply_boost(dx_query *q, uint32_t node, double by)
{
    dx_node *n = &q->nodes[node];

    if (dx_node_is_group(n->kind) || n->kind == DX_NODE_NOT) {
        for (uint32_t c = n->child; c != DX_NODE_NONE; c = q->nodes[c].next)
            dx_query_multiply_boost(q, c, by);
    } else if (n->kind != DX_NODE_FILTER && n->kind != DX_NODE_EVERY) {
        n->boost = clamp(n->boost * by);
    }
}
