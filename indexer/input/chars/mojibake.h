/* mojibake.h -- text whose bytes in UTF-8 were taken for windows-1252 or Latin-1
 * and written as UTF-8 again: "Ná»™i" for "Nội". */
#ifndef DX_INDEXER_INPUT_CHARS_MOJIBAKE_H
#define DX_INDEXER_INPUT_CHARS_MOJIBAKE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/str.h"

/** Writes `para`, one paragraph in UTF-8, as it was one time of writing before to
 *  `out`, which has room for para.len bytes, and its length to *len. False when
 *  it looks right as it is. */
bool dx_mojibake_undo(dx_str para, char *out, size_t *len);

#endif
