/* Ids of articles: which addresses do, and hashes behind a name. */
#include "common/index/field/article_id.h"

#include <string.h>

#define MARK "#~"
#define MARK_BYTES 2u
#define HASH_BYTES 12u
#define HASH_UNUSED_BITS 4u /* of 64 */
#define KEY_BYTES 27u       /* '~', and half of the hash in 13 digits each */
#define HALF_DIGITS 13u

static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

static bool has_scheme(dx_str url, const char *scheme)
{
    size_t n = strlen(scheme);

    if (url.len < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = url.ptr[i];
        if ((c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c) != scheme[i])
            return false;
    }
    return true;
}

bool dx_id_is_address(dx_str url)
{
    size_t at = has_scheme(url, "https://")  ? strlen("https://")
                : has_scheme(url, "http://") ? strlen("http://")
                                             : 0;
    size_t host = at;

    if (at == 0)
        return false;
    while (at < url.len && !strchr("/?#", url.ptr[at]))
        at++;
    if (at == host)
        return false;
    for (; at < url.len && url.ptr[at] != '#'; at++)
        if (!strchr("/?", url.ptr[at]))
            return true;
    return false;
}

dx_str dx_id_with_hash(dx_str base, uint64_t hash, dx_arena *arena)
{
    size_t len = base.len + MARK_BYTES + HASH_BYTES;
    char *id = dx_arena_alloc(arena, len + 1);

    if (!id)
        return (dx_str){NULL, 0};
    if (base.len)
        memcpy(id, base.ptr, base.len);
    memcpy(id + base.len, MARK, MARK_BYTES);
    for (size_t i = 0; i < HASH_BYTES; i++)
        id[base.len + MARK_BYTES + i] = digits[hash >> (59 - 5 * i) & 31];
    id[len] = '\0';
    return (dx_str){id, len};
}

bool dx_id_split(dx_str id, dx_str *base, uint64_t *hash)
{
    uint64_t value = 0;

    if (id.len < MARK_BYTES + HASH_BYTES)
        return false;
    size_t len = id.len - MARK_BYTES - HASH_BYTES;
    if (memcmp(id.ptr + len, MARK, MARK_BYTES) != 0)
        return false;
    for (size_t i = len + MARK_BYTES; i < id.len; i++) {
        const char *digit = memchr(digits, id.ptr[i], sizeof digits - 1);
        if (!digit)
            return false;
        value = value << 5 | (uint64_t)(digit - digits);
    }
    *base = (dx_str){id.ptr, len};
    *hash = value << HASH_UNUSED_BITS;
    return true;
}

static void put_half(char *out, uint64_t half)
{
    for (unsigned i = HALF_DIGITS; i-- > 0; half >>= 5)
        out[i] = digits[half & 31];
}

dx_str dx_id_key(dx_str id, size_t id_len, dx_arena *arena)
{
    dx_hash128 hash = dx_hash128_of(id.ptr, id_len);
    size_t more = id.len - id_len;
    char *key = dx_arena_alloc(arena, KEY_BYTES + more + 1);

    if (!key)
        return (dx_str){NULL, 0};
    key[0] = '~';
    put_half(key + 1, hash.hi);
    put_half(key + 1 + HALF_DIGITS, hash.lo);
    if (more)
        memcpy(key + KEY_BYTES, id.ptr + id_len, more);
    key[KEY_BYTES + more] = '\0';
    return (dx_str){key, KEY_BYTES + more};
}

/* The first digit has but the four upper bits. */
static bool read_half(const char *p, uint64_t *half)
{
    *half = 0;
    for (unsigned i = 0; i < HALF_DIGITS; i++) {
        const char *digit = memchr(digits, p[i], sizeof digits - 1);
        if (!digit || (i == 0 && digit - digits > 15))
            return false;
        *half = *half << 5 | (uint64_t)(digit - digits);
    }
    return true;
}

bool dx_id_key_read(dx_str key, dx_hash128 *hash)
{
    return key.len == KEY_BYTES && key.ptr[0] == '~' &&
           read_half(key.ptr + 1, &hash->hi) &&
           read_half(key.ptr + 1 + HALF_DIGITS, &hash->lo);
}

bool dx_id_tells_path(dx_str id, dx_str path)
{
    dx_str base = id;
    uint64_t hash;

    return path.len && (dx_str_eq(id, path) || (dx_id_split(id, &base, &hash) &&
                                                  dx_str_eq(base, path)));
}
