/* dump_doc.h -- an article as the index stores it. */
#ifndef DX_INDEXER_CLI_INSPECT_DUMP_DOC_H
#define DX_INDEXER_CLI_INSPECT_DUMP_DOC_H

#include "common/index/segment/generation.h"

/** Prints the article whose id is `id`; an exit status. */
int dx_dump_doc(const dx_generation *g, const char *id);

#endif
