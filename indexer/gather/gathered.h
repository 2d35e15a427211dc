/* gathered.h -- the documents gathered for the next segment. */
#ifndef DX_INDEXER_GATHER_GATHERED_H
#define DX_INDEXER_GATHER_GATHERED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/index/codec/compress.h"
#include "indexer/gather/batch.h"
#include "indexer/gather/word_forms.h"

/* Document numbers must fit the keys of invert/postings/key_sort.h. */
#define DX_GATHERED_DOC_BITS 20
#define DX_GATHERED_DOCS_MAX (1u << DX_GATHERED_DOC_BITS)

struct dx_gathered_text; /* hash table entry: what a document is, and where */

typedef struct dx_gathered {
    dx_word_forms *forms;     /* owned */
    dx_batch *batches;   /* owned; their meta has been packed */
    size_t batch_count, batch_cap;
    uint32_t docs;
    size_t batch_bytes;
    dx_buf meta_raw;     /* documents of the block under way */
    uint32_t meta_docs;
    dx_compressor packer;
    dx_buf meta;         /* packed blocks, back to back */
    size_t *meta_ends;   /* owned: end of each in `meta` */
    size_t meta_count, meta_cap;
    struct dx_gathered_text *texts; /* owned */
    size_t text_cap;
    uint64_t *dead;      /* owned: documents that were there already */
    size_t dead_cap;
    uint32_t dead_count;
} dx_gathered;

DX_NODISCARD dx_status dx_gathered_init(dx_gathered *g);
void dx_gathered_free(dx_gathered *g);
/** Memory in use. */
size_t dx_gathered_bytes(dx_gathered *g);

/** Whether it has grown to `bytes`, or near a limit of a segment. */
bool dx_gathered_is_full(dx_gathered *g, size_t bytes);

typedef struct dx_gathered_repeat { /* of a document that was appended */
    bool is_repeat;    /* one with its id and content had come before */
    uint32_t borrower; /* then, the input file that has one of the two, but not the
                          one that is kept; 0: it is the same, or standard input */
    uint64_t key;      /* dx_article_key().lo */
} dx_gathered_repeat;

/** Takes the batch's documents; the batch is empty afterwards. Of those with the same
 *  id and content all but one are dead: the first stays, or the first from standard
 *  input. `repeats` has a place for each document of the batch. Fails with NOMEM,
 *  or with LIMIT beyond DX_GATHERED_DOCS_MAX; `g` can then only be freed. */
DX_NODISCARD dx_status dx_gathered_append(dx_gathered *g, dx_batch *batch,
    dx_gathered_repeat *repeats);

/** Packs what is left. Nothing can be appended afterwards. Fails with NOMEM. */
DX_NODISCARD dx_status dx_gathered_end(dx_gathered *g);

#endif
