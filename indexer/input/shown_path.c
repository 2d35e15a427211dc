/* The end of a path, which tells more than its beginning. */
#include "indexer/input/shown_path.h"

#include <string.h>

#include "indexer/input/chars/chars.h"

dx_str dx_shown_path(dx_str path)
{
    size_t skip = path.len > DX_SHOWN_PATH_BYTES
        ? path.len - DX_SHOWN_PATH_BYTES : 0;

    while (skip && skip < path.len && ((unsigned char)path.ptr[skip] & 0xC0) ==
                                          0x80)
        skip++; /* not within a character */
    return dx_str_from_offset(path, skip);
}

const char *dx_shown_path_strip(const char *message, const char *path)
{
    size_t n = dx_shown_path(dx_str_from(path)).len;
    const char *shown = path + strlen(path) - n;

    return strncmp(message, shown, n) == 0 && strncmp(message + n, ": ", 2) == 0
               ? message + n + 2
               : message;
}
