/* keys.h -- decodes Vietnamese that was typed while the input method was off,
 * so that the keys themselves stand in the text.
 *
 *     Telex   chuyeenr ddooir soos    chuyển đổi số
 *     VNI     chuye6n3 d9o6i3 so61
 *
 * Telex: aa ee oo give a circumflex, aw a breve, ow uw uow a horn, a lone w
 * after consonants is ư, dd is đ; s f r x j are the tones. VNI: 1 to 5 are the
 * tones, 6 a circumflex, 7 a horn, 8 a breve, 9 the stroke of đ. A tone comes
 * after its vowel or at the end of the word. This knows which syllables are
 * possible, not which exist. No state. */
#ifndef DX_TEXT_KEYS_H
#define DX_TEXT_KEYS_H

#include <stddef.h>

#include "common/base/str.h"

typedef enum dx_keys { DX_KEYS_TELEX, DX_KEYS_VNI } dx_keys;

#define DX_KEYS_MAX_LETTERS 12u /* of a word; no syllable is longer */
#define DX_KEYS_MAX_BYTES (3u * DX_KEYS_MAX_LETTERS)

/** Decodes one word of ASCII letters and digits into an exact term (NFC, lower
 *  case, tone on its canonical vowel) in `out` and returns its length. Also two
 *  syllables that are one word (ootoo), and đ in abbreviations (DDH, HddQT). 0 when
 *  no key in it is more than a letter, or the result can be none of these: mp3,
 *  2020, html5, covid19, web. */
size_t dx_keys_decode(dx_keys keys, dx_str word, char out[DX_KEYS_MAX_BYTES]);

#endif
