/* query.h -- from what a person typed to clauses over terms. Knows nothing of
 * an index; the same query may be asked of any number of segments.
 *
 *     chuyển đổi "Bắc Giang" -hội title:số 749/QĐ-TTg
 *
 *     words    0 chuyển  1 đổi  2 bắc  3 giang  4 hội  5 số  6 749/qđ-ttg
 *     clauses  WORD 0, WORD 1 (joined), PHRASE 2..3 (joined), WORD 4 (negated),
 *              WORD 5 (title), WORD 6
 *
 * Syntax: words; "phrases" (also “…”, «…»); -word or -"phrase" after a blank;
 * title:word, tiêu_đề:word, tieude:word and title:"phrase". Whatever else is
 * typed is plain words. Never an error. */
#ifndef DX_SEARCHER_QUERY_H
#define DX_SEARCHER_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"

typedef struct dx_query_word {
    dx_str exact, folded; /* in the query's arena, as the analyzer gives them */
    bool marked;          /* exact carries a mark or đ: see dx_term_is_marked */
    bool overlay;         /* a whole date or document number, one term */
} dx_query_word;

typedef struct dx_clause {
    uint32_t first, count; /* its words; count > 1 only in a phrase */
    bool phrase;           /* the words follow one another in one field */
    bool negated;          /* documents with it are no hits */
    bool title;            /* in the title only */
    bool joined;           /* its first word directly followed the previous
                              clause's last as running text in the same field,
                              both positive: that pair counts too */
} dx_clause;

typedef struct dx_query {
    dx_arena arena;
    dx_query_word *words; /* in the arena, in the order typed */
    uint32_t word_count;
    dx_clause *clauses;   /* in the arena, in the order typed */
    uint32_t clause_count;
    const char *warning;  /* what was set aside, one line in Vietnamese, or "" */
} dx_query;

/** Parses `text` (any bytes). A query without a positive clause has no hits.
 *  Fails only with NOMEM. */
DX_NODISCARD dx_status dx_query_parse(const char *text, dx_query *out,
    dx_error *err);
void dx_query_free(dx_query *q);

#endif
