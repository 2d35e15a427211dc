/* The grammar: operators, parentheses, and what stands before a word. It is read
 * by recursive descent. */
#include "searcher/query/parse/parse.h"

#include <string.h>

#include "common/text/analyzer.h"
#include "searcher/query/lex.h"
#include "searcher/query/parse/boost.h"
#include "searcher/query/parse/nodes.h"
#include "searcher/query/parse/parser.h"
#include "searcher/query/parse/phrase.h"
#include "searcher/query/parse/piece.h"
#include "searcher/query/parse/warnings.h"

static dx_status parse_sequence(dx_query_parser *p, dx_node_list *out);

/* ---- operators ---- */

/* Takes an operator of this kind if one is next and has something behind it.
 * One that has not is skipped, with the operators that follow it. */
static bool take(dx_query_parser *p, dx_node_kind kind, dx_query_op *op)
{
    const char *from = dx_query_skip_blanks(p->at, p->end);

    *op = dx_query_op_at(from, p->end);
    if (!op->end || op->kind != kind)
        return false;
    const char *at = op->end;
    bool has_operand = dx_query_has_operand(at, p->end);
    while (!has_operand) {
        const char *next = dx_query_skip_blanks(at, p->end);
        dx_query_op extra = dx_query_op_at(next, p->end);
        if (!extra.end)
            break;
        dx_query_warn(p->q, DX_FAULT_NO_OPERAND, next, extra.end);
        at = extra.end;
        has_operand = dx_query_has_operand(at, p->end);
    }
    if (!has_operand && op->is_word)
        return false; /* the word "near" */
    if (!has_operand && !op->is_sign)
        dx_query_warn(p->q, DX_FAULT_NO_OPERAND, from, op->end);
    p->at = at;
    p->bound = has_operand;
    return has_operand;
}

/* ---- parentheses ---- */

static bool is_running_text(const dx_query *q, dx_node_list list)
{
    for (uint32_t c = list.first; c != DX_NODE_NONE; c = q->nodes[c].next)
        if (q->nodes[c].kind != DX_NODE_WORD &&
            q->nodes[c].kind != DX_NODE_PHRASE)
            return false;
    return true;
}

static dx_status parse_group(dx_query_parser *p, const dx_query_marks *m,
    dx_node_list *out)
{
    const char *open = p->at++;
    dx_query_name around = p->name;

    if (p->depth == DX_QUERY_MAX_DEPTH) {
        dx_query_warn(p->q, DX_FAULT_TOO_DEEP, open, open + 1);
        p->ignored++;
        return DX_OK;
    }
    p->name = m->name;
    p->depth++;
    DX_TRY(parse_sequence(p, out));
    p->depth--;
    p->name = around;
    bool closed = p->at < p->end;
    if (closed)
        p->at++;
    else if (m->negated || m->required || m->own_name ||
             !is_running_text(p->q, *out))
        dx_query_warn(p->q, DX_FAULT_UNCLOSED, open, open + 1);
    double boost = closed ? dx_query_read_boost(p) : 1.0;
    for (uint32_t c = out->first; c != DX_NODE_NONE && boost != 1.0;
         c = p->q->nodes[c].next)
        dx_query_multiply_boost(p->q, c, boost);
    if (m->required)
        dx_node_list_require(p->q, *out);
    return DX_OK;
}

/* ---- one operand ---- */

static bool may_sign(const char *p, const char *end)
{
    /* "S -400" and "-5 độ" exclude no number. */
    if (p < end && dx_query_is_digit(*p))
        return false;
    if (p < end && (*p == '(' || *p == '@'))
        return *p == '(' || dx_query_starts_word(p + 1, end);
    return dx_query_starts_marked(p, end);
}

