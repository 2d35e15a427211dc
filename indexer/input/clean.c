#include "indexer/input/clean.h"

#include "indexer/input/chars.h"

static bool is_dropped(uint32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) ||
           c == 0xAD || c == 0x200B || c == 0xFEFF || c == 0xFFFD;
}

static bool is_line_end(uint32_t c)
{
    return c == 0x2028 || c == 0x2029 || c == 0x85;
}

/* Offset of the first byte that cleaning would change, or the length. This
 * runs over every byte of a corpus: the lead bytes of characters that may
 * need work (C2: controls, NBSP; E2: zero-width, line ends; EF: byte order
 * mark, U+FFFD) are looked at closely, the others only for well-formedness. */
static size_t clean_prefix(dx_str in, dx_clean_form form)
{
    const char *p = in.ptr, *end = dx_str_end(in);

    while (p < end) {
        unsigned char b = (unsigned char)*p;
        if (b >= 0x20 && b < 0x7F) {
            if (form == DX_CLEAN_LINE && b == ' ' && end - p > 1 && p[1] == ' ')
                break;
            p++;
            continue;
        }
        if (b < 0x80) {
            if ((b != '\n' && b != '\t') || form == DX_CLEAN_LINE)
                break;
            p++;
            continue;
        }
        size_t n = dx_char_len(p, end);
        if (n == 0)
            break;
        if (b == 0xC2 || b == 0xE2 || b == 0xEF) {
            const char *at = p;
            uint32_t c = dx_char_next(&at, end);
            if (is_dropped(c) || is_line_end(c) ||
                (form == DX_CLEAN_LINE && c == 0xA0))
                break;
        }
        p += n;
    }
    return (size_t)(p - in.ptr);
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == 0xA0;
}

/* Cleans in[at..] to `out`, which has room for as many bytes. */
static size_t clean_rest(dx_str in, size_t at, dx_clean_form form, char *out)
{
    const char *p = in.ptr + at, *end = dx_str_end(in);
    size_t n = 0;
    bool after_space = at > 0 && in.ptr[at - 1] == ' ';

    while (p < end) {
        uint32_t c = (unsigned char)*p;
        if (c < 0x80) /* so that an ill-formed byte cannot hide in U+FFFD */
            p++;
        else
            c = dx_char_next(&p, end);
        if (c == '\r')
            c = p < end && *p == '\n' ? 0 : '\n';
        else if (is_line_end(c))
            c = '\n';
        if (is_dropped(c))
            continue;
        if (form == DX_CLEAN_LINE) {
            bool space = is_space(c);
            if (space && after_space)
                continue;
            after_space = space;
            if (space)
                c = ' ';
        }
        n += dx_char_put(out + n, c);
    }
    return n;
}

static dx_status clean(dx_str in, dx_clean_form form, bool copy,
    dx_arena *arena, dx_str *out, dx_error *err)
{
    in = dx_trim(in);
    *out = in;
    size_t same = clean_prefix(in, form);
    if (in.len == 0 || (same == in.len && !copy))
        return DX_OK;
    char *text = dx_arena_alloc(arena, in.len + 1);
    if (!text)
        return dx_fail_nomem(err);
    memcpy(text, in.ptr, same);
    size_t len = same;
    if (same < in.len)
        len += clean_rest(in, same, form, text + same);
    text[len] = '\0';
    *out = dx_trim((dx_str){text, len});
    return DX_OK;
}

dx_status dx_clean(dx_str in, dx_clean_form form, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    return clean(in, form, false, arena, out, err);
}

dx_status dx_clean_copy(dx_str in, dx_clean_form form, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    return clean(in, form, true, arena, out, err);
}
