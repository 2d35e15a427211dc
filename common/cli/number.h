/* number.h -- numbers and dates as either language writes them. Not by a
 * locale: loading one costs more than a search. */
#ifndef DX_CLI_NUMBER_H
#define DX_CLI_NUMBER_H

#include <stdint.h>

#include "common/cli/language.h"

/* Room for the result of any of these, which lies within `out`. */
#define DX_FORMAT_BYTES 32

/** 1234567 as "1,234,567", in Vietnamese as "1.234.567". */
const char *dx_number_text(dx_language language, uint64_t n,
    char out[DX_FORMAT_BYTES]);

/** 0.4213 as "0.42", in Vietnamese as "0,42"; no decimals from 10 on. */
const char *dx_milliseconds_text(dx_language language, double ms,
    char out[DX_FORMAT_BYTES]);

/** `n` with `decimals` decimals: 8.25 as "8.3", in Vietnamese as "8,3". */
const char *dx_decimal_text(dx_language language, double n, int decimals,
    char out[DX_FORMAT_BYTES]);

/** "2021-12-16" or "2021-12" unchanged, in Vietnamese as "16/12/2021" and "12/2021". */
const char *dx_date_text(dx_language language, const char *date,
    char out[DX_FORMAT_BYTES]);

#endif
