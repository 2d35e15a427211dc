/* shingles.h -- a document's signature (common/index/signature.h), from its
 * stream of form numbers. */
#ifndef DX_INDEXER_SHINGLES_H
#define DX_INDEXER_SHINGLES_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/signature.h"

/* What each form is to a shingle: a hash of its text, the same in every run,
 * whatever its number. One per thread; zeroed is empty. */
typedef struct dx_shingles {
    uint32_t *hashes; /* owned; by form; 0: no word */
    size_t count, cap;
} dx_shingles;

void dx_shingles_free(dx_shingles *s);

/** Notes a word's hash; forms that are never noted are no words. Fails with
 *  NOMEM. */
DX_NODISCARD dx_status dx_shingles_learn(dx_shingles *s, uint32_t form,
    uint64_t hash);

/** The signature of the stream [at, end). Linear, about 2 ns a word. */
void dx_shingles_sign(const dx_shingles *s, const uint16_t *at,
    const uint16_t *end, uint8_t out[DX_SIGNATURE_BYTES]);

#endif
