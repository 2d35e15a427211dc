/* digits.h -- the terms of numbers, dates and document numbers. */
#ifndef DX_TEXT_DIGITS_H
#define DX_TEXT_DIGITS_H

#include <stdbool.h>

#include "common/base/str.h"
#include "common/text/runs.h"

/** Adds the terms of a word that starts with a digit and has something but
 *  letters and digits in it; false, with nothing added, for any other word. */
bool dx_digits_add(dx_runs *r, dx_str word);

#endif
