/* Hashes, by xxHash. */
#include "common/base/hash.h"

#include <xxhash.h>

uint64_t dx_hash64(const void *data, size_t len)
{
    return XXH3_64bits(data, len);
}

dx_hash128 dx_hash128_of(const void *data, size_t len)
{
    XXH128_hash_t h = XXH3_128bits(data, len);
    return (dx_hash128){h.low64, h.high64};
}
