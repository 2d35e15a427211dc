/* query_internal.h -- what the files of the query language share:
 *
 *   query.c         the tree: rooms, limits, questions about it
 *   parse.c   the grammar: operators, parentheses, what stands before a
 *                   word
 *   tree.c    lists of nodes, and what they become
 *   piece.c   a word, with what stands right behind it: word* word~ word^2
 *   phrase.c  likewise "a phrase"~3
 *   filter.c  likewise source:"a value"
 *   word.c    what these three have in common
 *   lex.c     characters, operators, numbers
 *   fields.c  names of fields
 *   date.c    dates and their ranges
 *   docno.c   document numbers in one spelling
 *   echo.c    the tree in the language */
#ifndef DX_SEARCHER_QUERY_QUERY_INTERNAL_H
#define DX_SEARCHER_QUERY_QUERY_INTERNAL_H

#include "common/text/analyzer.h"
#include "searcher/query/query.h"

/* ---- characters: lex.c ---- */

static inline bool dx_query_is_blank(char c) { return (unsigned char)c <= ' '; }
static inline bool dx_query_is_digit(char c) { return c >= '0' && c <= '9'; }

const char *dx_query_skip_blanks(const char *p, const char *end);

/** Length of the quotation mark at `p`, or 0. */
size_t dx_query_quote_len(const char *p, const char *end);

/** Whether a word can go on with this byte: a letter or digit, or any byte
 *  beyond ASCII. */
bool dx_query_is_letter(char c);
/** Whether a word or phrase starts at `p`. */
bool dx_query_starts_word(const char *p, const char *end);
/** Likewise, or up to two of the marks '=', '^', '~' before one. */
bool dx_query_starts_marked(const char *p, const char *end);

/** Whether `c` is punctuation at the end of a word. */
static inline bool dx_query_is_point(char c)
{
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?';
}

/** Whether a word ends at `p`: at a blank, parenthesis, quotation mark, '|' or
 *  the end. */
bool dx_query_is_boundary(const char *p, const char *end);

/** Digits at `p` as a number in *out, cut to `max`; the end of the digits, `p`
 *  itself when there are none. */
const char *dx_query_number(const char *p, const char *end, uint32_t max,
    uint32_t *out);

/** The number of a boost at `p`, 2 or 0.5, in hundredths and cut to what fits;
 *  its end, `p` itself when there is none. */
const char *dx_query_hundredths(const char *p, const char *end, uint32_t *out);

/* ---- operators: lex.c ---- */

typedef enum dx_query_op_kind {
    DX_OP_NONE,
    DX_OP_OR,  /* OR, | */
    DX_OP_AND, /* AND, && */
    DX_OP_NEAR /* NEAR, NEAR/5, ADJ, ADJ/5 */
} dx_query_op_kind;

#define DX_NEAR_DEFAULT 10u

typedef struct dx_query_op {
    dx_query_op_kind kind;
    const char *end;
    uint32_t distance; /* of NEAR */
    bool ordered;      /* of NEAR: ADJ */
    bool is_sign;      /* not a word: without operands, it is punctuation */
    bool is_word;      /* NEAR or ADJ bare: without operands, it is a word */
} dx_query_op;

/** The operator at `p`, whatever stands around it. */
dx_query_op dx_query_op_at(const char *p, const char *end);

/** Whether `p` has the keyword NOT. */
bool dx_query_is_not(const char *p, const char *end);

/** Whether something stands at `p` that an operator can apply to. */
bool dx_query_has_operand(const char *p, const char *end);

/* ---- fields: fields.c ---- */

typedef enum dx_query_side { DX_SIDE_ON, DX_SIDE_AFTER, DX_SIDE_BEFORE }
    dx_query_side;

typedef struct dx_query_name {
    dx_query_field field;
    dx_query_side side; /* of DX_IN_DATE: date:, after:, before: */
} dx_query_name;

