/* The tree in the query language. */
#include "searcher/query/echo.h"

#include "searcher/query/date.h"
#include "searcher/query/fields.h"
#include "searcher/query/lex.h"

static void put_node(const dx_query *q, uint32_t node, bool alone,
    bool required, dx_buf *out);

/* ---- words ---- */

/* Numbers with a comma are echoed as they were typed: the analyzer reads
 * "1.234,5678" as one number, but its own "1234,5678" as two. */
static dx_str spelling_of(const dx_query *q, const dx_query_word *w)
{
    bool comma = false;

    for (size_t i = 0; i < w->exact.len; i++)
        comma |= w->exact.ptr[i] == ',';
    if (!comma || w->end <= w->start)
        return w->exact;
    return (dx_str){q->text.ptr + w->start, w->end - w->start};
}

static void put_word(const dx_query *q, const dx_query_word *w, dx_buf *out)
{
    dx_buf_put_str(out, spelling_of(q, w));
    if (w->kind == DX_WORD_PREFIX)
        dx_buf_putc(out, '*');
    else if (w->kind == DX_WORD_FUZZY)
        dx_buf_putc(out, '~');
}

static void put_quoted(const dx_query *q, const dx_node *n, dx_buf *out)
{
    dx_buf_putc(out, '"');
    for (uint32_t w = n->first; w < n->first + n->count; w++) {
        if (w > n->first)
            dx_buf_putc(out, ' ');
        put_word(q, &q->words[w], out);
    }
    dx_buf_putc(out, '"');
}

static void put_boost(const dx_node *n, dx_buf *out)
{
    uint32_t hundredths = (uint32_t)(n->boost * 100.0 + 0.5);

    if (hundredths == 100)
        return;
    dx_buf_printf(out, "^%u", hundredths / 100);
    if (hundredths % 10)
        dx_buf_printf(out, ".%02u", hundredths % 100);
    else if (hundredths % 100)
        dx_buf_printf(out, ".%u", hundredths % 100 / 10);
}

/* ---- what stands before ---- */

static void put_field(dx_query_field field, dx_buf *out)
{
    if (field == DX_IN_ANY)
        return;
    dx_buf_puts(out, dx_query_field_name(field));
    dx_buf_putc(out, ':');
}

/* A boost needs a letter before it, for 10^6 is a number; so is "+84". They are
 * written (10)^6 and +(84). */
static bool needs_parentheses(const dx_query *q, const dx_node *n,
    bool required)
{
    const dx_query_word *w = &q->words[n->first];
    bool letters = false;

    if (n->kind != DX_NODE_WORD)
        return false;
    for (size_t i = 0; i < w->exact.len; i++)
        letters |= dx_query_is_letter(w->exact.ptr[i]) &&
                   !dx_query_is_digit(w->exact.ptr[i]);
    bool bare = n->field == DX_IN_ANY && !n->at_start && !w->strict;
    return (n->boost != 1.0 && !letters) ||
           (required && bare && dx_query_is_digit(*w->exact.ptr));
}

static void put_words(const dx_query *q, const dx_node *n, bool required,
    dx_buf *out)
{
    bool parentheses = needs_parentheses(q, n, required);

    dx_buf_puts(out, required ? "+" : "");
    dx_buf_puts(out, parentheses ? "(" : "");
    put_field(n->field, out);
    if (n->at_start)
        dx_buf_putc(out, '^');
    if (q->words[n->first].strict)
        dx_buf_putc(out, '=');
    if (n->kind == DX_NODE_WORD)
        put_word(q, &q->words[n->first], out);
    else
        put_quoted(q, n, out);
    if (n->kind == DX_NODE_QUORUM)
        dx_buf_printf(out, "/%u", n->quorum);
    dx_buf_puts(out, parentheses ? ")" : "");
    put_boost(n, out);
}

static bool is_simple(dx_str value)
{
    for (size_t i = 0; i < value.len; i++)
        if (dx_query_quote_len(value.ptr + i, dx_str_end(value)) > 0)
            return false;
    for (size_t i = 0; i < value.len; i++)
        if (!dx_query_is_letter(value.ptr[i]) && value.ptr[i] != '.' &&
            value.ptr[i] != '-' && value.ptr[i] != '/' && value.ptr[i] != '_')
            return false;
    return value.len > 0 && dx_query_is_letter(*value.ptr);
}

