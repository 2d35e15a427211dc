/* segment_writer.h -- puts one segment together and into the store.
 *
 * The caller supplies lists and pair rows (through any number of list
 * builders, one per thread), the dictionary, the forms, and the documents.
 * These four may be supplied at the same time by different threads. A failure
 * latches; dx_segment_writer_finish tells. */
#ifndef DX_INDEX_SEGMENT_WRITE_SEGMENT_WRITER_H
#define DX_INDEX_SEGMENT_WRITE_SEGMENT_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/codec/huffman.h"
#include "common/index/segment/form_table.h"
#include "common/index/segment/write/doc_columns.h"
#include "common/index/store/writer.h"

typedef struct dx_segment_writer dx_segment_writer;

/** Starts segment number `id` of `docs` (>= 1) documents whose weighted lengths
 *  are `lengths` (borrowed until finish). `store` is borrowed. */
DX_NODISCARD dx_status dx_segment_writer_new(dx_writer *store, uint32_t id,
    uint32_t docs, const uint16_t *lengths, dx_segment_writer **out);
/** Also after a failure; what was put stays as garbage for the next writer. */
void dx_segment_writer_free(dx_segment_writer *w);

/* A thread's way of supplying lists and rows. */
typedef struct dx_list_builder dx_list_builder;

/** NULL when memory is short. Free it before the writer. */
dx_list_builder *dx_list_builder_new(dx_segment_writer *w);
void dx_list_builder_free(dx_list_builder *b);

/** Encodes a list and returns its place, for the dictionary. Postings as in
 *  dx_list_encode(). */
uint32_t dx_list_builder_list(dx_list_builder *b, const uint32_t *docs,
    const uint16_t *tfs, uint32_t df);

/** Adds one pair to the row under way; `second` ascending. */
void dx_list_builder_pair(dx_list_builder *b, uint32_t second,
    const uint32_t *docs, const uint16_t *tfs, uint32_t df);
/** Closes the row and returns its place + 1, or 0 when it is empty. */
uint32_t dx_list_builder_row_end(dx_list_builder *b);

/** The next frequent pair (ascending by first, then second), and the place + 1
 *  of its row of triples (a row like a pair's: third ids and lists), or 0. */
void dx_segment_writer_triples(dx_segment_writer *w, uint32_t first,
    uint32_t second, uint32_t row);

/** One dictionary entry after another in byte order of (folded, exact): a
 *  folded term, then its exact forms (at least one). */
void dx_segment_writer_folded(dx_segment_writer *w, dx_str folded,
    uint32_t list, uint32_t row);
void dx_segment_writer_exact(dx_segment_writer *w, dx_str exact, uint32_t list);

/** The next form in code order (falling frequency). */
void dx_segment_writer_form(dx_segment_writer *w, dx_str text,
    dx_form_kind kind, const dx_form_term *terms, size_t count);
/** The code's counts per length, once. */
void dx_segment_writer_code(dx_segment_writer *w,
    const uint32_t counts[DX_HUFFMAN_MAX_BITS + 1]);

/** The next document: its coded text and columns. */
void dx_segment_writer_doc(dx_segment_writer *w, dx_str coded_text,
    const dx_doc_columns *columns);
/** The next block of DX_META_BLOCK_DOCS documents' stored fields (fewer in the
 *  last), compressed by dx_meta_pack(). */
void dx_segment_writer_meta(dx_segment_writer *w, dx_str block);

/** Puts everything; the segment is complete but unpublished. `*bytes`, when
 *  not NULL, gets its size. */
DX_NODISCARD dx_status dx_segment_writer_finish(dx_segment_writer *w,
    uint64_t *bytes, dx_error *err);

#endif
