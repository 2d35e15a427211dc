/* text.h -- results as a person reads them.
 *
 *     128 articles, 11–12 shown (0.42 ms)
 *
 *     11. Title of the article, wrapped
 *         2021-12-16 · Báo Bắc Giang · the id, unless it is the address below
 *         https://…
 *         … the passage with the words that were found …
 */
#ifndef DX_SEARCHER_OUTPUT_TEXT_H
#define DX_SEARCHER_OUTPUT_TEXT_H

#include "searcher/output/format.h"

extern const dx_format dx_format_text;

#endif
