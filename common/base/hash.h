/* hash.h -- the one adapter of xxHash: content hashes, checksums, hash tables.
 * Why xxHash: Debian's, BSD, several GB/s, a fixed 64- and 128-bit result that
 * is the same on every machine. Not cryptographic: it detects accidents. */
#ifndef DX_BASE_HASH_H
#define DX_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

typedef struct dx_hash128 {
    uint64_t lo, hi;
} dx_hash128;

uint64_t dx_hash64(const void *data, size_t len);
dx_hash128 dx_hash128_of(const void *data, size_t len);

#endif
