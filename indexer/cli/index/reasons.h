/* reasons.h -- how often each of a few texts came: reasons, types of files. */
#ifndef DX_INDEXER_CLI_INDEX_REASONS_H
#define DX_INDEXER_CLI_INDEX_REASONS_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"

#define DX_REASONS_TEXTS 24u
#define DX_REASONS_TEXT_BYTES 160u

typedef struct dx_reasons { /* start from {0} */
    struct dx_reasons_row {
        char text[DX_REASONS_TEXT_BYTES]; /* as much of it as fits */
        uint64_t count;
    } rows[DX_REASONS_TEXTS];
    size_t used;
    uint64_t others; /* of texts for which there was no row any more */
} dx_reasons;

/** Counts `text` once more. */
void dx_reasons_add(dx_reasons *reasons, dx_str text);

/** Puts the most frequent rows first, equal ones by their text. */
void dx_reasons_sort(dx_reasons *reasons);

#endif
