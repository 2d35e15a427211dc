/* SHA-1 and SHA-256 beside what a label says of them. */
#include "indexer/input/archive/digest.h"

#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <stdint.h>

#include "indexer/input/chars/chars.h"

#define TEXT_BYTES 64u /* of the longer one in hexadecimal */

static size_t put_base32(const uint8_t *digest, size_t len, char *out)
{
    static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";
    size_t n = 0;

    for (size_t bit = 0; bit < 8 * len; bit += 5) {
        size_t i = bit / 8;
        unsigned two = digest[i] * 256u + (i + 1 < len ? digest[i + 1] : 0u);
        out[n++] = digits[two >> (11 - bit % 8) & 31];
    }
    return n;
}

static size_t put_hex(const uint8_t *digest, size_t len, char *out)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < len; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    return 2 * len;
}

static bool is_other(dx_str value, const uint8_t *digest, size_t len)
{
    static size_t (*const ways[])(const uint8_t *, size_t, char *) = {put_base32,
        put_hex};
    char text[TEXT_BYTES + 1];

    while (value.len && value.ptr[value.len - 1] == '=')
        value.len--;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        size_t n = ways[i](digest, len, text);
        text[n] = '\0';
        if (n == value.len)
            return !dx_equals(value, text);
    }
    return false;
}

bool dx_digest_is_wrong(dx_str label, dx_str bytes)
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    const uint8_t *data = bytes.len ? (const uint8_t *)bytes.ptr : digest;
    size_t name = dx_starts_with(label, "sha1:");

    if (name) {
        struct sha1_ctx ctx;
        sha1_init(&ctx);
        sha1_update(&ctx, bytes.len, data);
        sha1_digest(&ctx, SHA1_DIGEST_SIZE, digest);
        return is_other(dx_str_from_offset(label, name), digest, SHA1_DIGEST_SIZE);
    }
    name = dx_starts_with(label, "sha256:");
    if (!name)
        name = dx_starts_with(label, "sha-256:");
    if (!name)
        return false;
    struct sha256_ctx ctx;
    sha256_init(&ctx);
    sha256_update(&ctx, bytes.len, data);
    sha256_digest(&ctx, SHA256_DIGEST_SIZE, digest);
    return is_other(dx_str_from_offset(label, name), digest, SHA256_DIGEST_SIZE);
}
