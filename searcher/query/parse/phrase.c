/* Phrases, and what stands right behind them. */
#include "searcher/query/parse/phrase.h"

#include "searcher/query/lex.h"
#include "searcher/query/parse/boost.h"
#include "searcher/query/parse/filter.h"
#include "searcher/query/parse/warnings.h"
#include "searcher/query/parse/word.h"

typedef struct tail { /* what stands right behind a phrase */
    bool near, ordered, strict, quorum;
    uint32_t extra;    /* of near: words that may stand between */
    uint32_t at_least; /* of quorum */
    double boost;
    const char *from, *to;
} tail;

/* "…"~3, "…"p10, "…"o5, "…"D, "…"/2, "…"^2 and several of them; nothing at all
 * when anything else stands there: "anh"om is a phrase and a word. */
static void read_tail(dx_query_parser *p, tail *t)
{
    const char *at = p->at, *next;
    uint32_t hundredths = 100;
    tail none = {.boost = 1.0, .from = p->at, .to = p->at};

    for (*t = none; !dx_query_is_boundary(at, p->end); at = next) {
        char c = *at;
        next = at + 1;
        if (c == '~' || c == 'p' || c == 'o') {
            next = dx_query_number(next, p->end, DX_QUERY_MAX_SPAN + 1,
                &t->extra);
            t->near = next > at + 1 || c != '~';
            t->ordered = c == 'o';
            if (next == at + 1)
                t->extra = DX_NEAR_DEFAULT;
        } else if (c == 'D') {
            t->strict = true;
        } else if (c == '/') {
            t->quorum = true;
            next = dx_query_number(next, p->end, DX_QUERY_MAX_TERMS + 1,
                &t->at_least);
        } else if (c == '^') {
            next = dx_query_hundredths(next, p->end, &hundredths);
        } else if (dx_query_is_point(c) && at > p->at) {
            break;
        } else {
            next = NULL;
        }
        if (!next || (next == at + 1 && (c == '/' || c == '^'))) {
            *t = none;
            return;
        }
    }
    t->to = at;
    if (hundredths != 100)
        t->boost = dx_query_boost_of(p, hundredths, t->from, t->to);
    p->at = at;
}

static void add_near(dx_query_parser *p, const dx_query_marks *m,
    const tail *t, uint32_t first, uint32_t count, dx_node_list *out)
{
    dx_query *q = p->q;
    dx_query_mark mark = {first, q->node_count};
    dx_query_marks plain = {.name = m->name, .strict = m->strict};
    dx_node_list words = DX_NODE_LIST_EMPTY;
    uint32_t node = DX_NODE_NONE, span = count - 1 + t->extra;

    for (uint32_t w = first; w < first + count && w < q->word_count; w++)
        dx_query_add_words_node(p, &plain, DX_NODE_WORD, w, 1, &words);
    if (words.count == count)
        dx_query_new_node(p->q, DX_NODE_NEAR, m->from, p->at, &node);
    if (node == DX_NODE_NONE) {
        dx_query_cut(q, mark);
        return;
    }
    if (span > DX_QUERY_MAX_SPAN) {
        dx_query_warn(p->q, DX_FAULT_SPAN, t->from, t->to);
        span = DX_QUERY_MAX_SPAN;
    }
    dx_node *n = &q->nodes[node];
    n->child = words.first;
    n->field = m->name.field;
    n->required = m->required;
    n->span = span;
    n->ordered = t->ordered;
    q->nodes[n->child].at_start = m->at_start;
    dx_node_list_add(q, out, node);
}

static void add_quorum(dx_query_parser *p, const dx_query_marks *m,
    const tail *t, uint32_t first, uint32_t count, dx_node_list *out)
{
    uint32_t at_least = t->at_least;

    if (at_least == 0 || at_least > count) {
        dx_query_warn(p->q, DX_FAULT_QUORUM, t->from, t->to);
        at_least = at_least ? count : 1;
    }
    dx_query_add_words_node(p, m, DX_NODE_QUORUM, first, count, out);
    if (out->count)
        p->q->nodes[out->last].quorum = at_least;
}

dx_status dx_query_read_phrase(dx_query_parser *p, const dx_query_marks *m,
    dx_node_list *out)
{
    dx_query *q = p->q;
    const char *from = p->at + dx_query_quote_len(p->at, p->end), *to = from;
    uint32_t first = q->word_count;
    dx_query_marks marks = *m;
    tail t = {.boost = 1.0};

    if (dx_query_is_filter(m->name.field))
        return dx_query_read_quoted_value(p, m, out);
    while (to < p->end && dx_query_quote_len(to, p->end) == 0)
        to++;
    p->at = to + dx_query_quote_len(to, p->end);
    dx_str text = {from, (size_t)(to - from)};
    if (p->at > to)
        read_tail(p, &t);
    marks.strict |= t.strict;
    DX_TRY(dx_query_add_words(p, text, true));
    uint32_t count = q->word_count - first;
    if (count == 0)
        return DX_OK;
    if (count == 1)
        dx_query_add_words_node(p, &marks, DX_NODE_WORD, first, 1, out);
    else if (t.quorum)
        add_quorum(p, &marks, &t, first, count, out);
    else if (t.near)
        add_near(p, &marks, &t, first, count, out);
    else
        dx_query_add_words_node(p, &marks, DX_NODE_PHRASE, first, count, out);
    dx_query_set_boost(q, *out, t.boost);
    return DX_OK;
}
