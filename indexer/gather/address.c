/* Takes the host of a URL and the type of a file. */
#include "indexer/gather/address.h"

#include <string.h>

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

bool dx_address_host(dx_str url, char out[DX_ATTRIBUTE_MAX_BYTES],
    dx_str *host)
{
    const char *end = dx_str_end(url), *p, *colon;
    size_t n = 0;

    colon = url.len ? memchr(url.ptr, ':', url.len) : NULL;
    if (!colon || end - colon < 4 || memcmp(colon, "://", 3) != 0)
        return false;
    for (p = colon + 3; p < end && !strchr("/?#:", *p); p++) {
        if (*p == '@') /* that was a user's name */
            n = 0;
        else if (n == DX_ATTRIBUTE_MAX_BYTES)
            return false;
        else
            out[n++] = small(*p);
    }
    *host = (dx_str){out, n};
    if (n > 4 && memcmp(out, "www.", 4) == 0)
        *host = (dx_str){out + 4, n - 4};
    return true;
}

static bool ends_with(dx_str s, const char *suffix)
{
    size_t n = strlen(suffix);

    return s.len > n && memcmp(s.ptr + s.len - n, suffix, n) == 0;
}

/* A path may end with the number of an article in the file: "#12". */
static dx_str without_line(dx_str path)
{
    size_t n = path.len;

    while (n > 0 && path.ptr[n - 1] >= '0' && path.ptr[n - 1] <= '9')
        n--;
    if (n > 1 && n < path.len && path.ptr[n - 1] == '#')
        path.len = n - 1;
    return path;
}

bool dx_address_type(dx_str path, char out[DX_ADDRESS_TYPE_MAX_BYTES],
    dx_str *type)
{
    size_t n = 0;

    path = without_line(path);
    if (ends_with(path, ".gz"))
        path.len -= 3;
    else if (ends_with(path, ".zst"))
        path.len -= 4;
    for (; n < path.len; n++) {
        char c = path.ptr[path.len - 1 - n];
        if (c == '.' || c == '/' || n == DX_ADDRESS_TYPE_MAX_BYTES)
            break;
    }
    if (n == 0 || n >= DX_ADDRESS_TYPE_MAX_BYTES || n == path.len ||
        path.ptr[path.len - 1 - n] != '.')
        return false;
    for (size_t i = 0; i < n; i++)
        out[i] = small(path.ptr[path.len - n + i]);
    *type = (dx_str){out, n};
    return true;
}
