/* choose.h -- the elements of a page that hold its article. */
#ifndef DX_INDEXER_INPUT_HTML_BODY_CHOOSE_H
#define DX_INDEXER_INPUT_HTML_BODY_CHOOSE_H

#include "indexer/input/html/body/layout.h"

typedef struct dx_parts {
    uint32_t *nodes; /* in document order, none within another; in the arena */
    uint32_t count;
} dx_parts;

/** The parts that the article consists of; none when the page has no paragraph
 *  of text. By the paragraphs around which an element stands, as Arc90's
 *  Readability scores them. */
DX_NODISCARD dx_status dx_parts_choose(const dx_layout *lay, dx_arena *arena,
    dx_parts *out, dx_error *err);

#endif
