/* trec.h -- results as lines of a TREC run, which evaluation tools read:
 *
 *     qid Q0 docid rank score dx
 */
#ifndef DX_SEARCHER_OUTPUT_TREC_H
#define DX_SEARCHER_OUTPUT_TREC_H

#include "common/base/buf.h"
#include "searcher/include/dx/search.h"

/** Appends a line a hit; takes all hits of `rs`. Blanks (all of Unicode's),
 *  controls and '%' within an id are percent-encoded, byte by byte, so that a
 *  line has six fields and decoding gives the id back; an empty id is "%". */
void dx_trec_put(dx_buf *out, dx_results *rs, const char *qid);

#endif
