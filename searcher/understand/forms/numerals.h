/* numerals.h -- numbers where they count: quý 4 is quý IV, thứ 2 is thứ hai, kỳ
 * họp thứ mười is kỳ họp thứ 10. */
#ifndef DX_SEARCHER_UNDERSTAND_FORMS_NUMERALS_H
#define DX_SEARCHER_UNDERSTAND_FORMS_NUMERALS_H

#include <stdint.h>

#include "common/base/status.h"
#include "searcher/understand/forms/wordings.h"

/** If a number, in whatever way it is written, begins with word `at` of the row
 *  behind a word that counts, adds the other ways of writing it. *taken: how
 *  many words it has, or 0. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_numerals_reword(dx_wordings *w, uint32_t at,
    uint32_t *taken);

#endif
