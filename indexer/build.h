/* build.h -- the documents gathered for the next segment. */
#ifndef DX_INDEXER_BUILD_H
#define DX_INDEXER_BUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "indexer/forms.h"
#include "indexer/tokenize.h"

/* Document numbers must fit the sort keys of postings.c. */
#define DX_BUILD_DOC_BITS 20
#define DX_BUILD_DOCS_MAX (1u << DX_BUILD_DOC_BITS)

struct dx_build_id; /* hash table entry: id and its document */

typedef struct dx_build {
    dx_forms *forms;     /* owned */
    dx_batch *batches;   /* owned; their meta has been packed */
    size_t batch_count, batch_cap;
    uint32_t docs;
    size_t batch_bytes;
    dx_buf meta_raw;     /* documents of the block under way */
    uint32_t meta_docs;
    dx_buf meta;         /* packed blocks, back to back */
    size_t *meta_ends;   /* owned: end of each in `meta` */
    size_t meta_count, meta_cap;
    struct dx_build_id *ids; /* owned */
    size_t id_cap;
    uint64_t *dead;      /* owned: documents replaced by later ones */
    size_t dead_cap;
    uint32_t dead_count;
} dx_build;

DX_NODISCARD dx_status dx_build_init(dx_build *b);
void dx_build_free(dx_build *b);
/** Memory in use. */
size_t dx_build_bytes(dx_build *b);

/** Takes over the batch's documents (it is empty afterwards). A document whose
 *  id came before in this build replaces the earlier one; `*replaced` counts
 *  these. After a failure (NOMEM) the build can only be freed. */
DX_NODISCARD dx_status dx_build_append(dx_build *b, dx_batch *batch,
    uint32_t *replaced);

/** Packs what is left. Nothing can be appended after it. */
DX_NODISCARD dx_status dx_build_end(dx_build *b);

#endif
