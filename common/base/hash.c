/* Hashes, by xxHash. */
#include "common/base/hash.h"

#define XXH_STATIC_LINKING_ONLY /* for the size of a state */
#include <xxhash.h>

#include "common/base/wide/hash_wide.h"
#include "common/base/mem.h"

#define STATE_ALIGN 64u /* as its vectors want it */

struct dx_hasher {
    XXH3_state_t *state; /* within room */
    unsigned char room[sizeof(XXH3_state_t) + STATE_ALIGN];
};

#define WIDE_MIN_BYTES 241u /* less is hashed without vectors */

uint64_t dx_hash64(const void *data, size_t len)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (len >= WIDE_MIN_BYTES && __builtin_cpu_supports("avx2"))
        return dx_hash64_wide(data, len);
#endif
    return XXH3_64bits(data, len);
}

dx_hash128 dx_hash128_of(const void *data, size_t len)
{
    XXH128_hash_t h = XXH3_128bits(data, len);
    return (dx_hash128){h.low64, h.high64};
}

int dx_hash64_order(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

dx_hasher *dx_hasher_new(void)
{
    dx_hasher *h = dx_calloc(1, sizeof *h);

    if (!h)
        return NULL;
    size_t skip = STATE_ALIGN - (uintptr_t)h->room % STATE_ALIGN;
    h->state = (void *)(h->room + skip);
    XXH3_128bits_reset(h->state);
    return h;
}

void dx_hasher_free(dx_hasher *h)
{
    dx_free(h);
}

void dx_hasher_put(dx_hasher *h, const void *data, size_t len)
{
    XXH3_128bits_update(h->state, data, len);
}

dx_hash128 dx_hasher_take(dx_hasher *h)
{
    XXH128_hash_t hash = XXH3_128bits_digest(h->state);

    XXH3_128bits_reset(h->state);
    return (dx_hash128){hash.low64, hash.high64};
}
