/* bounded_window.h -- windows of a segment, the most promising first. */
#ifndef DX_SEARCHER_MATCH_RANK_BOUNDED_WINDOW_H
#define DX_SEARCHER_MATCH_RANK_BOUNDED_WINDOW_H

#include <stdint.h>

typedef struct dx_bounded_window {
    double bound; /* what no document of the window exceeds */
    uint32_t window;
} dx_bounded_window;

/** Sorts by falling bound, then by window. */
void dx_bounded_windows_sort(dx_bounded_window *windows, uint32_t count);

#endif
