/* signature.h -- whether two documents have nearly the same text.
 *
 * A signature is a b-bit minwise sketch of a document's shingles (runs of three
 * words within a field): shingles are hashed, the hash chooses one of 16 places
 * and of each place the least hash is kept, of which 8 bits are stored. Two
 * documents share a byte about as often as they share shingles (the Jaccard
 * similarity of their sets).
 *
 * Minwise hashing: Broder, On the resemblance and containment of documents, 1997.
 * One permutation: Li, Owen & Zhang, NIPS 2012. b bits: Li & König, WWW 2010. */
#ifndef DX_INDEX_SIGNATURE_H
#define DX_INDEX_SIGNATURE_H

#include <stdbool.h>
#include <stdint.h>

#define DX_SIGNATURE_BYTES 16u

typedef struct dx_signature {
    uint8_t bytes[DX_SIGNATURE_BYTES]; /* 0: no shingle has this place */
} dx_signature;

/* Of the places that either document has, this share must be alike, in 1/16;
 * and so many there must be, lest two short captions be one. */
#define DX_SIGNATURE_SHARE 11u
#define DX_SIGNATURE_PLACES_MIN 4u

/** Whether two signatures are those of near-duplicates. */
static inline bool dx_signature_is_near(const dx_signature *x,
    const dx_signature *y)
{
    const uint8_t *a = x->bytes, *b = y->bytes;
    uint32_t places = 0, same = 0;

    for (unsigned i = 0; i < DX_SIGNATURE_BYTES; i++) {
        places += (a[i] | b[i]) != 0;
        same += a[i] == b[i] && a[i] != 0;
    }
    return places >= DX_SIGNATURE_PLACES_MIN &&
           same * 16 >= places * DX_SIGNATURE_SHARE;
}

#endif
