/* initials.h -- abbreviations that a text explains itself:
 *
 *     phát hành thẻ vay tiêu dùng (TVTD) cho …     TVTD=thẻ vay tiêu dùng
 *                   ^   ^   ^    ^
 *
 * Found as by Schwartz and Hearst (2003), but more strictly: the letters must
 * be the initials of words in a row, of which only "và" may have no letter.
 * Their looser rules are made for English terms; here they find mere
 * coincidences. searcher/understand/names/explained.h reads what is found. */
#ifndef DX_INDEXER_GATHER_INITIALS_H
#define DX_INDEXER_GATHER_INITIALS_H

#include <stdbool.h>

#include "common/base/str.h"
#include "common/index/field/attribute.h"

/** Whether `letters` (3 to 8 capitals, perhaps with "&" and "-" between), which
 *  stand in parentheses after the text `before`, are short for its last words.
 *  If so, *value is in `out`: the letters, '=', and those words as written. */
bool dx_initials_match(dx_str before, dx_str letters,
    char out[DX_ATTRIBUTE_MAX_BYTES], dx_str *value);

#endif
