/* trec.h -- results as lines of a TREC run, which evaluation tools read:
 *
 *     qid Q0 docid rank score dx
 *
 * Blanks (all of Unicode's), controls and '%' within an id are percent-encoded,
 * byte by byte, so that a line has six fields and decoding gives the id back; an
 * empty id is "%". Without a batch the qid is 1. */
#ifndef DX_SEARCHER_OUTPUT_TREC_H
#define DX_SEARCHER_OUTPUT_TREC_H

#include "searcher/output/format.h"

extern const dx_format dx_format_trec;

#endif
