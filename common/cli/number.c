/* Writes digits with the separators of either language. */
#include "common/cli/number.h"

#include <stdio.h>
#include <string.h>

const char *dx_number_text(dx_language language, uint64_t n,
    char out[DX_FORMAT_BYTES])
{
    char *at = out + DX_FORMAT_BYTES;
    unsigned digits = 0;

    *--at = '\0';
    do {
        if (digits > 0 && digits % 3 == 0)
            *--at = language == DX_VIETNAMESE ? '.' : ',';
        *--at = (char)('0' + n % 10);
        n /= 10;
        digits++;
    } while (n > 0);
    return at;
}

const char *dx_decimal_text(dx_language language, double n, int decimals,
    char out[DX_FORMAT_BYTES])
{
    snprintf(out, DX_FORMAT_BYTES, "%.*f", decimals, n);
    char *point = strchr(out, '.');
    if (point && language == DX_VIETNAMESE)
        *point = ',';
    return out;
}

const char *dx_milliseconds_text(dx_language language, double ms,
    char out[DX_FORMAT_BYTES])
{
    return dx_decimal_text(language, ms, ms < 10 ? 2 : 0, out);
}

const char *dx_date_text(dx_language language, const char *date,
    char out[DX_FORMAT_BYTES])
{
    size_t len = strlen(date);

    if (language != DX_VIETNAMESE || (len != 10 && len != 7))
        return date;
    if (len == 7)
        snprintf(out, DX_FORMAT_BYTES, "%.2s/%.4s", date + 5, date);
    else
        snprintf(out, DX_FORMAT_BYTES, "%.2s/%.2s/%.4s", date + 8, date + 5, date);
    return out;
}
