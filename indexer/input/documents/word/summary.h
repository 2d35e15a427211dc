/* summary.h -- what an old Office file says of itself: its summary information.
 *
 * Source: Microsoft, [MS-OLEPS] Object Linking and Embedding Property Sets. */
#ifndef DX_INDEXER_INPUT_DOCUMENTS_WORD_SUMMARY_H
#define DX_INDEXER_INPUT_DOCUMENTS_WORD_SUMMARY_H

#include "indexer/input/documents/document.h"
#include "indexer/input/documents/word/compound.h"

/** Takes title, author, days and number of pages from the file into *out, in its
 *  arena; leaves what it does not say. Fails with NOMEM. */
DX_NODISCARD dx_status dx_word_summary(dx_compound *file, dx_document *out,
    dx_error *err);

#endif
