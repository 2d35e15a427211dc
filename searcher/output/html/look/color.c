/* Contrast of colours. */
#include "searcher/output/html/look/color.h"

#include <math.h>
#include <string.h>

#include "common/base/escape.h"

#define CONTRAST_MIN 4.5
#define STEPS 20u

bool dx_color_read(const char *text, uint32_t *rgb)
{
    size_t len = strlen(text);

    *rgb = 0;
    if (text[0] != '#' || (len != 4 && len != 7))
        return false;
    for (const char *p = text + 1; *p; p++) {
        int digit = dx_hex_value(*p);
        if (digit < 0)
            return false;
        *rgb = *rgb << 4 | (uint32_t)digit;
        if (len == 4)
            *rgb = *rgb << 4 | (uint32_t)digit;
    }
    return true;
}

static double linear(uint32_t byte)
{
    double c = (double)(byte & 0xFF) / 255.0;

    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb)
{
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) +
           0.0722 * linear(rgb);
}

double dx_color_contrast(uint32_t a, uint32_t b)
{
    double x = luminance(a), y = luminance(b);

    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

/* `part` of STEPS of `other`. */
static uint32_t mix(uint32_t rgb, uint32_t other, uint32_t part)
{
    uint32_t mixed = 0;

    for (unsigned shift = 0; shift < 24; shift += 8) {
        uint32_t a = rgb >> shift & 0xFF, b = other >> shift & 0xFF;
        mixed |= (a * (STEPS - part) + b * part) / STEPS << shift;
    }
    return mixed;
}

uint32_t dx_color_readable(uint32_t rgb, uint32_t back)
{
    uint32_t other = luminance(back) > 0.18 ? 0 : DX_COLOR_WHITE;
    uint32_t part = 0;

    while (part < STEPS &&
           dx_color_contrast(mix(rgb, other, part), back) < CONTRAST_MIN)
        part++;
    return mix(rgb, other, part);
}
