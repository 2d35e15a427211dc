/* segment.h -- one immutable segment of an index, and the facts that it keeps
 * of each document.
 *
 * Other questions have headers of their own: dictionary.h (terms and their
 * lists), pairs.h (syllables in a row), doc.h and excerpt.h (texts), meta.h
 * (stored fields), ids.h (documents by id), hidden.h (documents that are no
 * results), form_table.h (words as written).
 *
 * What comes from disk is verified when it is first read (chunk.h), and checked where
 * it is used: damage is an error, never a fault. Thread-safe once open. Lists live as long as
 * the snapshot, strings as long as the segment is open. */
#ifndef DX_INDEX_SEGMENT_SEGMENT_H
#define DX_INDEX_SEGMENT_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/codec/signature.h"
#include "common/index/segment/form_table.h"
#include "common/index/segment/layout/parts.h"
#include "common/index/segment/layout/term_blocks.h"
#include "common/index/store/snapshot.h"

typedef struct dx_segment dx_segment;
struct dx_term_blocks;
struct dx_form_table;

/** Opens segment `id` of `snapshot`, which must outlive it, and verifies its
 *  head and the sizes of its arrays. `docs` and `deleted` are what the manifest
 *  says. Fails with CORRUPT, IO or NOMEM. */
DX_NODISCARD dx_status dx_segment_open(dx_snapshot *snapshot, uint32_t id,
    uint32_t docs, uint32_t deleted, dx_segment **out, dx_error *err);
/** NULL is a no-op. */
void dx_segment_close(dx_segment *s);

/** CORRUPT, with what to do, when damage was noted of anything that was read of the
 *  segment so far (chunk.h), whoever read it. To be asked before telling anything that
 *  was made of what was read: some calls below have no other way to say so. */
DX_NODISCARD dx_status dx_segment_damage(const dx_segment *s, dx_error *err);
/** Verifies all of the segment: for whoever writes what it has anew. Fails as the
 *  last. */
DX_NODISCARD dx_status dx_segment_verify(const dx_segment *s, dx_error *err);

uint32_t dx_segment_id(const dx_segment *s);
uint32_t dx_segment_docs(const dx_segment *s);       /* deleted ones included */
uint64_t dx_segment_length_sum(const dx_segment *s); /* of all doc lengths */
uint64_t dx_segment_part_bytes(const dx_segment *s, dx_part part);
/** The insides, for those who need them: term_blocks.h, form_table.h. */
const struct dx_term_blocks *dx_segment_term_blocks(const dx_segment *s);
const struct dx_form_table *dx_segment_forms(const dx_segment *s);

/** Weighted lengths in syllables, as BM25 uses them; they saturate at 65,535: u16
 *  LE of all documents, of which those of `count` from `first` on (as far as there are
 *  that many) are verified: read no others. */
const uint8_t *dx_segment_lengths(const dx_segment *s, uint32_t first,
    uint32_t count);
static inline uint32_t dx_length_at(const uint8_t *lengths, uint32_t doc)
{
    return (uint32_t)lengths[2 * (size_t)doc] |
           (uint32_t)lengths[2 * (size_t)doc + 1] << 8;
}

/** The deleted documents: a bit a document, 64 a word, in whole windows; or
 *  NULL when none is deleted. hidden.h has those that are no results either. */
const uint64_t *dx_segment_deleted(const dx_segment *s);
uint32_t dx_segment_deleted_count(const dx_segment *s);
static inline bool dx_deleted_at(const uint64_t *deleted, uint32_t doc)
{
    return deleted && (deleted[doc >> 6] >> (doc & 63) & 1);
}

/* ---- facts of a document (doc < docs, unless told otherwise) ---- */

/** Days since 1970-01-01 or DX_DATE_UNKNOWN. */
int32_t dx_segment_date(const dx_segment *s, uint32_t doc);
/** The same of all documents, i32 LE each: for loops over many. Verified as
 *  dx_segment_lengths() are. */
const uint8_t *dx_segment_dates(const dx_segment *s, uint32_t first,
    uint32_t count);
/** The document at place `i` (< docs) in order of dates: newest first, those of one
 *  day ascending, those without a date last. A damaged place gives some document. */
uint32_t dx_segment_by_date(const dx_segment *s, uint32_t i);
/** The places, from *first to before *end, of the documents with a date from `from`
 *  to `to`. Documents without a date are none of them, whatever `from`. */
void dx_segment_date_run(const dx_segment *s, int32_t from, int32_t to,
    uint32_t *first, uint32_t *end);
uint64_t dx_segment_content_hash(const dx_segment *s, uint32_t doc);
/** The number of the input file (files.h) that `doc` came from. */
uint32_t dx_segment_file(const dx_segment *s, uint32_t doc);
/** Whether that is `file` for all of `count` documents from `doc` on. */
bool dx_segment_is_of_file(const dx_segment *s, uint32_t doc, uint32_t count,
    uint32_t file);
/** The signature of `doc` (signature.h); all 0 when it is damaged or there is
 *  no such document. */
dx_signature dx_segment_signature(const dx_segment *s, uint32_t doc);
/** Where the signature of `doc`, and then its coded text, begin in the part
 *  TEXT. */
uint32_t dx_segment_text_offset(const dx_segment *s, uint32_t doc);

#endif
