/* coding.h -- a segment's texts in code (text_code.h). */
#ifndef DX_INDEXER_INVERT_CODING_H
#define DX_INDEXER_INVERT_CODING_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/write/segment_writer.h"
#include "indexer/gather/gathered.h"
#include "indexer/invert/numbering.h"
#include "indexer/invert/text_plan.h"

typedef struct dx_form_code {
    uint32_t more; /* bits behind the first byte */
    uint8_t first, width;
} dx_form_code;

typedef struct dx_coding {
    dx_text_plan plan;
    dx_form_code *codes; /* owned: of each form that texts have */
} dx_coding;

/** Chooses the code for texts whose forms, which are below `forms`, were numbered,
 *  and puts n->form_order into its order. Fails with NOMEM or LIMIT; free `c` even
 *  then. */
DX_NODISCARD dx_status dx_coding_make(uint32_t forms, dx_numbering *n,
    dx_coding *c);
void dx_coding_free(dx_coding *c);

typedef struct dx_text_writer { /* {0} is empty */
    uint8_t *text, *more; /* owned */
    size_t text_cap, more_cap;
} dx_text_writer;

/** Writes the text whose forms begin at `at`, `units` long at most, in code. It
 *  lives in `t` until the next one. Fails with NOMEM. */
DX_NODISCARD dx_status dx_coding_text(const dx_coding *c, const uint16_t *at,
    size_t units, dx_text_writer *t, dx_str *coded);
void dx_text_writer_free(dx_text_writer *t);

/** Supplies all documents to `w`. Fails with NOMEM. */
DX_NODISCARD dx_status dx_coding_put_docs(const dx_coding *c,
    const dx_gathered *g, dx_segment_writer *w);

#endif
