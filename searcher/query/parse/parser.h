/* parser.h -- where the parser is in the text, and what it has read so far. */
#ifndef DX_SEARCHER_QUERY_PARSE_PARSER_H
#define DX_SEARCHER_QUERY_PARSE_PARSER_H

#include <stdbool.h>
#include <stdint.h>

#include "common/text/analyzer.h"
#include "searcher/query/fields.h"
#include "searcher/query/query.h"

typedef struct dx_query_parser {
    dx_query *q;
    dx_analyzer *analyzer; /* owned by dx_query_parse() */
    const char *at, *end;  /* in q->text: what is left to read */
    dx_query_name name;    /* of the parentheses around */
    uint32_t depth;        /* of parentheses */
    uint32_t ignored;      /* opening ones that were too deep */
    bool bound;            /* an operator stands before */
} dx_query_parser;

/* What stands before a word, phrase or parenthesis. */
typedef struct dx_query_marks {
    dx_query_name name;
    bool negated, required, strict, at_start;
    bool own_name;    /* not that of the parentheses around */
    const char *from; /* where they start */
} dx_query_marks;

#endif
