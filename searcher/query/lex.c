/* The characters of a query, and what they make: numbers, operators. */
#include "searcher/query/lex.h"

#include <string.h>

/* Quotation marks come in pairs that people mix, so any of them opens and any
 * closes a phrase. */
static const char *const quotes[] = {"\"", "“", "”", "„", "«", "»"};

const char *dx_query_skip_blanks(const char *p, const char *end)
{
    while (p < end && dx_query_is_blank(*p))
        p++;
    return p;
}

size_t dx_query_quote_len(const char *p, const char *end)
{
    if (p == end || (*p != '"' && (unsigned char)*p < 0x80))
        return 0;
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        size_t n = strlen(quotes[i]);
        if ((size_t)(end - p) >= n && memcmp(p, quotes[i], n) == 0)
            return n;
    }
    return 0;
}

bool dx_query_is_letter(char c)
{
    return dx_query_is_digit(c) || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

bool dx_query_starts_word(const char *p, const char *end)
{
    if (end - p > 1 && *p == '*') /* "*uyen" */
        return dx_query_is_letter(p[1]) && !dx_query_quote_len(p + 1, end);
    return p < end && (dx_query_is_letter(*p) || dx_query_quote_len(p, end));
}

bool dx_query_starts_marked(const char *p, const char *end)
{
    for (int i = 0; i < 2 && p < end && (*p == '=' || *p == '^' || *p == '~');
         i++)
        p++;
    return dx_query_starts_word(p, end);
}

bool dx_query_is_boundary(const char *p, const char *end)
{
    return p == end || dx_query_is_blank(*p) || *p == '(' || *p == ')' ||
           *p == '|' || dx_query_quote_len(p, end) > 0;
}

/* ---- numbers ---- */

const char *dx_query_number(const char *p, const char *end, uint32_t max,
    uint32_t *out)
{
    uint64_t n = 0;

    for (; p < end && dx_query_is_digit(*p); p++)
        if (n <= max)
            n = n * 10 + (uint64_t)(*p - '0');
    *out = n > max ? max : (uint32_t)n;
    return p;
}

const char *dx_query_hundredths(const char *p, const char *end, uint32_t *out)
{
    uint32_t whole, part = 0;
    const char *at = dx_query_number(p, end, 1000000, &whole);

    if (at == p)
        return p;
    if (end - at > 1 && *at == '.' && dx_query_is_digit(at[1])) {
        part = (uint32_t)(at[1] - '0') * 10;
        if (end - at > 2 && dx_query_is_digit(at[2]))
            part += (uint32_t)(at[2] - '0');
        for (at++; at < end && dx_query_is_digit(*at);)
            at++;
    }
    *out = whole * 100 + part;
    return at;
}

/* ---- operators ---- */

/* Capitals only: "or", "and", "not" are words of other languages. */
static const char *keyword_end(const char *p, const char *end, const char *word)
{
    size_t n = strlen(word);

    return (size_t)(end - p) >= n && memcmp(p, word, n) == 0 ? p + n : NULL;
}

static const struct operator {
    const char *spelling;
    dx_query_op op;
} operators[] = {
    {"OR", {.kind = DX_NODE_OR}},
    {"AND", {.kind = DX_NODE_AND}},
    {"&&", {.kind = DX_NODE_AND, .is_sign = true}},
    {"NEAR", {.kind = DX_NODE_NEAR}},
    {"ADJ", {.kind = DX_NODE_NEAR, .ordered = true}},
};

/* The "/5" behind NEAR. */
static void read_distance(dx_query_op *op, const char *end)
{
    op->distance = DX_NEAR_DEFAULT;
    op->is_word = true;
    if (op->end == end || *op->end != '/')
        return;
    /* One more than is allowed, so that the parser can tell. */
    const char *from = op->end + 1;
    op->end = dx_query_number(from, end, DX_QUERY_MAX_SPAN + 1, &op->distance);
    op->is_word = op->end == from;
}

dx_query_op dx_query_op_at(const char *p, const char *end)
{
    dx_query_op op = {.end = NULL};

    if (p < end && *p == '|') {
        op = (dx_query_op){.end = p, .kind = DX_NODE_OR, .is_sign = true};
        while (op.end < end && *op.end == '|')
            op.end++;
        return op; /* the only one that needs nothing behind it */
    }
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        const char *after = p < end && *p == *operators[i].spelling
                                ? keyword_end(p, end, operators[i].spelling)
                                : NULL;
        if (!after)
            continue;
        op = operators[i].op;
        op.end = after;
        if (op.kind == DX_NODE_NEAR)
            read_distance(&op, end);
        if (dx_query_is_boundary(op.end, end))
            return op;
    }
    return (dx_query_op){.end = NULL};
}

bool dx_query_is_not(const char *p, const char *end)
{
    const char *after = keyword_end(p, end, "NOT");

    return after && dx_query_is_boundary(after, end);
}

bool dx_query_has_operand(const char *p, const char *end)
{
    p = dx_query_skip_blanks(p, end);
    if (p == end || *p == ')')
        return false;
    dx_query_op op = dx_query_op_at(p, end);
    return !op.end || op.is_word;
}
