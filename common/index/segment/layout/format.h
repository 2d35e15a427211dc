/* format.h -- constants that readers and writers of segments share.
 * docs/FORMAT.md describes the whole layout. */
#ifndef DX_INDEX_SEGMENT_LAYOUT_FORMAT_H
#define DX_INDEX_SEGMENT_LAYOUT_FORMAT_H

#include <stdint.h>
#include <string.h>

#include "common/base/str.h"

#define DX_SEGMENT_MAGIC 0x31737864u /* "dxs1" */
#define DX_SEGMENT_DOCS_MAX (1u << 20)
#define DX_SEGMENT_HEAD_BYTES 24u /* magic, docs, length sum, terms; parts */

/* Tables: what is looked up together lies together. Each entry begins with the
 * place of a string, which ends where the string of the next entry begins. */
#define DX_FOLDED_BYTES 16u
#define DX_FOLDED_LIST 4u
#define DX_FOLDED_ROW 8u
#define DX_FOLDED_FIRST_EXACT 12u
#define DX_EXACT_BYTES 8u
#define DX_EXACT_LIST 4u
#define DX_FORM_BYTES 8u
#define DX_FORM_MEANING 4u

/* A block of the dictionary: a table of this many folded terms, a table of
 * their exact terms, and the strings of both. */
#define DX_BLOCK_TERMS 64u
/* An entry of its index begins with a sample of the block's first term;
 * then: */
#define DX_BLOCK_ENTRY_BYTES 16u
#define DX_SAMPLE_BYTES 8u
#define DX_BLOCK_PLACE 8u
#define DX_BLOCK_FIRST_EXACT 12u

/** The first bytes of a term, padded with 0. Samples are in the order of their
 *  terms, or equal. */
static inline void dx_sample_of(dx_str term, uint8_t sample[DX_SAMPLE_BYTES])
{
    memset(sample, 0, DX_SAMPLE_BYTES);
    if (term.ptr && term.len > 0)
        memcpy(sample, term.ptr,
            term.len < DX_SAMPLE_BYTES ? term.len : DX_SAMPLE_BYTES);
}

/* Pairs are found by a skip table over groups, then a scan of one group. */
#define DX_ROW_GROUP 32u
#define DX_ROW_SKIP_BYTES 8u /* second id of the group's first pair, offset */

/* Triples of syllables are kept if both their pairs are in at least this many
 * documents: otherwise a phrase would have to be searched for in too many
 * texts. Rarer pairs leave few texts. */
#define DX_TRIPLE_SHARE 64u
#define DX_TRIPLE_MIN_DF 256u
#define DX_TRIPLE_ENTRY_BYTES 12u /* first, second, place of its row + 1 */

#define DX_META_BLOCK_DOCS 32u
#define DX_META_BLOCK_MAX_BYTES (64u << 20)
#define DX_ID_ENTRY_BYTES 20u /* 128-bit hash of the id, document */

/* What forms mean: below EXTRA, the exact id of the whole word; from there on,
 * EXTRA | the offset in FORM_EXTRAS of {u16 count, count x term}; or one of
 * these: */
#define DX_FORM_EXTRA 0x80000000u
#define DX_FORM_GAP 0xFFFFFFFFu /* literal text between words */
#define DX_FORM_TERM_BYTES 11u /* exact u32, pos, start, end u16, overlay u8 */

#endif
