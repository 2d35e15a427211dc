/* hash_wide.h -- dx_hash64() on machines with AVX2, for hash.c: a third of the
 * instructions. xxHash as it is linked has SSE2 only. */
#ifndef DX_BASE_WIDE_HASH_WIDE_H
#define DX_BASE_WIDE_HASH_WIDE_H

#include <stddef.h>
#include <stdint.h>

/** The same value as XXH3_64bits(). Only where the processor has AVX2. */
uint64_t dx_hash64_wide(const void *data, size_t len);

#endif
