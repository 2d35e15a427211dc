/* explained.h -- abbreviations that the articles of an index explain themselves
 * (indexer/gather/initials.h), for those that neither dx nor a reader's file
 * knows.
 *
 * Each explanation is an attribute, "NSƯT=Nghệ sĩ Ưu tú", whose folded form
 * begins with the abbreviation: what may stand for it is a range of the
 * dictionary. The other way round, the initials of a query's words are the
 * abbreviation to look for, so that no second term is needed. */
#ifndef DX_SEARCHER_UNDERSTAND_NAMES_EXPLAINED_H
#define DX_SEARCHER_UNDERSTAND_NAMES_EXPLAINED_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "searcher/understand/names/finder.h"

typedef struct dx_explanation { /* in the index; empty: nothing that is sure */
    dx_str letters, phrase;
} dx_explanation;

/** What a word is short for: the word `folded`, spelt `exact` unless that is
 *  empty. Fails with NOMEM, CORRUPT, or LIMIT
 *  where an explanation is none that dx made. */
DX_NODISCARD dx_status dx_explained_letters(dx_finder *f, dx_str folded,
    dx_str exact, dx_explanation *out);

/** The abbreviation of the longest phrase that begins with word `from` of the
 *  row, and of how many words that is; marks are not looked at. Fails with
 *  NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_explained_phrase(dx_finder *f, uint32_t from,
    uint32_t *count, dx_explanation *out);

#endif
