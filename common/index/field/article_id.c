/* Ids of articles: which addresses do, and hashes behind a name. */
#include "common/index/field/article_id.h"

#include <string.h>

#define MARK "#~"
#define MARK_BYTES 2u
#define HASH_BYTES 12u
#define HASH_UNUSED_BITS 4u /* of 64 */

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

bool dx_id_tells_path(dx_str id, dx_str path)
{
    dx_str base = id;
    uint64_t hash;

    return path.len && (dx_str_eq(id, path) || (dx_id_split(id, &base, &hash) &&
                                                  dx_str_eq(base, path)));
}
