/* query.h -- a query as a tree over words. It knows nothing of an index: the
 * same tree may be asked of any number of segments, or of another engine.
 * parse/parse.h makes it of what a person typed, echo.h tells a person what was
 * understood. The grammar is in docs/query.md, and by example in tests/spec.
 *
 *     chuyển đổi "Bắc Giang" -hội (lũ OR bão) title:số after:2021
 *
 *     AND
 *     ├── WORD chuyển
 *     ├── WORD đổi                        joined: directly follows `chuyển`
 *     ├── PHRASE bắc giang                joined
 *     ├── NOT ── WORD hội
 *     ├── OR ─┬─ WORD lũ
 *     │       └─ WORD bão
 *     ├── WORD số                         field title
 *     └── FILTER date 2021-01-01..
 */
#ifndef DX_SEARCHER_QUERY_QUERY_H
#define DX_SEARCHER_QUERY_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/field/field.h"
#include "searcher/include/dx/search.h"

#define DX_NODE_NONE UINT32_MAX

/* Limits, beside DX_QUERY_MAX_BYTES and DX_QUERY_MAX_TERMS of dx/search.h. */
#define DX_QUERY_MAX_NODES 256u  /* clauses, groups and filters */
#define DX_QUERY_MAX_DEPTH 16u   /* of parentheses; deeper ones are ignored */
#define DX_QUERY_MAX_SPAN 1000u  /* of NEAR/N, "…"~N */
#define DX_QUERY_MAX_BOOST 100.0 /* of word^N; at least 0.01 */
#define DX_PREFIX_MIN_LETTERS 2u /* `ch*` */
#define DX_FUZZY_MIN_LETTERS 4u  /* shorter ones are taken as they are */

typedef enum dx_word_kind {
    DX_WORD_TERM,     /* one term */
    DX_WORD_PREFIX,   /* any that starts with `exact`, or has the stem that
                         `folded` is */
    DX_WORD_WILDCARD, /* any that `folded` fits (`exact`, when marked), a
                         pattern: '*' any letters, '?' one */
    DX_WORD_FUZZY     /* any within one edit of `folded` */
} dx_word_kind;

typedef struct dx_query_word {
    dx_str exact, folded; /* in the query's arena, as the analyzer gives them */
    dx_word_kind kind;
    bool marked;          /* exact carries a mark or đ: see dx_term_is_marked */
    bool overlay;         /* a whole date or document number, one term */
    bool strict;          /* `=má`, "má"D: this spelling only */
    uint32_t start, end;  /* byte range in the query as typed */
    /* Set by understand.h, for a word typed without marks: the spelling that
     * was probably meant, {NULL,0} when unknown. Documents with it weigh as if
     * it had been typed, the others `fallback` times that. */
    dx_str reading;
    double fallback;
    bool told; /* the reading is so sure that the reader may be told */
} dx_query_word;

typedef enum dx_node_kind {
    DX_NODE_AND,    /* every child; a NOT child excludes */
    DX_NODE_OR,     /* at least one child */
    DX_NODE_NOT,    /* one child, which must not hold; only within AND */
    DX_NODE_WORD,   /* words[first] */
    DX_NODE_PHRASE, /* words first .. first + count - 1 in a row */
    DX_NODE_NEAR,   /* all children (WORD, PHRASE) in one field within `span` */
    DX_NODE_QUORUM, /* at least `quorum` of its words, wherever */
    DX_NODE_FILTER, /* an attribute or a date; does not score */
    DX_NODE_EVERY   /* `*`: every document; does not score */
} dx_node_kind;

/* Where words are looked for, and what filters are about: fields of articles by
 * the names of field.h's rows, and what a query says of them in the same way. */
typedef enum dx_query_field {
    DX_IN_ANY, /* wherever */
#define DX_IN_FIELD(id, ...) DX_IN_##id,
    DX_FIELD_MAP(DX_IN_FIELD)
#undef DX_IN_FIELD
    DX_IN_DUP /* dup:no */
} dx_query_field;

/** Whether the children of such a node are clauses of their own, which score by
 *  themselves. Those of NEAR are not, and those of NOT do not score. */
static inline bool dx_node_is_group(dx_node_kind kind)
{
    return kind == DX_NODE_AND || kind == DX_NODE_OR;
}

/** The field of articles that it is; DX_FIELDS for DX_IN_ANY and DX_IN_DUP. */
static inline dx_field dx_query_field_of(dx_query_field f)
{
    return f == DX_IN_ANY || f == DX_IN_DUP
               ? DX_FIELDS
               : (dx_field)((unsigned)f - DX_IN_ANY - 1);
}

/** How it is found; an ordinary word for DX_IN_ANY, DX_FIND_NOT for DX_IN_DUP. */
static inline dx_field_find dx_query_field_find(dx_query_field f)
{
    dx_field field = dx_query_field_of(f);

    if (field < DX_FIELDS)
        return (dx_field_find)dx_fields[field].find;
    return f == DX_IN_ANY ? DX_FIND_WORDS : DX_FIND_NOT;
}

