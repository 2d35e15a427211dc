/* numbering.h -- dictionary numbers of the terms, and an order of the forms. */
#ifndef DX_INDEXER_INVERT_NUMBERING_H
#define DX_INDEXER_INVERT_NUMBERING_H

#include <stdint.h>

#include "common/base/status.h"
#include "indexer/gather/gathered.h"

#define DX_NUMBER_NONE UINT32_MAX
/* form_exact[], form_folded[]: the form has several terms, or an overlay: see
 * its refs. */
#define DX_NUMBER_MANY (UINT32_MAX - 1)
/* form_folded[]: the form has no term and parts no neighbours: a gap. That of
 * the end of a field is DX_NUMBER_NONE. */
#define DX_NUMBER_SKIP (UINT32_MAX - 2)

/* Dictionary numbers are those of the segment: title terms (marked with
 * DX_TITLE_MARK, hence first) and then plain ones, each in byte order of
 * (folded, exact). */
typedef struct dx_numbering { /* all arrays owned */
    uint64_t *form_count;  /* occurrences of each form */
    uint64_t *title_count; /* those in titles */
    uint32_t *form_order;  /* used forms: those of the text by falling count,
                              then attributes */
    uint32_t used_forms, text_forms;
    uint32_t *form_exact;  /* plain exact number of a one-term form; of others
                              NONE or MANY */
    uint32_t *form_folded; /* and its folded number; of others see above */
    uint32_t *term_exact;  /* plain exact number of each term, or NONE */
    uint32_t *term_title;  /* exact number of its title term, or NONE */
    uint32_t *exact_term;  /* term of each exact number */
    uint32_t *exact_folded; /* folded number of each exact number */
    uint32_t *folded_first; /* first exact of each folded, and the end */
    uint64_t *exact_load;  /* postings of each exact number, a document's
                              repeated as often as it counts there */
    uint64_t *folded_load; /* pairs that begin with each folded one, at most */
    uint32_t title_exacts; /* exact numbers below are title terms */
    uint32_t exacts, foldeds;
} dx_numbering;

/** Numbers what is gathered. Fails with NOMEM; free `n` also then. */
DX_NODISCARD dx_status dx_numbering_make(const dx_gathered *g, dx_numbering *n);
void dx_numbering_free(dx_numbering *n);

#endif
