/* numbering.h -- dictionary numbers of the terms, and an order of the forms. */
#ifndef DX_INDEXER_INVERT_NUMBERING_H
#define DX_INDEXER_INVERT_NUMBERING_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/index/codec/text_code.h"
#include "indexer/gather/gathered.h"

#define DX_NUMBER_NONE UINT32_MAX
/* In form_exact[] and form_folded[]: the form has several terms, or an overlay.
 * See its refs. */
#define DX_NUMBER_MANY (UINT32_MAX - 1)
/* In form_folded[]: a gap, whose neighbours are still a pair. (The end of a
 * field has DX_NUMBER_NONE.) */
#define DX_NUMBER_SKIP (UINT32_MAX - 2)

/* Dictionary numbers are those of the segment: title terms (marked with
 * DX_TITLE_MARK, hence first) and then plain ones, each in byte order of
 * (folded, exact). */
typedef struct dx_numbering { /* all arrays owned */
    uint64_t *form_count;  /* occurrences of each form */
    uint64_t *title_count; /* those in titles */
    uint32_t *form_order;  /* used forms but the end of a field: those of the
                              text, kind by kind by falling count (coding.h changes
                              that), then the others */
    uint32_t kind_forms[DX_TEXT_KINDS];
    uint32_t used_forms, text_forms;
    uint32_t *form_exact;  /* of a form with one term its plain exact number, of
                              others NONE or MANY */
    uint32_t *form_folded; /* likewise its folded number, or SKIP */
    uint32_t *term_exact;  /* plain exact number of each term, or NONE */
    uint32_t *term_title;  /* exact number of its title term, or NONE */
    uint32_t *exact_term;  /* term of each exact number */
    uint32_t *exact_folded; /* folded number of each exact number */
    uint32_t *folded_first; /* first exact of each folded, and the end */
    uint64_t *exact_load;  /* items in the bucket of each exact number */
    uint64_t *folded_load; /* items in the bucket of each folded one, at most */
    uint32_t title_exacts; /* exact numbers below are title terms */
    uint32_t exacts, foldeds;
} dx_numbering;

/** Numbers forms and terms of `g`. Fails with NOMEM; free `n` even then. */
DX_NODISCARD dx_status dx_numbering_make(const dx_gathered *g, dx_numbering *n);
void dx_numbering_free(dx_numbering *n);

#endif
