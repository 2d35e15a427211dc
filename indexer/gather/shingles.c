/* The ends of a signature; words are added inline. */
#include "indexer/gather/shingles.h"

#include <string.h>

void dx_shingles_start(dx_shingles *s)
{
    memset(s->least, 0xFF, sizeof s->least);
    dx_shingles_break(s);
}

dx_signature dx_shingles_end(const dx_shingles *s)
{
    dx_signature out;

    for (unsigned i = 0; i < DX_SIGNATURE_BYTES; i++)
        out.bytes[i] = s->least[i] == UINT32_MAX
                           ? 0
                           : (uint8_t)(1 + s->least[i] % 255);
    return out;
}
