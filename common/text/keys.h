/* keys.h -- Vietnamese typed on a keyboard whose input method was off: the keys
 * themselves stand in the text.
 *
 *     Telex   chuyeenr ddooir soos    chuyển đổi số
 *     VNI     chuye6n3 d9o6i3 so61
 *
 * Telex: aa ee oo give a circumflex, aw a breve, ow uw uow a horn, a lone w
 * after consonants is ư, dd is đ; s f r x j are the tones. VNI: 1 to 5 are the
 * tones, 6 a circumflex, 7 a horn, 8 a breve, 9 the stroke of đ. Tones come
 * after their vowel or at the end of the word. Pure: knows nothing of which
 * syllables exist, only of which can. */
#ifndef DX_TEXT_KEYS_H
#define DX_TEXT_KEYS_H

#include <stddef.h>

#include "common/base/str.h"

typedef enum dx_keys { DX_KEYS_TELEX, DX_KEYS_VNI } dx_keys;

#define DX_KEYS_MAX_LETTERS 12u /* of a word; longer ones are no syllables */
#define DX_KEYS_MAX_BYTES (3u * DX_KEYS_MAX_LETTERS)

/** What one word of ASCII letters and digits becomes: its bytes in `out`, as an
 *  exact term (NFC, lower case, tone on its canonical vowel), and their number;
 *  0 when no key in it means anything, or the result can be no syllable: mp3,
 *  2020, html5, covid19, web. */
size_t dx_keys_decode(dx_keys keys, dx_str word, char out[DX_KEYS_MAX_BYTES]);

#endif