/* Reads one mark; false when none is there. */
static bool read_mark(dx_query_parser *p, dx_query_marks *m)
{
    const char *next = p->at + 1, *after;
    dx_query_name name;

    if (p->at == p->end || (m->own_name && dx_query_is_filter(m->name.field)))
        return false;
    if ((*p->at == '-' || *p->at == '!') && may_sign(next, p->end)) {
        m->negated = !m->negated;
    } else if (*p->at == '+' && may_sign(next, p->end)) {
        m->required = true;
    } else if (*p->at == '=' && dx_query_starts_marked(next, p->end)) {
        m->strict = true;
    } else if (*p->at == '^' && dx_query_starts_marked(next, p->end)) {
        m->at_start = true;
    } else if (*p->at == '~' && dx_query_starts_marked(next, p->end)) {
        /* Xapian asks for synonyms in this way; dx always looks for them. */
    } else if (!m->own_name && (after = dx_query_field_at(p->analyzer, p->at,
                                    p->end, &name)) != NULL) {
        m->name = name;
        m->own_name = true;
        next = after;
    } else {
        return false;
    }
    p->at = next;
    return true;
}

/* NOT, as often as it stands there; false when it stands before nothing. */
static bool read_nots(dx_query_parser *p, dx_query_marks *m)
{
    while (dx_query_is_not(p->at, p->end)) {
        const char *from = p->at;
        p->at += sizeof "NOT" - 1;
        if (!dx_query_has_operand(p->at, p->end)) {
            dx_query_warn(p->q, DX_FAULT_NO_OPERAND, from, p->at);
            return false;
        }
        p->at = dx_query_skip_blanks(p->at, p->end);
        m->negated = !m->negated;
    }
    return true;
}

/* NOT of the list, which is the last thing that was read. */
static dx_node_list negate(dx_query_parser *p, dx_node_list list,
    dx_query_mark mark, const char *from)
{
    dx_query *q = p->q;
    dx_node_list out = DX_NODE_LIST_EMPTY;
    uint32_t child = dx_query_as_node(q, list, p->at), node;

    if (child != DX_NODE_NONE && q->nodes[child].kind == DX_NODE_NOT) {
        child = q->nodes[child].child;
        q->node_count--; /* NOT, made after its child */
        return dx_query_as_list(q, child);
    }
    node = DX_NODE_NONE;
    if (child != DX_NODE_NONE && !dx_node_is_positive(q, child))
        dx_query_warn(p->q, DX_FAULT_ONLY_NOT_SIDE, from, p->at);
    else if (child != DX_NODE_NONE)
        dx_query_new_node(q, DX_NODE_NOT, from, p->at, &node);
    if (node != DX_NODE_NONE) {
        q->nodes[node].child = child;
        dx_node_list_add(q, &out, node);
        return out;
    }
    dx_query_cut(q, mark);
    return out;
}

static dx_status parse_operand(dx_query_parser *p, dx_node_list *out)
{
    dx_query_mark mark = dx_query_mark_of(p->q);
    bool bound = p->bound;

    *out = DX_NODE_LIST_EMPTY;
    p->bound = false;
    p->at = dx_query_skip_blanks(p->at, p->end);
    dx_query_marks m = {.name = p->name, .from = p->at};
    if (!read_nots(p, &m))
        return DX_OK;
    while (read_mark(p, &m))
        continue;
    if (p->at < p->end && *p->at == '(')
        DX_TRY(parse_group(p, &m, out));
    else if (dx_query_quote_len(p->at, p->end) > 0)
        DX_TRY(dx_query_read_phrase(p, &m, out));
    else
        DX_TRY(dx_query_read_piece(p, &m, bound, out));
    if (m.negated)
        *out = negate(p, *out, mark, m.from);
    return DX_OK;
}

/* ---- NEAR and ADJ ---- */

static bool can_be_near(const dx_query *q, dx_node_list list,
    dx_query_field field)
{
    return list.count == 1 && !list.every &&
           (q->nodes[list.first].kind == DX_NODE_WORD ||
               q->nodes[list.first].kind == DX_NODE_PHRASE) &&
           q->nodes[list.first].field == field;
}

/* As in Xapian, a chain allows its largest distance, and one more for each word
 * between. A phrase is as far away as its nearer end. */
