/* color.h -- the owner's colour, made readable on a light page and on a dark one (WCAG 2.1,
 * 1.4.3: a contrast of 4.5 or more). */
#ifndef DX_SEARCHER_OUTPUT_HTML_LOOK_COLOR_H
#define DX_SEARCHER_OUTPUT_HTML_LOOK_COLOR_H

#include <stdbool.h>
#include <stdint.h>

#define DX_COLOR_WHITE 0xFFFFFFu

/** "#0b4fa8" or "#05a" as 0xRRGGBB; false for anything else. */
bool dx_color_read(const char *text, uint32_t *rgb);

/** From 1 to 21. */
double dx_color_contrast(uint32_t a, uint32_t b);

/** `rgb`, mixed with black or white, whichever is farther from `back`, no more than it takes
 *  to be readable on that. */
uint32_t dx_color_readable(uint32_t rgb, uint32_t back);

#endif
