/* text_plan.h -- chooses the code in which a segment's texts take least room.
 *
 * Kinds of forms, each by falling frequency, are laid out in first bytes of rising
 * width: a byte takes as many forms as its width allows, of the kind whose next
 * ones are the most frequent. What is left to choose is the width of each group of
 * bytes. It is within 2 % of Huffman's size (text_code.h tells what for). */
#ifndef DX_INDEXER_INVERT_TEXT_PLAN_H
#define DX_INDEXER_INVERT_TEXT_PLAN_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/index/codec/text_code.h"

typedef struct dx_text_plan {
    dx_text_run runs[DX_TEXT_RUNS_MAX];
    uint32_t run_count;
    uint64_t bits; /* that all texts take behind their first bytes */
} dx_text_plan;

/** Plans for forms of each kind whose frequencies add up so: sums[k][i] is that
 *  of the first i of forms[k], by falling frequency, each >= 1; i from 0 to
 *  forms[k]. Fails with LIMIT for more than DX_TEXT_FORMS_MAX. */
DX_NODISCARD dx_status dx_text_plan_make(
    const uint64_t *const sums[DX_TEXT_KINDS],
    const uint32_t forms[DX_TEXT_KINDS], dx_text_plan *out);

#endif
