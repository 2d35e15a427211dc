/* decimal.h -- decimal numbers as people type them, whatever the locale. */
#ifndef DX_BASE_DECIMAL_H
#define DX_BASE_DECIMAL_H

#include <stdbool.h>

/** Reads all of `text`: digits with a point or a comma, 0.5 or as Vietnamese
 *  write it 0,5. False, with *number as it was, when it is none, or one over
 *  `max`. Thread-safe. */
bool dx_decimal_read(const char *text, double max, double *number);

#endif
