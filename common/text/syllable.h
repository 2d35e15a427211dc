/* syllable.h -- whether letters can be a Vietnamese syllable, by structure: an
 * onset, a nucleus and a coda. */
#ifndef DX_TEXT_SYLLABLE_H
#define DX_TEXT_SYLLABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/str.h"

/** Whether `s` (folded or exact, lower case NFC) can be a syllable; tones are
 *  allowed on stops. */
bool dx_syllable_is_valid(dx_str s);

/** Whether the bases (small ASCII letters, d for đ) can be a syllable. */
bool dx_syllable_of_bases(const char *bases, size_t count);

#endif
