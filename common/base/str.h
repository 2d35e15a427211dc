/* str.h -- a borrowed run of bytes. Not NUL-terminated, never freed; lives as
 * long as what it points into. */
#ifndef DX_BASE_STR_H
#define DX_BASE_STR_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct dx_str {
    const char *ptr; /* may be NULL only when len is 0 */
    size_t len;      /* bytes */
} dx_str;

#define DX_STR_LIT(literal) ((dx_str){(literal), sizeof(literal) - 1})

static inline dx_str dx_str_from(const char *s)
{
    return (dx_str){s, s ? strlen(s) : 0};
}

/** One past the last byte. NULL + 0 is undefined in C11. */
static inline const char *dx_str_end(dx_str s)
{
    return s.len ? s.ptr + s.len : s.ptr;
}

static inline bool dx_str_eq(dx_str a, dx_str b)
{
    if (a.len != b.len)
        return false;
    assert(a.len == 0 || (a.ptr && b.ptr));
    return a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0;
}

/** `s` without leading and trailing blanks: spaces and all bytes below. */
static inline dx_str dx_str_trim(dx_str s)
{
    while (s.len && (unsigned char)*s.ptr <= ' ')
        s = (dx_str){s.ptr + 1, s.len - 1};
    while (s.len && (unsigned char)s.ptr[s.len - 1] <= ' ')
        s.len--;
    return s;
}

/** Byte order, shorter first on a tie: the order of every dx dictionary. */
static inline int dx_str_cmp(dx_str a, dx_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.ptr, b.ptr, n) : 0;

    return c ? c : (a.len > b.len) - (a.len < b.len);
}

#endif