static void put_filter(const dx_node *n, dx_buf *out)
{
    put_field(n->field, out);
    if (dx_query_is_date(n->field)) {
        dx_query_date_put(n->from_day, n->to_day, out);
        return;
    }
    if (is_simple(n->value)) {
        dx_buf_put_str(out, n->value);
        return;
    }
    dx_buf_putc(out, '"');
    for (const char *p = n->value.ptr, *end = dx_str_end(n->value); p < end;
         p++) {
        if (*p == '\\' || dx_query_quote_len(p, end) > 0)
            dx_buf_putc(out, '\\');
        dx_buf_putc(out, *p);
    }
    dx_buf_putc(out, '"');
}

/* ---- groups ---- */

/* Whether the children were joined by an explicit AND, or might have been. */
static bool are_required(const dx_query *q, uint32_t first)
{
    uint32_t required = 0, count = 0;

    for (uint32_t c = first; c != DX_NODE_NONE; c = q->nodes[c].next) {
        bool optional = dx_node_may_be_required(q->nodes[c].kind);
        if (optional && !q->nodes[c].required)
            return false;
        required += optional;
        count++;
    }
    return required > 0 && count > 1;
}

static void put_sequence(const dx_query *q, uint32_t first, dx_buf *out)
{
    bool and = are_required(q, first);

    for (uint32_t c = first; c != DX_NODE_NONE; c = q->nodes[c].next) {
        bool alone = c == first && q->nodes[c].next == DX_NODE_NONE;
        if (c != first)
            dx_buf_puts(out, and ? " AND " : " ");
        put_node(q, c, alone, !and && q->nodes[c].required, out);
    }
}

static void put_choice(const dx_query *q, uint32_t first, dx_buf *out)
{
    for (uint32_t c = first; c != DX_NODE_NONE; c = q->nodes[c].next) {
        if (c != first)
            dx_buf_puts(out, " OR ");
        put_node(q, c, false, false, out);
    }
}

/* NEAR/N lets two words be N apart, and one more for each further word. */
static void put_chain(const dx_query *q, const dx_node *n, dx_buf *out)
{
    uint32_t words = 0;

    for (uint32_t c = n->child; c != DX_NODE_NONE; c = q->nodes[c].next)
        words += q->nodes[c].count;
    for (uint32_t c = n->child; c != DX_NODE_NONE; c = q->nodes[c].next) {
        if (c != n->child)
            dx_buf_printf(out, " %s/%u ", n->ordered ? "ADJ" : "NEAR",
                n->span + 2 - words);
        put_words(q, &q->nodes[c], false, out);
    }
}

static void put_inside(const dx_query *q, const dx_node *n, dx_buf *out)
{
    if (n->kind == DX_NODE_NEAR)
        put_chain(q, n, out);
    else if (n->kind == DX_NODE_OR)
        put_choice(q, n->child, out);
    else
        put_sequence(q, n->child, out);
}

static void put_node(const dx_query *q, uint32_t node, bool alone,
    bool required, dx_buf *out)
{
    const dx_node *n = &q->nodes[node];

    switch (n->kind) {
    case DX_NODE_AND:
    case DX_NODE_OR:
    case DX_NODE_NEAR:
        alone &= !required && n->boost == 1.0;
        dx_buf_puts(out, required ? "+" : "");
        dx_buf_puts(out, alone ? "" : "(");
        put_inside(q, n, out);
        dx_buf_puts(out, alone ? "" : ")");
        put_boost(n, out);
        break;
    case DX_NODE_NOT:
        dx_buf_puts(out, "NOT ");
        put_node(q, n->child, false, false, out);
        break;
    case DX_NODE_WORD:
    case DX_NODE_PHRASE:
    case DX_NODE_QUORUM:
        put_words(q, n, required, out);
        break;
    case DX_NODE_FILTER:
        put_filter(n, out);
        break;
    case DX_NODE_EVERY:
        dx_buf_putc(out, '*');
        break;
    }
}

void dx_query_echo(const dx_query *q, dx_buf *out)
{
    put_sequence(q, q->nodes[0].child, out);
}
