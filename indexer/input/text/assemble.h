/* assemble.h -- the paragraphs of a text file or document to an article. */
#ifndef DX_INDEXER_INPUT_TEXT_ASSEMBLE_H
#define DX_INDEXER_INPUT_TEXT_ASSEMBLE_H

#include "indexer/input/article.h"
#include "indexer/input/text/paras.h"

/** Takes headline, lead, and what lines of dates and labels say out of `p`, and
 *  removes what is no text of the article; of a state document, its letterhead and
 *  heading (state_document.h). *from is the first paragraph of the body, which goes on
 *  to the end of `p`; the rest goes to `out`. Strings are borrowed from `p` or in
 *  `arena`. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_text_assemble(dx_paras *p, dx_arena *arena,
    dx_article *out, size_t *from, dx_error *err);

#endif
