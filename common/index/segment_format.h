/* segment_format.h -- the constants that segment.c and segment_writer.c share;
 * docs/FORMAT.md tells the whole layout. */
#ifndef DX_INDEX_SEGMENT_FORMAT_H
#define DX_INDEX_SEGMENT_FORMAT_H

#define DX_SEGMENT_MAGIC 0x31737864u /* "dxs1" */
#define DX_SEGMENT_DOCS_MAX (1u << 20)
#define DX_SEGMENT_HEAD_BYTES 16u /* magic, docs, length sum; then parts */

/* Pairs are found by a skip table over groups, then a scan of one group. */
#define DX_ROW_GROUP 32u
#define DX_ROW_SKIP_BYTES 8u /* second id of the group's first pair, offset */

/* Triples of syllables are kept where both their pairs are in at least this
 * many documents. There a phrase would have to be looked for in too many
 * texts; elsewhere its pairs leave few. */
#define DX_TRIPLE_SHARE 64u
#define DX_TRIPLE_MIN_DF 256u
#define DX_TRIPLE_ENTRY_BYTES 12u /* first, second, place of its row + 1 */

#define DX_META_BLOCK_DOCS 32u
#define DX_META_BLOCK_MAX_BYTES (64u << 20)
#define DX_META_FIELDS 8u
#define DX_ID_ENTRY_BYTES 20u /* 128-bit hash of the id, document */

/* FORM_TERMS entries: below EXTRA an exact id that covers the whole word; else
 * EXTRA | offset in FORM_EXTRAS of {u16 count, count x term}; or: */
#define DX_FORM_EXTRA 0x80000000u
#define DX_FORM_GAP 0xFFFFFFFFu       /* literal text between words */
#define DX_FORM_FIELD_END 0xFFFFFFFEu /* closes title, lead and body */
#define DX_FORM_TERM_BYTES 11u /* exact u32, pos, start, end u16, overlay u8 */

#endif
