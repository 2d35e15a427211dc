/* doc_ref.h -- where an article is. */
#ifndef DX_SEARCHER_ANSWER_SELECT_DOC_REF_H
#define DX_SEARCHER_ANSWER_SELECT_DOC_REF_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/generation.h"

typedef struct dx_doc_ref {
    uint32_t segment, doc; /* in a generation */
} dx_doc_ref;

/** Finds the article with this id; the one of the last index that has it, if
 *  several do. INVALID, with a message, when none does. */
DX_NODISCARD dx_status dx_doc_ref_find(const dx_generation *g, const char *id,
    dx_doc_ref *out, dx_error *err);

#endif
