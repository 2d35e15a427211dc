/* viscii.h -- the letters of VISCII (RFC 1456).
 *
 * It has capitals where windows-1252 has quotation marks and dashes, and files have
 * both: "M\x93T" is "MỘT", "\x93m\xB5t\x94" is “một”. What makes syllables decides. */
#ifndef DX_INDEXER_INPUT_CHARS_LEGACY_VISCII_H
#define DX_INDEXER_INPUT_CHARS_LEGACY_VISCII_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"

/** The character that in.ptr[at], at < in.len, stands for. Looks at the word around
 *  it, too. */
uint32_t dx_viscii_char(dx_str in, size_t at);

#endif
