/* short_words.h -- what readers shorten and papers write out, or the other way
 * round: places (p. Bến Nghé, q1), units (20tr), documents (NQ18), chat (ko). */
#ifndef DX_SEARCHER_UNDERSTAND_FORMS_SHORT_WORDS_H
#define DX_SEARCHER_UNDERSTAND_FORMS_SHORT_WORDS_H

#include <stdint.h>

#include "common/base/status.h"
#include "searcher/understand/forms/wordings.h"

/** If such a word or words begin with word `at` of the row, adds the other ways
 *  of writing them. *taken: how many words they are, or 0. Fails with NOMEM or
 *  CORRUPT. */
DX_NODISCARD dx_status dx_short_words_reword(dx_wordings *w, uint32_t at,
    uint32_t *taken);

#endif