typedef struct dx_node {
    dx_node_kind kind;
    dx_query_field field;
    uint32_t child, next;  /* first child, next sibling; DX_NODE_NONE */
    uint32_t first, count; /* its words: WORD, PHRASE, QUORUM */
    uint32_t start, end;   /* byte range in the query as typed */
    double boost;          /* 1.0 */
    bool required;         /* `+a`, `a AND b`: no partial match without it. All
                              but plain words and OR of plain words are so
                              anyway, without this being set */
    bool joined;           /* WORD, PHRASE: its first word directly follows the
                              last one of the sibling before, as running text in
                              the same field: that pair counts too */
    bool at_start;         /* `^word`: first in its field */
    bool only_pairs;       /* PHRASE: its words score as pairs only; set by
                              like.h */
    bool by_pairs;         /* PHRASE of plain words, in any field: holds where
                              all its pairs (and words, as spelt) are. That is
                              nearly the same, and needs no look at a text */
    /* NEAR */
    uint32_t span;         /* last position - first position <= span, of all
                              words, those of phrases too */
    bool ordered;          /* in this order */
    /* QUORUM */
    uint32_t quorum;
    /* FILTER */
    dx_str value;          /* as typed, without quotation marks, blanks single; of
                              DX_IN_DOCNO canonical: 749/qd-ttg; in the arena */
    int32_t from_day, to_day; /* of dates: days since 1970-01-01, both included;
                              INT32_MIN and INT32_MAX are open */
    /* Of `dup:ID`, set by alike.h: the documents that it stands for, a bit a
     * document of each segment (docset.h); NULL: all. */
    const uint64_t *const *documents;
    /* Of WORD and PHRASE, set by understand.h: the first of the nodes that stand
     * in where this one does not hold, at their `boost`: abbreviations, i for y,
     * synonyms. Siblings through `next`, WORD or PHRASE. What stands in for
     * several words together is the same node for each of them. */
    uint32_t alternative;
} dx_node;

struct dx_warning {
    const char *vi, *en; /* static */
    uint32_t start, end;
};
typedef dx_warning dx_query_warning;
#define DX_QUERY_MAX_WARNINGS ((uint32_t)DX_WARNINGS_MAX)

typedef struct dx_query {
    dx_arena arena;
    dx_str text;          /* as typed, cut to DX_QUERY_MAX_BYTES */
    dx_query_word *words; /* in the arena, in the order typed; words of
                             alternatives after them */
    uint32_t word_count, word_cap;
    uint32_t typed_count; /* those that were typed */
    dx_node *nodes;       /* likewise; nodes[0] is the root, an AND */
    uint32_t node_count, node_cap;
    dx_query_warning warnings[DX_QUERY_MAX_WARNINGS];
    uint32_t warning_count;
} dx_query;

/** Makes *out a root without children over a copy of `text`, in which
 *  ill-formed bytes of UTF-8 are blanks, so that positions stay. Fails with
 *  NOMEM; free *out then, too. */
DX_NODISCARD dx_status dx_query_init(dx_query *out, dx_str text);
void dx_query_free(dx_query *q);

/** A copy of words, nodes and text in another arena, without warnings, to be
 *  changed; strings are borrowed from `q`. Fails with NOMEM; free *out then, too. */
DX_NODISCARD dx_status dx_query_copy(const dx_query *q, dx_query *out);

/** Adds a word or a node (zeroed but for kind, links DX_NODE_NONE, boost 1.0)
 *  at the end of the arrays; its index in *out. The word's texts are copied.
 *  Fails with NOMEM, or LIMIT when the arrays are full. Up to
 *  DX_QUERY_MAX_ADDED of each fit beside what was typed. */
#define DX_QUERY_MAX_ADDED 128u
DX_NODISCARD dx_status dx_query_add_word(dx_query *q, dx_str exact,
    dx_str folded, bool marked, uint32_t *out);
DX_NODISCARD dx_status dx_query_add_node(dx_query *q, dx_node_kind kind,
    uint32_t *out);

/** Whether it makes a difference that such a node is required: those of other
 *  kinds must hold anyway. */
bool dx_node_may_be_required(dx_node_kind kind);

/** Whether `node` has something to find documents by: a word, a filter or `*`
 *  that is not negated. */
bool dx_node_is_positive(const dx_query *q, uint32_t node);

/** Whether the whole tree has. Without, a query has no hits. */
bool dx_query_has_positive(const dx_query *q);

/** Whether `node` is a WORD that stands for itself, in any field: a plain word, a
 *  date or a document number. */
bool dx_node_is_plain_word(const dx_query *q, const dx_node *node);

/** Whether the query has nothing but plain words, dates and document numbers: only
 *  then does it make sense to read it in another way (Telex, spelling). */
bool dx_query_is_plain(const dx_query *q);

#endif
