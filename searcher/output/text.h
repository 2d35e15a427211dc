/* text.h -- results as a person reads them.
 *
 *     128 articles, 11–12 shown (0.42 ms)
 *
 *     11. Title of the article, wrapped
 *         2021-12-16 · Báo Bắc Giang
 *         https://…
 *         … the passage with the words that were found …
 */
#ifndef DX_SEARCHER_OUTPUT_TEXT_H
#define DX_SEARCHER_OUTPUT_TEXT_H

#include <stdbool.h>

#include "common/base/buf.h"
#include "searcher/cli/options.h"

typedef struct dx_page_style {
    dx_language language;
    unsigned width; /* columns */
    bool color;
} dx_page_style;

/** The style that standard output wants: $COLUMNS or the terminal's width, else
 *  80; colour on a terminal unless NO_COLOR is set or TERM is dumb. */
dx_page_style dx_page_style_of(const dx_cli_options *options);

/** Appends the page; takes all hits of `rs`. Failures are latched in `out`. */
void dx_page_put(dx_buf *out, dx_results *rs, const dx_page_style *style);

#endif
