/* dictionary.h -- the terms of a segment and their lists.
 *
 * A word of a title is indexed a second time with the byte DX_TITLE_MARK before
 * its folded and exact strings, so `title:word` is an ordinary lookup.
 *
 * Nearly every word stands in the body, so of that it is told where it does *not*:
 * with DX_OUTSIDE_MARK a word has the documents that have it, in title or lead,
 * but not in the body, in whatever spelling; with DX_OUTSIDE_SPELT_MARK those that
 * have it there in another spelling only. `body:word` is a difference of lists:
 *
 *                                     \x01   \x03   \x04   in the body
 *     title "Má",  body "nhà"         má     má            –
 *     title "Má",  body "con ma"      má            má     ma, not má
 *     title "Má",  body "con má"      má                   ma, má
 */
#ifndef DX_INDEX_SEGMENT_DICTIONARY_H
#define DX_INDEX_SEGMENT_DICTIONARY_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/codec/list.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/segment.h"

#define DX_TITLE_MARK '\x01'
#define DX_OUTSIDE_MARK '\x03'
#define DX_OUTSIDE_SPELT_MARK '\x04' /* the last one that stands before a term */

static inline bool dx_term_is_outside(dx_str term)
{
    return term.len && (*term.ptr == DX_OUTSIDE_MARK ||
                           *term.ptr == DX_OUTSIDE_SPELT_MARK);
}

uint32_t dx_segment_folded_count(const dx_segment *s);
uint32_t dx_segment_exact_count(const dx_segment *s);

/** The id of a term, in the form that the analyzer gives it; or DX_ID_NONE. */
uint32_t dx_segment_find_folded(const dx_segment *s, dx_str folded);
uint32_t dx_segment_find_exact(const dx_segment *s, uint32_t folded_id,
    dx_str exact);
/** The same, of the term with a mark before it. */
uint32_t dx_segment_find_marked(const dx_segment *s, char mark, dx_str folded);
uint32_t dx_segment_find_marked_exact(const dx_segment *s, char mark,
    dx_str folded, dx_str exact);
/** The folded ids of terms that start with `prefix`: [*first, *end). */
void dx_segment_find_prefix(const dx_segment *s, dx_str prefix, uint32_t *first,
    uint32_t *end);

/** The string of a term; {NULL,0} when damaged. */
dx_str dx_segment_folded_string(const dx_segment *s, uint32_t folded_id);
dx_str dx_segment_exact_string(const dx_segment *s, uint32_t exact_id);
/** The exact ids of the folded terms [folded_first, folded_end). */
void dx_segment_exact_range(const dx_segment *s, uint32_t folded_first,
    uint32_t folded_end, uint32_t *exact_first, uint32_t *exact_end);
/** The folded term of an exact one, or DX_ID_NONE when damaged. */
uint32_t dx_segment_folded_of(const dx_segment *s, uint32_t exact_id);

/** Opens the list of a term. An id that no term has gives an empty list (df 0)
 *  and DX_OK. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_segment_folded_list(const dx_segment *s,
    uint32_t folded_id, dx_list *out);
DX_NODISCARD dx_status dx_segment_exact_list(const dx_segment *s,
    uint32_t exact_id, dx_list *out);

/** The place, + 1, in the part ROWS of the row of pairs that begin with a term;
 *  0 when it has none. For pairs.c. */
uint32_t dx_segment_pair_row(const dx_segment *s, uint32_t folded_id);

#endif
