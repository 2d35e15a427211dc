/* likelihood.h -- how likely a finger slips from one word to another.
 *
 *     chuyrn   chuyển    one letter for another, next to it on the keyboard
 *     hãm      hàm       another tone
 *
 * A letter here is one with its circumflex, breve or horn; the tone belongs to the
 * whole word. After Kernighan, Church and Gale, A Spelling Correction Program Based
 * on a Noisy Channel Model (1990), with kinds of slips in place of its tables. */
#ifndef DX_SEARCHER_UNDERSTAND_TYPOS_LIKELIHOOD_H
#define DX_SEARCHER_UNDERSTAND_TYPOS_LIKELIHOOD_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"

/** The logarithm of the share of slips in `meant` that give `typed`; both exact
 *  terms, or both without marks. -INFINITY where one slip does not, and where they
 *  are the same. No state. */
double dx_slip_likelihood(dx_str typed, dx_str meant);

/** Whether the two words have the same letters and only their marks differ. */
bool dx_slip_is_mark(dx_str typed, dx_str meant);

/** Whether two small letters are beside one another on the keyboard. */
bool dx_keys_are_neighbours(uint32_t a, uint32_t b);

#endif
