/* lex.h -- the characters of a query: blanks, letters, quotation marks, numbers
 * and operators. What a word is made of is for the analyzer to say.
 *
 * A position `p` goes with the `end` of the text, one past its last byte; all
 * functions take p <= end and read nothing from `end` on. */
#ifndef DX_SEARCHER_QUERY_LEX_H
#define DX_SEARCHER_QUERY_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "searcher/query/query.h"

/* ---- characters ---- */

static inline bool dx_query_is_blank(char c) { return (unsigned char)c <= ' '; }
static inline bool dx_query_is_digit(char c) { return c >= '0' && c <= '9'; }

/** Whether a word can go on with this byte: a letter, a digit, or any byte
 *  beyond ASCII. */
bool dx_query_is_letter(char c);

/** Whether `c` is punctuation that may end a word. */
static inline bool dx_query_is_point(char c)
{
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?';
}

/** The first byte from `p` on that is not blank, or `end`. */
const char *dx_query_skip_blanks(const char *p, const char *end);

/** Length in bytes of the quotation mark at `p`, or 0. */
size_t dx_query_quote_len(const char *p, const char *end);

/** Whether a word ends at `p`: at a blank, parenthesis, quotation mark, '|' or
 *  the end. */
bool dx_query_is_boundary(const char *p, const char *end);

/** Whether a word or phrase starts at `p`. */
bool dx_query_starts_word(const char *p, const char *end);
/** Likewise, or up to two of the marks '=', '^', '~' before one. */
bool dx_query_starts_marked(const char *p, const char *end);

/* ---- numbers ---- */

/** Reads the digits at `p` as a number in *out, at most `max`. Returns where
 *  the digits end, `p` itself when there are none. */
const char *dx_query_number(const char *p, const char *end, uint32_t max,
    uint32_t *out);

/** Reads the number of a boost at `p`, such as 2 or 0.5, in hundredths, cut to
 *  what fits. Returns where it ends, `p` itself when there is none. */
const char *dx_query_hundredths(const char *p, const char *end, uint32_t *out);

/* ---- operators ---- */

#define DX_NEAR_DEFAULT 10u /* words apart, when no number says how many */

typedef struct dx_query_op {
    const char *end;   /* NULL when there is no operator */
    dx_node_kind kind; /* what it makes: DX_NODE_OR of OR and |, DX_NODE_AND of
                          AND and &&, DX_NODE_NEAR of NEAR/5 and ADJ/5 */
    uint32_t distance; /* NEAR */
    bool ordered;      /* NEAR: it is ADJ */
    bool is_sign;      /* | or &&: without operands it is punctuation */
    bool is_word;      /* bare NEAR or ADJ: without operands it is a word */
} dx_query_op;

/** The operator at `p`, whatever stands around it. */
dx_query_op dx_query_op_at(const char *p, const char *end);

/** Whether the keyword NOT stands at `p`. */
bool dx_query_is_not(const char *p, const char *end);

/** Whether something that an operator can apply to stands at `p`, after
 *  blanks. */
bool dx_query_has_operand(const char *p, const char *end);

#endif