static uint32_t chain_span(dx_query_parser *p, dx_node_list list,
    const dx_query_op *op, const char *from)
{
    uint32_t words = 0, distance = op->distance;

    for (uint32_t c = list.first; c != DX_NODE_NONE; c = p->q->nodes[c].next)
        words += p->q->nodes[c].count;
    uint32_t least = words - 1, span = distance + words - 2;
    if (distance == 0 || span > DX_QUERY_MAX_SPAN)
        dx_query_warn(p->q, DX_FAULT_SPAN, from, p->at);
    if (span < least)
        span = least;
    return span > DX_QUERY_MAX_SPAN ? DX_QUERY_MAX_SPAN : span;
}

static dx_node_list as_chain(dx_query_parser *p, dx_node_list list,
    const dx_query_op *op, const char *from)
{
    dx_query *q = p->q;
    dx_node_list out = DX_NODE_LIST_EMPTY;
    uint32_t node;

    dx_query_new_node(q, DX_NODE_NEAR, from, p->at, &node);
    if (node == DX_NODE_NONE)
        return list;
    dx_query_set_children(q, node, list);
    q->nodes[node].field = q->nodes[list.first].field;
    q->nodes[node].span = chain_span(p, list, op, from);
    q->nodes[node].ordered = op->ordered;
    for (uint32_t c = list.first; c != DX_NODE_NONE; c = q->nodes[c].next) {
        q->nodes[node].required |= q->nodes[c].required;
        q->nodes[c].required = false;
    }
    dx_node_list_add(q, &out, node);
    return out;
}

static dx_status parse_near(dx_query_parser *p, dx_node_list *out)
{
    dx_query_op op, next;
    dx_node_list more;
    const char *from = dx_query_skip_blanks(p->at, p->end);

    DX_TRY(parse_operand(p, out));
    if (!take(p, DX_NODE_NEAR, &op))
        return DX_OK;
    dx_query_field field = out->count ? p->q->nodes[out->first].field
                                      : DX_IN_ANY;
    bool valid = can_be_near(p->q, *out, field);
    next = op;
    do {
        DX_TRY(parse_operand(p, &more));
        valid &= can_be_near(p->q, more, field);
        dx_node_list_append(p->q, out, more);
        op.distance = next.distance > op.distance ? next.distance : op.distance;
        op.ordered &= next.ordered;
    } while (take(p, DX_NODE_NEAR, &next));
    if (valid) {
        *out = as_chain(p, *out, &op, from);
    } else {
        dx_query_warn(p->q, DX_FAULT_NEAR_WHAT, from, p->at);
        dx_node_list_require(p->q, *out);
    }
    return DX_OK;
}

/* ---- AND, OR ---- */

static dx_status parse_and(dx_query_parser *p, dx_node_list *out)
{
    dx_node_list more;
    dx_query_op op;

    DX_TRY(parse_near(p, out));
    if (!take(p, DX_NODE_AND, &op))
        return DX_OK;
    dx_node_list_require(p->q, *out);
    do {
        DX_TRY(parse_near(p, &more));
        dx_node_list_require(p->q, more);
        dx_node_list_append(p->q, out, more);
    } while (take(p, DX_NODE_AND, &op));
    return DX_OK;
}

/* Adds one side of an OR, the last thing that was read. */
static void add_side(dx_query_parser *p, dx_node_list *sides,
    dx_node_list side, dx_query_mark mark, const char *from)
{
    dx_query *q = p->q;
    uint32_t node = dx_query_as_node(q, side, p->at);

    if (node == DX_NODE_NONE) {
        dx_query_cut(q, mark);
    } else if (!dx_node_is_positive(q, node)) {
        dx_query_warn(p->q, DX_FAULT_ONLY_NOT_SIDE, from, p->at);
        dx_query_cut(q, mark);
    } else if (q->nodes[node].kind == DX_NODE_OR) {
        q->node_count--; /* made after its sides */
        dx_node_list_append(q, sides, dx_query_children(q, node));
    } else {
        dx_node_list_add(q, sides, node);
    }
}

/* OR of the sides; a single one is the same as without OR. */
static dx_node_list as_choice(dx_query_parser *p, dx_node_list sides,
    dx_query_mark mark, const char *from)
{
    dx_query *q = p->q;
    dx_node_list out = DX_NODE_LIST_EMPTY;
    uint32_t node;

    if (sides.count == 1)
        return dx_query_as_list(q, sides.first);
    if (sides.count == 0)
        return sides;
    dx_query_new_node(q, DX_NODE_OR, from, p->at, &node);
    if (node == DX_NODE_NONE)
        dx_query_cut(q, mark);
    else
        dx_query_set_children(q, node, sides);
    dx_node_list_add(q, &out, node);
    return out;
}

