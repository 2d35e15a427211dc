/* explained.h -- abbreviations that a text explains itself:
 *
 *     phát hành thẻ vay tiêu dùng (TVTD) cho …     TVTD=thẻ vay tiêu dùng
 *                   ^   ^   ^    ^
 *
 * As Schwartz and Hearst find them (2003), but that each letter must be the
 * initial of a word, in a row and without one left out, except "và", which may
 * have no letter: their looser rules are for English terms and here find
 * accidents. searcher/understand/names/explained.h reads what is found. */
#ifndef DX_INDEXER_GATHER_EXPLAINED_H
#define DX_INDEXER_GATHER_EXPLAINED_H

#include <stdbool.h>

#include "common/base/str.h"
#include "common/index/field/attribute.h"

/** Whether the end of the text `before` is what `letters` (as in parentheses
 *  after it: 3 to 8 capitals, "&" and "-" between) are short for. *value, in
 *  `out`: the letters, '=', and the words as they stand there. */
bool dx_explained(dx_str before, dx_str letters,
    char out[DX_ATTRIBUTE_MAX_BYTES], dx_str *value);

#endif
