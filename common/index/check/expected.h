/* expected.h -- what the lists of a segment should hold, going by its texts. */
#ifndef DX_INDEX_CHECK_EXPECTED_H
#define DX_INDEX_CHECK_EXPECTED_H

#include "common/base/status.h"
#include "common/index/check/report.h"
#include "common/index/check/tally.h"
#include "common/index/segment/segment.h"

typedef struct dx_expected { /* owned; by id: a sum for each … */
    dx_tally *exacts, *foldeds; /* … term, */
    dx_tally *rows;             /* … first syllable of pairs, */
    dx_tally *triples;          /* … pair with triples */
} dx_expected;

/** Counts the texts of a segment whose structure is sound, and reports wrong
 *  texts and lengths. Attributes do not follow from the texts alone: their
 *  exact lists are taken as they are, so that the folded ones can be compared.
 *  Fails with NOMEM; free `e` even then. */
DX_NODISCARD dx_status dx_expected_count(dx_expected *e, dx_checker *c,
    const dx_segment *s);
void dx_expected_free(dx_expected *e);

#endif
