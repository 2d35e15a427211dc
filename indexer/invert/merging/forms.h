/* forms.h -- the forms of several segments as those of one.
 *
 * A form has one word, or begins with one, and words of the merged segment are
 * numbered already (terms.h): so forms are looked for among those of the same word,
 * which are few, and no string is hashed but that of a gap.
 *
 * Forms are counted, matched, numbered and put before anything else of the segment
 * is; then only `to` is left of them. */
#ifndef DX_INDEXER_INVERT_MERGING_FORMS_H
#define DX_INDEXER_INVERT_MERGING_FORMS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/write/segment_writer.h"
#include "indexer/invert/merging/sources.h"
#include "indexer/invert/numbering.h"

typedef struct dx_merge_form { /* where one of its kind stands */
    uint32_t source, form;
} dx_merge_form;

/* Merged forms are numbered from 1 on as they are met; 0 is
 * DX_WORD_FORM_FIELD_END. */
typedef struct dx_merge_forms {
    const dx_merge_sources *m; /* borrowed */
    uint32_t **to; /* owned; of each source: how often each of its forms is in texts,
                      UINT32_MAX if more often; once they are matched, the merged
                      number of each, 0 for those that only deleted documents have */
    dx_merge_form *at; /* owned */
    uint32_t count;
    size_t cap;
} dx_merge_forms;

/** Counts the forms of all documents that are not deleted, whose texts it reads.
 *  `m` is borrowed. Fails with CORRUPT, NOMEM, or INTERRUPTED once `stop` (may be
 *  NULL) is set; free `f` even then. */
DX_NODISCARD dx_status dx_merge_forms_count(dx_merge_forms *f,
    const dx_merge_sources *m, const atomic_bool *stop);
void dx_merge_forms_free(dx_merge_forms *f);

/** Finds equal ones, and sets what a code is chosen by: form_count, form_order,
 *  kind_forms, text_forms and form_exact. The terms are numbered. `n` is {0}; free it
 *  with dx_numbering_free(). Fails with NOMEM, LIMIT or CORRUPT. */
DX_NODISCARD dx_status dx_merge_forms_number(dx_merge_forms *f, dx_numbering *n);

/** Puts the forms in the order of `n`, and frees all but `to`. Failures are the
 *  writer's. */
void dx_merge_forms_put(dx_merge_forms *f, const dx_numbering *n,
    dx_segment_writer *w);

#endif
