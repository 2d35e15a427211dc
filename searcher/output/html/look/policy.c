/* Hashes of style sheets. */
#include "searcher/output/html/look/policy.h"

#include <nettle/base64.h>
#include <nettle/sha2.h>

void dx_policy_put_source(dx_buf *out, dx_str content)
{
    struct sha256_ctx sha;
    uint8_t digest[SHA256_DIGEST_SIZE];
    char text[BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE)];

    sha256_init(&sha);
    sha256_update(&sha, content.len, (const uint8_t *)content.ptr);
    sha256_digest(&sha, sizeof digest, digest);
    base64_encode_raw(text, sizeof digest, digest);
    dx_buf_puts(out, "'sha256-");
    dx_buf_put(out, text, sizeof text);
    dx_buf_puts(out, "'");
}
