/* excerpt.h -- reads a document of which only a part will be shown. */
#ifndef DX_INDEX_SEGMENT_EXCERPT_H
#define DX_INDEX_SEGMENT_EXCERPT_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/index/codec/id_filter.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/segment.h"

/** Finds the tokens that `words` lets through, with their byte ranges, and
 *  where the fields end. out->text gets the length of the text; its bytes are
 *  not set. Fails with CORRUPT, LIMIT or NOMEM. */
DX_NODISCARD dx_status dx_segment_locate_terms(const dx_segment *s,
    uint32_t doc, const dx_id_filter *words, dx_doc *out);

/** After that, with the same `out`: sets the bytes [from, end) of its text, and
 *  some more, up to whole words. Puts all tokens that reach into them into
 *  `words`, which needs no text. Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_segment_fill_text(const dx_segment *s, uint32_t from,
    uint32_t end, dx_doc *out, dx_doc *words);

#endif
