/* numbers.h -- numbers of blocks: lists of them, and looking one up. */
#ifndef DX_INDEXER_RUN_FILES_NUMBERS_H
#define DX_INDEXER_RUN_FILES_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"

typedef struct dx_numbers { /* start from {0} */
    uint32_t *items;        /* owned */
    size_t count, cap;
} dx_numbers;

/** Appends a number. Fails with NOMEM. */
DX_NODISCARD dx_status dx_numbers_add(dx_numbers *n, uint32_t number);
/** Leaves each once, ascending. */
void dx_numbers_sort(dx_numbers *n);
void dx_numbers_free(dx_numbers *n);

/** Where the number is among `count` ascending ones; NULL: nowhere. */
const uint32_t *dx_numbers_find(const uint32_t *numbers, size_t count,
    uint32_t number);

#endif
