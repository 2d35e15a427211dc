#include "indexer/shingles.h"

#include <string.h>

#include "common/base/mem.h"
#include "indexer/forms.h"
#include "indexer/tokenize.h"

void dx_shingles_free(dx_shingles *s)
{
    dx_free(s->hashes);
    *s = (dx_shingles){0};
}

dx_status dx_shingles_learn(dx_shingles *s, uint32_t form, uint64_t hash)
{
    void *p = s->hashes;

    if (dx_grow(&p, &s->cap, form + (size_t)1, sizeof *s->hashes) != 0)
        return DX_ERR_NOMEM;
    s->hashes = p;
    if (form >= s->count) {
        memset(s->hashes + s->count, 0,
            (form + 1 - s->count) * sizeof *s->hashes);
        s->count = form + (size_t)1;
    }
    s->hashes[form] = (uint32_t)((hash * 0x9E3779B97F4A7C15u) >> 32) | 1;
    return DX_OK;
}

static inline uint64_t mix(uint64_t v)
{
    v = (v ^ v >> 32) * 0xD6E8FEB86659FD93u;
    return v ^ v >> 32;
}

void dx_shingles_sign(const dx_shingles *s, const uint16_t *at,
    const uint16_t *end, uint8_t out[DX_SIGNATURE_BYTES])
{
    uint32_t least[DX_SIGNATURE_BYTES], a = 0, b = 0;

    memset(least, 0xFF, sizeof least);
    while (at < end) {
        uint32_t form = dx_stream_next(&at);
        uint32_t c = form < s->count ? s->hashes[form] : 0;
        if (form == DX_FORM_ID_FIELD_END)
            a = b = 0;
        if (c == 0)
            continue;
        if (a && b) {
            uint64_t h = mix(((uint64_t)a << 32 | b) * 0x9E3779B97F4A7C15u + c);
            uint32_t *place = &least[h >> 60];
            *place = (uint32_t)h < *place ? (uint32_t)h : *place;
        }
        a = b;
        b = c;
    }
    for (unsigned i = 0; i < DX_SIGNATURE_BYTES; i++)
        out[i] = least[i] == UINT32_MAX ? 0 : (uint8_t)(1 + least[i] % 255);
}