static dx_status parse_or(dx_query_parser *p, dx_node_list *out)
{
    dx_query_mark start = dx_query_mark_of(p->q), mark;
    const char *from = dx_query_skip_blanks(p->at, p->end), *side_from = from;
    dx_node_list sides = DX_NODE_LIST_EMPTY, side;
    dx_query_op op;

    DX_TRY(parse_and(p, out));
    if (!take(p, DX_NODE_OR, &op))
        return DX_OK;
    add_side(p, &sides, *out, start, side_from);
    do {
        mark = dx_query_mark_of(p->q);
        side_from = dx_query_skip_blanks(p->at, p->end);
        DX_TRY(parse_and(p, &side));
        add_side(p, &sides, side, mark, side_from);
    } while (take(p, DX_NODE_OR, &op));
    *out = as_choice(p, sides, start, from);
    return DX_OK;
}

/* ---- sequences ---- */

/* Skips what stands between operands; false when nothing is left. */
static bool skip_between(dx_query_parser *p)
{
    for (;;) {
        p->at = dx_query_skip_blanks(p->at, p->end);
        if (p->at == p->end)
            return false;
        dx_query_op op = dx_query_op_at(p->at, p->end);
        if (*p->at == ')') {
            if (p->ignored > 0)
                p->ignored--;
            else if (p->depth > 0)
                return false;
            p->at++;
        } else if (op.end && !op.is_word) {
            if (!op.is_sign)
                dx_query_warn(p->q, DX_FAULT_NO_OPERAND, p->at, op.end);
            p->at = op.end;
        } else {
            return true;
        }
    }
}

static dx_status parse_sequence(dx_query_parser *p, dx_node_list *out)
{
    dx_node_list more;

    *out = DX_NODE_LIST_EMPTY;
    while (skip_between(p)) {
        DX_TRY(parse_or(p, &more));
        dx_node_list_append(p->q, out, more);
    }
    return DX_OK;
}

/* ---- the whole text ---- */

static dx_status parse_all(dx_query_parser *p)
{
    dx_query *q = p->q;
    dx_node_list list;

    DX_TRY(parse_sequence(p, &list));
    if (list.every)
        dx_node_list_add_every(q, &list, p->at);
    q->nodes[0].child = list.first;
    dx_query_join(q, list.first);
    q->nodes[0].end = (uint32_t)q->text.len;
    if (list.count > 0 && !dx_query_has_positive(q))
        dx_query_warn(q, DX_FAULT_ONLY_NOT, q->text.ptr, p->end);
    return DX_OK;
}

/* Bytes of `text` that are read: no character is cut in two. */
static size_t length_of(const char *text, bool *cut)
{
    size_t len = strnlen(text, DX_QUERY_MAX_BYTES + 1);

    *cut = len > DX_QUERY_MAX_BYTES;
    len -= *cut;
    while (*cut && len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
        len--;
    return len;
}

dx_status dx_query_parse(const char *text, dx_query *out, dx_error *err)
{
    bool cut;
    size_t len = length_of(text, &cut);
    dx_query_parser p = {.q = out, .analyzer = dx_analyzer_new(),
        .name = {DX_IN_ANY, DX_SIDE_ON}};
    dx_status rc = dx_query_init(out, (dx_str){text, len});

    if (!p.analyzer)
        rc = DX_ERR_NOMEM;
    if (rc == DX_OK) {
        p.at = out->text.ptr;
        p.end = p.at + len;
        if (cut)
            dx_query_warn(out, DX_FAULT_TOO_LONG, p.end, p.end);
        rc = parse_all(&p);
        out->typed_count = out->word_count;
    }
    dx_analyzer_free(p.analyzer);
    if (rc != DX_OK) {
        dx_query_free(out);
        return dx_fail_nomem(err);
    }
    return DX_OK;
}
