/* dump_term.h -- what the index holds of words, pairs and attributes. */
#ifndef DX_INDEXER_CLI_INSPECT_DUMP_TERM_H
#define DX_INDEXER_CLI_INSPECT_DUMP_TERM_H

#include <stddef.h>
#include <stdint.h>

#include "common/index/segment/generation.h"

/** Prints each term, given as in the help of `dxindex dump`, and of at most
 *  `limit` articles the id and how often it stands there. An exit status. */
int dx_dump_terms(const dx_generation *g, const char *const *terms, size_t count,
    uint64_t limit);

#endif
