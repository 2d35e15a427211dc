/* view.h -- how dxsearch shows results, from its options and the terminal. */
#ifndef DX_SEARCHER_CLI_VIEW_H
#define DX_SEARCHER_CLI_VIEW_H

#include "searcher/cli/options.h"
#include "searcher/output/format.h"

/** The view that standard output wants, of no query yet: $COLUMNS or the terminal's
 *  width, else 80; colour on a terminal unless NO_COLOR is set or TERM is dumb.
 *  Borrows from `options`. */
dx_view dx_cli_view(const dx_cli_options *options);

#endif
