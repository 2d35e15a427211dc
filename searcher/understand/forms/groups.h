/* groups.h -- the same letters and digits in other groups: covid19 is Covid-19,
 * 0912345678 is 0912.345.678, 29A12345 is 29A-123.45, ea hleo is Ea H'leo, and
 * wi fi may be wifi. */
#ifndef DX_SEARCHER_UNDERSTAND_FORMS_GROUPS_H
#define DX_SEARCHER_UNDERSTAND_FORMS_GROUPS_H

#include <stdint.h>

#include "common/base/status.h"
#include "searcher/understand/forms/wordings.h"

/** If the index hardly knows word `at` of the row, or that word together with
 *  those behind it, adds the groups that it knows best. *taken: how many words
 *  these are, or 0. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_groups_reword(dx_wordings *w, uint32_t at,
    uint32_t *taken);

/** Likewise for the number of a document, which is the only word of the row:
 *  24/2018/QH14 as the groups of 24/2018/QH 14, if the index does not know it. */
DX_NODISCARD dx_status dx_groups_reword_docno(dx_wordings *w, uint32_t *taken);

#endif
