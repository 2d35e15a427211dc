#include "common/base/civil.h"

/* H. Hinnant, chrono-Compatible Low-Level Date Algorithms. */
dx_civil dx_civil_of_day(int32_t day)
{
    int64_t z = (int64_t)day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int64_t month = mp < 10 ? mp + 3 : mp - 9;

    return (dx_civil){(int)(yoe + era * 400 + (month <= 2)), (int)month,
        (int)(doy - (153 * mp + 2) / 5 + 1)};
}
