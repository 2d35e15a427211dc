/* stem.h -- the one adapter of libstemmer: English stems, for foreign words in
 * Vietnamese text. Why Snowball: in Debian, BSD licence, the reference
 * implementation. Never applied to what can be a Vietnamese syllable. */
#ifndef DX_TEXT_STEM_H
#define DX_TEXT_STEM_H

#include "common/base/str.h"

typedef struct dx_stemmer dx_stemmer; /* one per thread */

/** NULL when memory is short. */
dx_stemmer *dx_stemmer_new(void);
void dx_stemmer_free(dx_stemmer *s); /* NULL is a no-op */

/** Stem of `word` (small ASCII letters), in the stemmer's memory until its next
 *  call; `word` itself when memory is short. */
dx_str dx_stem(dx_stemmer *s, dx_str word);

#endif
