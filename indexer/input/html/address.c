/* Hosts of addresses, and which of them are one site. */
#include "indexer/input/html/address.h"

#include <string.h>
#include <strings.h>

#include "indexer/input/chars/chars.h"

static bool is_host_char(char c)
{
    return (unsigned char)c >= 0x80 || dx_is_digit(c) || c == '-' || c == '.' ||
           ((c | 32) >= 'a' && (c | 32) <= 'z');
}

dx_str dx_host_of(dx_str url)
{
    const char *start = url.len ? memmem(url.ptr, url.len, "://", 3) : NULL;
    size_t n = 0;

    if (!start)
        return (dx_str){NULL, 0};
    dx_str rest = dx_str_from_offset(url, (size_t)(start + 3 - url.ptr));
    while (n < rest.len && is_host_char(rest.ptr[n]))
        n++;
    return (dx_str){rest.ptr, n};
}

/* Of letters, with a dot inside, and no name of a file or a version. */
static bool is_host(dx_str s)
{
    const char *dot = s.len ? memrchr(s.ptr, '.', s.len) : NULL;

    if (!dot || dot == s.ptr || dx_str_end(s) - dot < 3)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!is_host_char(s.ptr[i]))
            return false;
    for (const char *p = dot + 1; p < dx_str_end(s); p++)
        if (dx_is_digit(*p) || *p == '-')
            return false;
    return true;
}

dx_str dx_host_of_path(dx_str path)
{
    dx_str found = {NULL, 0};

    while (path.len) {
        const char *slash = memchr(path.ptr, '/', path.len);
        if (!slash)
            break; /* the file's own name */
        dx_str folder = {path.ptr, (size_t)(slash - path.ptr)};
        if (is_host(folder))
            found = folder;
        path = dx_str_from_offset(path, folder.len + 1);
    }
    return found;
}

static dx_str last_labels(dx_str host, unsigned labels)
{
    size_t at = host.len;

    while (at > 0 && (host.ptr[at - 1] != '.' || --labels > 0))
        at--;
    return dx_str_from_offset(host, at);
}

/* What one can register: two labels, or three below such as .gov.vn. */
static dx_str site_of(dx_str host)
{
    static const char *const seconds[] = {"com.", "net.", "org.", "edu.",
        "gov.", "ac.", "info.", "biz.", "name.", "pro.", "health.", "co.",
        "mil.", "int."};
    dx_str two = last_labels(host, 2);
    const char *dot = two.len ? memchr(two.ptr, '.', two.len) : NULL;

    if (!dot || dx_str_end(two) - dot != 3) /* no country */
        return two;
    for (size_t i = 0; i < sizeof seconds / sizeof *seconds; i++)
        if (dx_starts_with(two, seconds[i]))
            return last_labels(host, 3);
    return two;
}

bool dx_is_same_site(dx_str host, dx_str other)
{
    dx_str a = site_of(host), b = site_of(other);

    return a.len == b.len && a.len && strncasecmp(a.ptr, b.ptr, a.len) == 0;
}