/** Reads "name:" at `p`, or "@name" and the blanks behind it, if what follows
 *  can be looked for there. The end of it, or NULL. */
const char *dx_query_field_at(dx_analyzer *a, const char *p, const char *end,
    dx_query_name *out);
/** The name that the echo uses. */
const char *dx_query_field_name(dx_query_field field);
/** Whether the field filters by a value, instead of looking for words. */
static inline bool dx_query_is_filter(dx_query_field f)
{
    return f >= DX_IN_AUTHOR;
}

/* ---- values: date.c, docno.c ---- */

/** 2024, 2024-03, 2024-03-27, 27/3/2024, 3/2024 and ranges of them, as the days
 *  that they are about. False when it is no date. */
bool dx_query_date_parse(dx_str s, dx_query_side side, int32_t *from,
    int32_t *to);
/** "2024-01-01..2024-06-30", "2024-01-01..", or "2024-03-27". */
void dx_query_date_put(int32_t from, int32_t to, dx_buf *out);

/** " 0749 / QĐ – TTg" as "749/qd-ttg", in `out`, which is empty. */
DX_NODISCARD dx_status dx_query_docno_put(dx_analyzer *a, dx_str s,
    dx_buf *out);

/* ---- parsing: query.c, parse.c ---- */

typedef enum dx_query_fault {
    DX_FAULT_TOO_LONG,
    DX_FAULT_TOO_MANY_WORDS,
    DX_FAULT_TOO_MANY_NODES,
    DX_FAULT_TOO_DEEP,
    DX_FAULT_UNCLOSED,
    DX_FAULT_NO_OPERAND,
    DX_FAULT_ONLY_NOT_SIDE,
    DX_FAULT_ONLY_NOT,
    DX_FAULT_NEAR_WHAT,
    DX_FAULT_SPAN,
    DX_FAULT_BOOST,
    DX_FAULT_SHORT_PREFIX,
    DX_FAULT_PATTERN,
    DX_FAULT_SHORT_FUZZY,
    DX_FAULT_FAR_FUZZY,
    DX_FAULT_QUORUM,
    DX_FAULT_DATE,
    DX_FAULT_NO_VALUE
} dx_query_fault;

typedef struct dx_query_parser {
    dx_query *q;
    dx_analyzer *analyzer; /* owned by dx_query_parse() */
    const char *at, *end;
    dx_query_name name;    /* of the parentheses around */
    uint32_t depth;        /* of parentheses */
    uint32_t ignored;      /* opening ones that were too deep */
    bool bound;            /* an operator stands before */
} dx_query_parser;

/* Children of a node to be, in order; a sequence of them means AND. */
typedef struct dx_node_list {
    uint32_t first, last, count; /* DX_NODE_NONE when empty */
    bool every;                  /* a free-standing '*' too */
} dx_node_list;
#define DX_NODE_LIST_EMPTY                                                     \
    ((dx_node_list){DX_NODE_NONE, DX_NODE_NONE, 0, false})

/* What stands before a word, phrase or parenthesis. */
typedef struct dx_query_marks {
    dx_query_name name;
    bool negated, required, strict, at_start;
    bool own_name;    /* not that of the parentheses around */
    const char *from; /* where they start */
} dx_query_marks;

void dx_query_warn(dx_query_parser *p, dx_query_fault fault, const char *from,
    const char *to);

/** A new node over [from, to) of the text; *out is DX_NODE_NONE, with a warning,
 *  when there are too many. */
void dx_query_new_node(dx_query_parser *p, dx_node_kind kind, const char *from,
    const char *to, uint32_t *out);

/* Nodes and words are only ever given back from the end, by cutting. */
typedef struct dx_query_mark {
    uint32_t words, nodes;
} dx_query_mark;
static inline dx_query_mark dx_query_mark_of(const dx_query *q)
{
    return (dx_query_mark){q->word_count, q->node_count};
}
static inline void dx_query_cut(dx_query *q, dx_query_mark mark)
{
    q->word_count = mark.words;
    q->node_count = mark.nodes;
}

