/* segment_writer.h -- writes one segment into the store.
 *
 * The caller supplies lists and rows of pairs (through any number of list
 * builders, one a thread), the dictionary, the forms, and the documents.
 * Different threads may supply these four at the same time. A failure latches,
 * and dx_segment_writer_finish() reports it. */
#ifndef DX_INDEX_SEGMENT_WRITE_SEGMENT_WRITER_H
#define DX_INDEX_SEGMENT_WRITE_SEGMENT_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/codec/signature.h"
#include "common/index/codec/text_code.h"
#include "common/index/segment/form_table.h"
#include "common/index/segment/layout/parts.h"
#include "common/index/store/writer.h"

typedef struct dx_segment_writer dx_segment_writer;

/** Starts segment number `id` of `docs` (>= 1) documents with these weighted
 *  `lengths` (borrowed until the end). Borrows `store`. Fails with NOMEM. */
DX_NODISCARD dx_status dx_segment_writer_new(dx_writer *store, uint32_t id,
    uint32_t docs, const uint16_t *lengths, dx_segment_writer **out);
/** Frees the writer, also after a failure. What it has put stays; the next
 *  writer removes it. */
void dx_segment_writer_free(dx_segment_writer *w);

/* Through these, threads supply lists and rows. */
typedef struct dx_list_builder dx_list_builder;

/** NULL when memory is short. Free it before the writer. */
dx_list_builder *dx_list_builder_new(dx_segment_writer *w);
void dx_list_builder_free(dx_list_builder *b);

/** Encodes a list, as dx_list_encode() does, and returns its place, which goes
 *  into the dictionary. */
uint32_t dx_list_builder_list(dx_list_builder *b, const uint32_t *docs,
    const uint16_t *tfs, uint32_t df);

/** Adds a pair to the current row; `second` must ascend. */
void dx_list_builder_pair(dx_list_builder *b, uint32_t second,
    const uint32_t *docs, const uint16_t *tfs, uint32_t df);
/** Ends the row and returns its place + 1, or 0 when it is empty. */
uint32_t dx_list_builder_row_end(dx_list_builder *b);

/** Adds the next frequent pair (ascending by first, then second) with the place
 *  + 1 of its row of triples (third ids and lists, like a row of pairs), or
 *  0. */
void dx_segment_writer_triples(dx_segment_writer *w, uint32_t first,
    uint32_t second, uint32_t row);

/** Adds the next entry of the dictionary, in byte order of (folded, exact): a
 *  folded term, then its exact ones (at least one). */
void dx_segment_writer_folded(dx_segment_writer *w, dx_str folded,
    uint32_t list, uint32_t row);
void dx_segment_writer_exact(dx_segment_writer *w, dx_str exact, uint32_t list);

typedef struct dx_form_entry { /* a word or a gap */
    dx_str text;
    dx_form_kind kind;
    const dx_form_term *terms;
    uint32_t count; /* of terms; at most DX_FORM_TERMS_MAX are kept */
} dx_form_entry;
#define DX_FORM_TERMS_MAX 256u

typedef struct dx_form_source {
    void *ctx;
    uint32_t count;
    /* Sets `*out` to form `i`, in the order of codes. What it points to lives until
     * the next call. Each form is asked for several times. */
    dx_status (*get)(void *ctx, uint32_t i, dx_form_entry *out);
} dx_form_source;

/** Puts all forms, once, without holding them. */
void dx_segment_writer_forms(dx_segment_writer *w, const dx_form_source *source);
/** Sets the runs of the code, once. */
void dx_segment_writer_code(dx_segment_writer *w, const dx_text_run *runs,
    uint32_t count);

/** Adds the next document: its coded text and its signature. */
void dx_segment_writer_doc(dx_segment_writer *w, dx_str coded_text,
    const dx_signature *signature);
/** Adds the next block of stored fields, of DX_META_BLOCK_DOCS documents (the
 *  last has fewer), compressed by dx_meta_pack(). */
void dx_segment_writer_meta(dx_segment_writer *w, dx_str block);

/* Where the columns that are whole arrays come from: `fill` writes DX_PART_DATES,
 * FILES, CONTENTS or IDS, all entries as docs/FORMAT.md has them. They are put one
 * after another, so that the largest is all that is held in memory. */
typedef struct dx_column_source {
    void *ctx;
    dx_status (*fill)(void *ctx, dx_part part, uint8_t *out);
} dx_column_source;

/** Puts everything: the segment is complete, but not published. `*bytes`,
 *  unless NULL, gets its size. */
DX_NODISCARD dx_status dx_segment_writer_finish(dx_segment_writer *w,
    const dx_column_source *columns, uint64_t *bytes, dx_error *err);

#endif
