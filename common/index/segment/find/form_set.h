/* form_set.h -- the forms that have some terms, as a search in texts needs them. */
#ifndef DX_INDEX_SEGMENT_FIND_FORM_SET_H
#define DX_INDEX_SEGMENT_FIND_FORM_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "common/index/codec/text_code.h"
#include "common/index/segment/form_table.h"
#include "common/index/segment/layout/id.h"

typedef struct dx_form_set { /* zeroed, it is empty */
    uint64_t first[DX_TEXT_FIRST_BYTES / 64]; /* bytes, as bits */
    struct {
        uint32_t form, count;
    } of_run[DX_TEXT_RUNS_MAX]; /* a range of each */
} dx_form_set;

/** Adds the forms that are one term of `terms` and nothing else. When these are
 *  several spans, the forms between them that share first bytes with theirs come
 *  in, too. */
void dx_form_set_add(dx_form_set *set, const dx_form_table *t,
    dx_id_spans terms);

/** Adds all words that do not have just one term. */
void dx_form_set_add_others(dx_form_set *set, const dx_form_table *t);

/** Whether a form is in the set whose first byte is. */
static inline bool dx_form_set_has(const dx_form_set *set,
    const dx_text_code *c, uint8_t first, uint32_t form)
{
    uint32_t run = c->run_of[first];

    return form - set->of_run[run].form < set->of_run[run].count;
}

#endif
