/* found_ids.h -- the ids of articles that a query finds, asked of dxsearch: how a query
 * reads is its business alone. */
#ifndef DX_INDEXER_CLI_TAKEDOWN_FOUND_IDS_H
#define DX_INDEXER_CLI_TAKEDOWN_FOUND_IDS_H

#include <stdbool.h>
#include <stdio.h>

#include "indexer/cli/takedown/id_list.h"

#define DX_FOUND_IDS_MAX 10000u /* more than that dxsearch does not tell */

/** Appends the ids of the articles that have all the words of the query to the letter.
 *  Runs the dxsearch beside this program, else the one on the PATH. False, with a message
 *  printed, when that fails or finds too many. */
bool dx_found_ids(const char *index, const char *query, dx_id_list *out);

#endif
