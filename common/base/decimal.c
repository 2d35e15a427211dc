/* Decimal numbers as people type them. */
#include "common/base/decimal.h"

#include <string.h>

bool dx_decimal_read(const char *text, double max, double *number)
{
    size_t whole = strspn(text, "0123456789");
    size_t point = text[whole] == '.' || text[whole] == ',';
    const char *digits = text + whole + point;
    size_t after = strspn(digits, "0123456789");
    double fraction = 0.0, read = 0.0;

    for (size_t i = after; i-- > 0;)
        fraction = (fraction + (digits[i] - '0')) / 10.0;
    for (size_t i = 0; i < whole; i++)
        read = read * 10.0 + (text[i] - '0');
    read += fraction;
    if (whole == 0 || (after > 0) != (point > 0) || digits[after] != '\0' ||
        read > max)
        return false;
    *number = read;
    return true;
}
