/* forms.h -- the forms of several segments as those of one. */
#ifndef DX_INDEXER_INVERT_MERGING_FORMS_H
#define DX_INDEXER_INVERT_MERGING_FORMS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
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
    dx_merge_form *at;         /* owned, as is what follows */
    size_t count, cap;
    uint32_t **to; /* of each source: the merged number of each of its forms, 0
                      for those that only deleted documents have */
    uint64_t *counts; /* how often each merged form is in texts */
    uint32_t *table;  /* hash table of merged numbers */
    size_t table_size;
} dx_merge_forms;

/** Finds the forms of all documents that are not deleted, whose texts it reads.
 *  `m` is borrowed. Fails with CORRUPT, NOMEM, LIMIT, or INTERRUPTED once `stop`
 *  (may be NULL) is set; free `f` even then. */
DX_NODISCARD dx_status dx_merge_forms_find(dx_merge_forms *f,
    const dx_merge_sources *m, const atomic_bool *stop);
void dx_merge_forms_free(dx_merge_forms *f);

/** Sets what a code is chosen by: form_count, form_order, kind_forms, text_forms
 *  and form_exact. The terms are numbered. `n` is {0}; free it with
 *  dx_numbering_free(). Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_merge_forms_number(const dx_merge_forms *f,
    dx_numbering *n);

/** Puts the forms in the order of `n`. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_merge_forms_put(const dx_merge_forms *f,
    const dx_numbering *n, dx_segment_writer *w);

#endif
