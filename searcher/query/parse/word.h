/* word.h -- words and their nodes: what pieces and phrases have in common. */
#ifndef DX_SEARCHER_QUERY_PARSE_WORD_H
#define DX_SEARCHER_QUERY_PARSE_WORD_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "searcher/query/parse/nodes.h"
#include "searcher/query/parse/parser.h"

/** Whether there is room for a word at `from`; a warning, if not. */
bool dx_query_has_room(dx_query_parser *p, const char *from);

/** Adds the words of `text`, a part of the query, as far as there is room. A
 *  whole date or document number is one word, but `quoted`, within quotation
 *  marks, it is its parts. Fails with NOMEM. */
DX_NODISCARD dx_status dx_query_add_words(dx_query_parser *p, dx_str text,
    bool quoted);

/** Appends the node of words first .. first + count - 1 with its marks. Without
 *  room for it, the words from there on are given back. */
void dx_query_add_words_node(dx_query_parser *p, const dx_query_marks *m,
    dx_node_kind kind, uint32_t first, uint32_t count, dx_node_list *out);

/** Appends a node for each word from `first` on. */
void dx_query_add_each(dx_query_parser *p, const dx_query_marks *m,
    uint32_t first, dx_node_list *out);

#endif