/* ---- lists: tree.c ---- */

void dx_node_list_add(dx_query *q, dx_node_list *list, uint32_t node);
void dx_node_list_append(dx_query *q, dx_node_list *list, dx_node_list more);

dx_node_list dx_query_children(const dx_query *q, uint32_t node);
/** Makes the list, which is not empty, the children of `node`. */
void dx_query_set_children(dx_query *q, uint32_t node, dx_node_list list);
/** The list as one node, the last in the array if it is a new one; DX_NODE_NONE
 *  when it is empty, or with a warning when there is no room. */
uint32_t dx_query_as_node(dx_query_parser *p, dx_node_list list);
/** The other way round: `node` is the last in the array. */
dx_node_list dx_query_as_list(dx_query *q, uint32_t node);
/** Adds '*' to the list if nothing else in it finds documents. */
void dx_query_add_every(dx_query_parser *p, dx_node_list *list);
/** Says of the siblings from `first` on, under AND, which of them go on with the
 *  text of the one before. */
void dx_query_join(dx_query *q, uint32_t first);
/** Whether a document may lack it: else it is no condition for partial hits. */
bool dx_query_is_optional(dx_node_kind kind);
void dx_query_require(dx_query *q, dx_node_list list);
/** Whether nothing can be found by it. */
bool dx_query_is_negative(const dx_query *q, uint32_t node);
void dx_query_multiply_boost(dx_query *q, uint32_t node, double by);

/* ---- parsing: phrase.c, piece.c, filter.c ---- */

/** Reads what stands at p->at, which is no blank: a phrase, or else the
 *  characters up to the next boundary. `bound`: an operator stands before. */
DX_NODISCARD dx_status dx_query_read_phrase(dx_query_parser *p,
    const dx_query_marks *m, dx_node_list *out);
DX_NODISCARD dx_status dx_query_read_piece(dx_query_parser *p,
    const dx_query_marks *m, bool bound, dx_node_list *out);

/** A filter goes on with the words behind it only in parentheses. */
DX_NODISCARD dx_status dx_query_read_value(dx_query_parser *p,
    const dx_query_marks *m, dx_node_list *out);
/** The filter of a value that has been read up to p->at. */
DX_NODISCARD dx_status dx_query_add_filter(dx_query_parser *p,
    const dx_query_marks *m, dx_str text, dx_node_list *out);

/* ---- words and their nodes: word.c ---- */

/** Whether there is room for a word at `from`; with a warning, if not. */
bool dx_query_has_room(dx_query_parser *p, const char *from);
/** Adds the words of `text`, as far as there is room. */
DX_NODISCARD dx_status dx_query_add_words(dx_query_parser *p, dx_str text,
    bool quoted);
/** The node of words first .. first + count - 1, with its marks. Without room
 *  for it, the words from there on go too. */
void dx_query_add_words_node(dx_query_parser *p, const dx_query_marks *m,
    dx_node_kind kind, uint32_t first, uint32_t count, dx_node_list *out);
/** A node for each word from `first` on. */
void dx_query_add_each(dx_query_parser *p, const dx_query_marks *m,
    uint32_t first, dx_node_list *out);

/** Reads "^2" at p->at as a boost; 1.0 when there is none. */
double dx_query_read_boost(dx_query_parser *p);
/** The boost of so many hundredths, within its limits; with a warning about
 *  [from, to), if it is not. */
double dx_query_boost_of(dx_query_parser *p, uint32_t hundredths,
    const char *from, const char *to);
/** `boost` within its limits, in hundredths. */
double dx_query_clamp_boost(double boost);
void dx_query_set_boost(dx_query *q, dx_node_list list, double boost);

/** The whole text; the root gets its children. */
DX_NODISCARD dx_status dx_query_parse_all(dx_query_parser *p);

#endif
