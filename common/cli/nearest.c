/* Finds the nearest name by edit distance. */
#include "common/cli/nearest.h"

#include <string.h>

#define LETTERS_MAX 31u
#define BEGINNING_MIN 3u /* fewer equal letters may be chance */
#define EDITS_MAX 2u
#define LETTERS_PER_EDIT 2u

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Optimal string alignment. Rows are prefixes of `a`, columns prefixes of
 * `b`. */
static unsigned count_edits(const char *a, size_t a_len, const char *b,
    size_t b_len)
{
    unsigned rows[LETTERS_MAX + 1][LETTERS_MAX + 1];

    for (size_t i = 0; i <= a_len; i++) {
        for (size_t j = 0; j <= b_len; j++) {
            if (i == 0 || j == 0) {
                rows[i][j] = (unsigned)(i + j);
                continue;
            }
            unsigned changed = rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            unsigned shifted = least(rows[i - 1][j], rows[i][j - 1]) + 1;
            rows[i][j] = least(changed, shifted);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                rows[i][j] = least(rows[i][j], rows[i - 2][j - 2] + 1);
        }
    }
    return rows[a_len][b_len];
}

void dx_nearest_consider(dx_nearest *best, const char *typed, const char *name)
{
    size_t typed_len = strlen(typed), name_len = strlen(name);
    unsigned edits = 0;

    if (typed_len > LETTERS_MAX || name_len > LETTERS_MAX)
        return;
    if (typed_len < BEGINNING_MIN || strncmp(typed, name, typed_len) != 0)
        edits = count_edits(typed, typed_len, name, name_len);
    if (edits <= least(EDITS_MAX, (unsigned)typed_len / LETTERS_PER_EDIT) &&
        edits < best->edits)
        *best = (dx_nearest){name, edits};
}
