/* hash.h -- the one adapter of xxHash: content hashes, checksums, hash tables.
 * Why xxHash: Debian's, BSD, several GB/s, a fixed 64- and 128-bit result that
 * is the same on every machine. Not cryptographic: it detects accidents. */
#ifndef DX_BASE_HASH_H
#define DX_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct dx_hash128 {
    uint64_t lo, hi;
} dx_hash128;

uint64_t dx_hash64(const void *data, size_t len);
dx_hash128 dx_hash128_of(const void *data, size_t len);

/** The hash of a row of hashes: `before` is that of those before `next`, or where to begin. */
static inline uint64_t dx_hash64_join(uint64_t before, uint64_t next)
{
    const uint64_t both[] = {before, next};

    return dx_hash64(both, sizeof both);
}

/** Compares two hashes, or other numbers of 64 bits, for qsort() and bsearch(): ascending. */
int dx_hash64_order(const void *a, const void *b);

static inline bool dx_hash128_eq(dx_hash128 a, dx_hash128 b)
{
    return a.lo == b.lo && a.hi == b.hi;
}

static inline dx_hash128 dx_hash128_xor(dx_hash128 a, dx_hash128 b)
{
    return (dx_hash128){a.lo ^ b.lo, a.hi ^ b.hi};
}

/* dx_hash128_of() of bytes that come piece by piece. */
typedef struct dx_hasher dx_hasher;
/** NULL: no memory. */
dx_hasher *dx_hasher_new(void);
void dx_hasher_free(dx_hasher *h); /* NULL is a no-op */
void dx_hasher_put(dx_hasher *h, const void *data, size_t len);
/** The hash of what was put; begins anew. */
dx_hash128 dx_hasher_take(dx_hasher *h);

#endif
