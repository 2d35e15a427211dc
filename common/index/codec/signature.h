/* signature.h -- whether two documents may have nearly the same text: whoever hides
 * one for the other looks at their texts, too (same_article.h).
 *
 * A signature is a b-bit minwise sketch of a document's shingles (runs of three
 * words within a field). Each shingle is hashed, and its hash picks one of 16
 * places. Each place keeps its least hash, of which 8 bits are stored. Two
 * documents agree in a byte about as often as they share shingles (the Jaccard
 * similarity of their sets).
 *
 * Minwise hashing: Broder, On the resemblance and containment of documents,
 * 1997. One permutation: Li, Owen & Zhang, NIPS 2012. b bits: Li & König, WWW
 * 2010. */
#ifndef DX_INDEX_CODEC_SIGNATURE_H
#define DX_INDEX_CODEC_SIGNATURE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define DX_SIGNATURE_BYTES 16u

typedef struct dx_signature {
    uint8_t bytes[DX_SIGNATURE_BYTES]; /* 0: no shingle fell there */
} dx_signature;

/* Of the places that either document fills, this share must agree, in 1/16: that
 * of articles, one of which has a third less, does.
 * There must be at least this many, or two short captions would count as
 * one. */
#define DX_SIGNATURE_SHARE 9u
#define DX_SIGNATURE_PLACES_MIN 4u

/* How many of eight bytes are not 0. */
static inline uint32_t dx_signature_count(uint64_t v)
{
    const uint64_t low = UINT64_C(0x7F7F7F7F7F7F7F7F);
    uint64_t tops = ((v & low) + low) | v; /* the top bit of each says so */

    return (uint32_t)(((tops >> 7 & UINT64_C(0x0101010101010101)) *
                          UINT64_C(0x0101010101010101)) >> 56);
}

/** Whether two signatures belong to near-duplicates. */
static inline bool dx_signature_is_near(const dx_signature *a,
    const dx_signature *b)
{
    uint64_t x[2], y[2];

    memcpy(x, a->bytes, sizeof x);
    memcpy(y, b->bytes, sizeof y);
    uint32_t places =
        dx_signature_count(x[0] | y[0]) + dx_signature_count(x[1] | y[1]);
    uint32_t other =
        dx_signature_count(x[0] ^ y[0]) + dx_signature_count(x[1] ^ y[1]);
    return places >= DX_SIGNATURE_PLACES_MIN &&
           (places - other) * 16 >= places * DX_SIGNATURE_SHARE;
}

#endif
