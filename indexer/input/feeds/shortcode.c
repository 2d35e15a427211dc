/* Shortcodes as WordPress' Shortcode API writes them. */
#include "indexer/input/feeds/shortcode.h"

#include <string.h>

#include "common/base/str.h"

#define LONGEST_BYTES 2000u

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* Those that may have no attributes. */
static bool is_bare(dx_str name)
{
    static const char *const names[] = {"audio", "caption", "embed", "gallery",
        "playlist", "video", "toc"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (dx_str_eq(name, dx_str_from(names[i])))
            return true;
    return false;
}

/* The length of the shortcode that `s`, which begins with a bracket, begins with;
 * 0: none. */
static size_t length_of(dx_str s)
{
    size_t most = s.len < LONGEST_BYTES ? s.len : LONGEST_BYTES;
    const char *end = memchr(s.ptr, ']', most);
    bool is_end = s.len > 1 && s.ptr[1] == '/';
    size_t at = 1 + is_end, name = at;

    if (!end)
        return 0;
    while (is_name(s.ptr[at]))
        at++;
    if (at == name || s.ptr[name] < 'a')
        return 0;
    dx_str inside = {s.ptr + at, (size_t)(end - s.ptr) - at};
    bool has_attributes = inside.len && s.ptr[at] == ' ' &&
                          memchr(inside.ptr, '=', inside.len);
    bool is_whole = inside.len == 0 || dx_str_eq(inside, DX_STR_LIT(" /"));
    if (!has_attributes && !(is_whole &&
            (is_end || is_bare((dx_str){s.ptr + name, at - name}))))
        return 0;
    return (size_t)(end - s.ptr) + 1;
}

void dx_shortcodes_remove(dx_buf *text)
{
    char *bytes = (char *)text->data;
    size_t kept = 0;

    for (size_t i = 0; i < text->len;) {
        dx_str rest = {bytes + i, text->len - i};
        size_t gone = *rest.ptr == '[' ? length_of(rest) : 0;
        if (gone == 0)
            bytes[kept++] = bytes[i++];
        i += gone;
    }
    text->len = kept;
}
