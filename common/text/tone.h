/* tone.h -- where a tone mark belongs. */
#ifndef DX_TEXT_TONE_H
#define DX_TEXT_TONE_H

#include <stddef.h>

#include "common/text/letter.h"

/** Moves a lone tone mark to the vowel where the traditional spelling has it:
 *  hoà → hòa, vịêt → việt; never onto the u of qu or the i of gi. Does nothing
 *  to what is no possible syllable. */
void dx_tone_place(dx_letter *letters, size_t count);

#endif
