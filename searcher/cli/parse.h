/* parse.h -- dxsearch --parse: how a query is understood. */
#ifndef DX_SEARCHER_CLI_PARSE_H
#define DX_SEARCHER_CLI_PARSE_H

#include "searcher/cli/options.h"

/** Prints the query as it is understood, and its warnings with their places in
 *  bytes, one a line. Needs no index. Returns the exit status. */
int dx_cli_print_parse(dx_cli_options *options);

#endif
