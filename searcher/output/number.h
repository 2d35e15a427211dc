/* number.h -- numbers and dates as readers of either language write them,
 * without a locale, whose loading would cost more than a search. */
#ifndef DX_SEARCHER_OUTPUT_NUMBER_H
#define DX_SEARCHER_OUTPUT_NUMBER_H

#include <stdint.h>

typedef enum dx_language { DX_ENGLISH, DX_VIETNAMESE } dx_language;

/* Room for what any of these writes. The result is within `out`. */
#define DX_FORMAT_BYTES 32

/** 1234567 as "1,234,567", in Vietnamese as "1.234.567". */
const char *dx_number_text(dx_language language, uint64_t n,
    char out[DX_FORMAT_BYTES]);

/** 0.4213 as "0.42", in Vietnamese as "0,42". */
const char *dx_milliseconds_text(dx_language language, double ms,
    char out[DX_FORMAT_BYTES]);

/** "2021-12-16" as it is, in Vietnamese as "16/12/2021". */
const char *dx_date_text(dx_language language, const char *date,
    char out[DX_FORMAT_BYTES]);

#endif
