/* row_scan.h -- where some of the words of a query follow one another in a text,
 * found by the first bytes of its forms (text_code.h).
 *
 *     query        chuyen doi so Bac Giang
 *     text         … về chuyển đổi số của tỉnh Bắc Giang, …
 *     stretches         [chuyển đổi số]       [Bắc Giang]
 *
 * Only stretches are decoded: a text takes a nanosecond or two a word. Words with
 * anything but one space between them do not follow one another, nor do words that
 * are not just one term: as a sample of how people write, the others do.
 *
 * Words are told from one another by their numbers modulo 4 at first, for 64 forms at
 * once (byte_set.h), and where a word may follow the one before it by a table. */
#ifndef DX_INDEX_SEGMENT_FIND_ROW_SCAN_H
#define DX_INDEX_SEGMENT_FIND_ROW_SCAN_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/index/codec/text_code.h"
#include "common/index/segment/find/byte_set.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/segment.h"

#define DX_ROW_SCAN_WORDS 64u   /* of a query */
#define DX_ROW_STRETCH_MAX 64u  /* a longer one is cut into several */

typedef struct dx_row_scan { /* private to row_scan.c */
    const dx_segment *s;
    uint64_t follows;
    uint64_t words_of[DX_TEXT_FIRST_BYTES]; /* of each first byte, as bits */
    dx_byte_sets bytes; /* of the words 0, 4, 8 …; 1, 5, 9 …; and so on */
} dx_row_scan;

/** A scan of texts of `s`. Bit i of `follows` says that word i of the query follows
 *  word i - 1. */
void dx_row_scan_init(dx_row_scan *scan, const dx_segment *s, uint64_t follows);

/** Word number `word` (below DX_ROW_SCAN_WORDS) may be any of these exact terms. */
void dx_row_scan_add(dx_row_scan *scan, uint32_t word, dx_id_span terms);

/** Gets each stretch of two or more forms of which each two may be a word and the
 *  one behind it: their exact terms, any of which may after all be of no word. */
typedef void (*dx_row_scan_each)(void *ctx, const uint32_t *terms,
    uint32_t count);

/** Calls `each` for the stretches of document `doc`, in order. Fails with
 *  CORRUPT. */
DX_NODISCARD dx_status dx_row_scan_doc(const dx_row_scan *scan, uint32_t doc,
    dx_row_scan_each each, void *ctx);

#endif
