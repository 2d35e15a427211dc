/* bitset.h -- a set of documents of one window. */
#ifndef DX_SEARCHER_MATCH_EVALUATE_BITSET_H
#define DX_SEARCHER_MATCH_EVALUATE_BITSET_H

#include <stdint.h>

#include "common/index/codec/list.h"
#include "common/index/codec/window.h"

/* Bit d & 63 of word d >> 6 is document d of the window. */
typedef struct dx_bitset {
    uint64_t words[DX_WINDOW_WORDS];
} dx_bitset;

/** How many documents are in it. */
uint32_t dx_bitset_count(const dx_bitset *s);

/** Drops from `set` what is in `less`. */
void dx_bitset_subtract(const dx_bitset *less, dx_bitset *set);

#endif
