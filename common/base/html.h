/* html.h -- what HTML takes for more than a character. */
#ifndef DX_BASE_HTML_H
#define DX_BASE_HTML_H

#include <stddef.h>
#include <stdint.h>

/** What stands for the ASCII character `c` in text and in quoted attributes, or
 *  NULL when it stands for itself. */
static inline const char *dx_html_entity(uint32_t c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

#endif
