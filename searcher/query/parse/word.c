/* Words and their nodes. */
#include "searcher/query/parse/word.h"

#include <string.h>

#include "common/text/analyzer.h"
#include "common/text/lexer.h"
#include "common/text/term.h"
#include "searcher/query/parse/warnings.h"

/* ---- adding words ---- */

bool dx_query_has_room(dx_query_parser *p, const char *from)
{
    if (p->q->word_count < DX_QUERY_MAX_TERMS)
        return true;
    dx_query_warn(p->q, DX_FAULT_TOO_MANY_WORDS, from, p->end);
    return false;
}

static dx_status add_term(dx_query_parser *p, const dx_term *t,
    const char *word)
{
    uint32_t id, from = (uint32_t)(word - p->q->text.ptr);

    if (!dx_query_has_room(p, word))
        return DX_OK;
    DX_TRY(dx_query_add_word(p->q, t->exact, t->folded, dx_term_is_marked(t),
        &id));
    p->q->words[id].overlay = t->overlay;
    p->q->words[id].start = from + t->start;
    p->q->words[id].end = from + t->end;
    return DX_OK;
}

/* Whether term `i` is a part of an overlay before it, which stands for all its
 * parts. */
static bool is_named(const dx_term *terms, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (terms[k].overlay && terms[i].start >= terms[k].start &&
            terms[i].end <= terms[k].end)
            return true;
    return false;
}

/* Whether the name of a whole date or number, typed as a query, gives the same
 * name again. If not, something in it is no letter, and only its parts count. */
static dx_status is_settled(dx_query_parser *p, dx_str name, bool *out)
{
    char copy[DX_TERM_MAX_BYTES];
    const dx_term *t;
    dx_str gap, word;
    size_t count = 0;

    memcpy(copy, name.ptr, name.len);
    dx_lexer lx = dx_lexer_new((dx_str){copy, name.len});
    if (dx_lexer_next(&lx, &gap, &word) && word.len == name.len)
        DX_TRY(dx_analyzer_word(p->analyzer, word, &t, &count));
    *out = count > 0 && t->overlay &&
           dx_str_eq(t->exact, (dx_str){copy, name.len});
    return DX_OK;
}

/* Within quotation marks, dates and document numbers count by their parts: these
 * stand in the running text. */
dx_status dx_query_add_words(dx_query_parser *p, dx_str text, bool quoted)
{
    dx_lexer lx = dx_lexer_new(text);
    dx_str gap, word;

    while (dx_lexer_next(&lx, &gap, &word)) {
        const dx_term *terms;
        size_t count;
        bool whole = !quoted;
        DX_TRY(dx_analyzer_word(p->analyzer, word, &terms, &count));
        if (whole && count > 0 && terms->overlay) {
            DX_TRY(is_settled(p, terms->exact, &whole));
            DX_TRY(dx_analyzer_word(p->analyzer, word, &terms, &count));
        }
        for (size_t i = 0; i < count; i++)
            if (whole ? !is_named(terms, i) : !terms[i].overlay)
                DX_TRY(add_term(p, &terms[i], word.ptr));
    }
    return DX_OK;
}

/* ---- adding nodes ---- */

void dx_query_add_words_node(dx_query_parser *p, const dx_query_marks *m,
    dx_node_kind kind, uint32_t first, uint32_t count, dx_node_list *out)
{
    dx_query *q = p->q;
    const dx_query_word *w = &q->words[first];
    const char *text = q->text.ptr;
    uint32_t node;

    dx_query_new_node(q, kind, text + w->start, text + w[count - 1].end, &node);
    if (node == DX_NODE_NONE) {
        q->word_count = first;
        return;
    }
    dx_node *n = &q->nodes[node];
    n->first = first;
    n->count = count;
    n->field = m->name.field;
    n->required = m->required;
    n->at_start = m->at_start;
    for (uint32_t i = first; i < first + count; i++)
        q->words[i].strict = m->strict;
    dx_node_list_add(q, out, node);
}

void dx_query_add_each(dx_query_parser *p, const dx_query_marks *m,
    uint32_t first, dx_node_list *out)
{
    dx_query_marks each = *m;

    for (uint32_t w = first; w < p->q->word_count; w++) {
        dx_query_add_words_node(p, &each, DX_NODE_WORD, w, 1, out);
        each.at_start = false;
    }
}
