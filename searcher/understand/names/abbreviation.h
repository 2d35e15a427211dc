/* abbreviation.h -- words of a query that another form stands for:
 * abbreviations, phrases that have one, and what a reader's file of synonyms
 * says. */
#ifndef DX_SEARCHER_UNDERSTAND_NAMES_ABBREVIATION_H
#define DX_SEARCHER_UNDERSTAND_NAMES_ABBREVIATION_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "searcher/understand/names/finder.h"
#include "searcher/understand/names/synonyms.h"

#define DX_STAND_INS_MAX 4u /* for one word or phrase */

typedef struct dx_abbreviation {
    uint32_t from, count; /* which words of the row; count is 0 when there is
                             nothing to say of them */
    const dx_synonym_form *forms[DX_STAND_INS_MAX]; /* that they are */
    uint32_t form_count;
    dx_str explained; /* without forms: the other side of what articles explain;
                         lives as long as the index is open */
} dx_abbreviation;

/** Finds the longest that begins with word `from` of the row. Fails with NOMEM
 *  or CORRUPT. */
DX_NODISCARD dx_status dx_abbreviation_find(dx_finder *f, uint32_t from,
    dx_abbreviation *out);

#endif
