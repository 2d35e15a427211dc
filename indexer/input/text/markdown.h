/* markdown.h -- marks that are no text: of Markdown, and of programs that write down
 * what a scan has. */
#ifndef DX_INDEXER_INPUT_TEXT_MARKDOWN_H
#define DX_INDEXER_INPUT_TEXT_MARKDOWN_H

#include "indexer/input/text/paras.h"

/** Removes "#" before headings, "**" around words, and lines such as "====",
 *  "# PAGE 1" and "# OCR Output: qd.pdf"; from text that shows no such marks, nothing.
 *  New strings are in `arena`. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_markdown_remove(dx_paras *p, dx_arena *arena,
    dx_error *err);

#endif
