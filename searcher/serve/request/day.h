/* day.h -- days as people and programs write them in forms. */
#ifndef DX_SEARCHER_SERVE_REQUEST_DAY_H
#define DX_SEARCHER_SERVE_REQUEST_DAY_H

#include <stdbool.h>

#define DX_DAY_BYTES 11

/** Reads "2024-01-31", "31/1/2024" (day, month, year, never month first; also with '-' or
 *  '.'), "1/2024", "2024-01" and "2024" into `out`, "2024-01-31": of a month or year its
 *  first day, or its last, if `is_end`. False, and "", where it is no such day, nor blank. */
bool dx_day_read(const char *text, bool is_end, char out[DX_DAY_BYTES]);

#endif
