/* piece.h -- pieces: what stands between two blanks, most often one word; with
 * the signs right behind it: chuy* quyen~ lũ^2 */
#ifndef DX_SEARCHER_QUERY_PARSE_PIECE_H
#define DX_SEARCHER_QUERY_PARSE_PIECE_H

#include <stdbool.h>

#include "common/base/status.h"
#include "searcher/query/parse/nodes.h"
#include "searcher/query/parse/parser.h"

/** Reads the piece at p->at, which is no blank, up to the next boundary, and
 *  appends what it means after the marks `m`. `bound`: an operator stands
 *  before, so that several words of it belong together. Fails with NOMEM. */
DX_NODISCARD dx_status dx_query_read_piece(dx_query_parser *p,
    const dx_query_marks *m, bool bound, dx_node_list *out);

#endif
