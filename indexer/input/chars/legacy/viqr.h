/* viqr.h -- Vietnamese written with signs of ASCII behind the letters (VIQR,
 * RFC 1456): "ddo^`ng ba(`ng, ca?m o+n". */
#ifndef DX_INDEXER_INPUT_CHARS_LEGACY_VIQR_H
#define DX_INDEXER_INPUT_CHARS_LEGACY_VIQR_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/str.h"

/** Writes `para`, one paragraph, as UTF-8 to `out`, which has room for
 *  2 * para.len bytes, and its length to *len. False when it is not VIQR: unless
 *  nearly all words with signs are syllables then, and there are enough. */
bool dx_viqr_decode(dx_str para, char *out, size_t *len);

#endif
