/* Sorts windows. Of some hundred qsort() with its calls takes as long as choosing among
 * their documents. */
#include "searcher/match/rank/bounded_window.h"

#include <stdbool.h>
#include <stddef.h>

static inline bool comes_before(dx_bounded_window a, dx_bounded_window b)
{
    return a.bound != b.bound ? a.bound > b.bound : a.window < b.window;
}

/* Shell's sort, with the gaps of Ciura (FCT 2001). */
void dx_bounded_windows_sort(dx_bounded_window *windows, uint32_t count)
{
    static const uint32_t gaps[] = {301, 132, 57, 23, 10, 4, 1};

    for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++) {
        uint32_t gap = gaps[g];
        for (uint32_t i = gap; i < count; i++) {
            dx_bounded_window moved = windows[i];
            uint32_t at = i;
            for (; at >= gap && comes_before(moved, windows[at - gap]); at -= gap)
                windows[at] = windows[at - gap];
            windows[at] = moved;
        }
    }
}
