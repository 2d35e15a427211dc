/* tone.h -- where a tone mark belongs. */
#ifndef DX_TEXT_TONE_H
#define DX_TEXT_TONE_H

#include <stddef.h>

#include "common/text/letter.h"

/** Moves a lone tone mark to the vowel where traditional spelling puts it:
 *  hoà → hòa, vịêt → việt; never onto the u of qu or the i of gi. Leaves alone
 *  what cannot be a syllable. */
void dx_tone_place(dx_letter *letters, size_t count);

#endif
