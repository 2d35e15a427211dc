/* xxHash once more, compiled for AVX2. */
#include "common/base/wide/hash_wide.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#pragma GCC target("avx2")
#endif
#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t dx_hash64_wide(const void *data, size_t len)
{
    return XXH3_64bits(data, len);
}
