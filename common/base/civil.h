/* civil.h -- the date of a day number. */
#ifndef DX_BASE_CIVIL_H
#define DX_BASE_CIVIL_H

#include <stdint.h>

typedef struct dx_civil {
    int year, month, day; /* of the Gregorian calendar; from 1 */
} dx_civil;

/** The date of `day`, in days since 1970-01-01. */
dx_civil dx_civil_of_day(int32_t day);

#endif
