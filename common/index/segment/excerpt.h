/* excerpt.h -- a document of which only a part is to be shown. */
#ifndef DX_INDEX_SEGMENT_EXCERPT_H
#define DX_INDEX_SEGMENT_EXCERPT_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/index/codec/id_filter.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/segment.h"

/** The tokens that `words` lets through, with their byte ranges, and where the
 *  fields end, of a text that out->text has the length of and whose bytes are
 *  not set. Fails with CORRUPT, LIMIT or NOMEM. */
DX_NODISCARD dx_status dx_segment_locate_terms(const dx_segment *s,
    uint32_t doc, const dx_id_filter *words, dx_doc *out);

/** After that, with the same `out`: sets the bytes [from, end) of that text (some
 *  more, to whole words), and puts all tokens that reach into them into `words`,
 *  which need not have a text. Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_segment_fill_text(const dx_segment *s, uint32_t from,
    uint32_t end, dx_doc *out, dx_doc *words);

#endif
