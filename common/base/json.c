#include "common/base/json.h"

/* Length of the well-formed character at `p`, or 0 (Unicode 15, table 3-7). */
static size_t char_len(const unsigned char *p, size_t left)
{
    unsigned c = p[0], low = 0x80, high = 0xBF;
    size_t len;

    if (c < 0x80)
        return 1;
    if (c >= 0xC2 && c <= 0xDF)
        len = 2;
    else if (c >= 0xE0 && c <= 0xEF)
        len = 3;
    else if (c >= 0xF0 && c <= 0xF4)
        len = 4;
    else
        return 0;
    if (c == 0xE0)
        low = 0xA0;
    else if (c == 0xED)
        high = 0x9F;
    else if (c == 0xF0)
        low = 0x90;
    else if (c == 0xF4)
        high = 0x8F;
    if (left < len || p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return len;
}

static void put_ascii(dx_buf *out, char c)
{
    switch (c) {
    case '"':
    case '\\':
        dx_buf_putc(out, '\\');
        dx_buf_putc(out, c);
        break;
    case '\n':
        dx_buf_puts(out, "\\n");
        break;
    case '\t':
        dx_buf_puts(out, "\\t");
        break;
    case '\r':
        dx_buf_puts(out, "\\r");
        break;
    default:
        if ((unsigned char)c < 0x20 || c == '<' || c == 0x7F)
            dx_buf_printf(out, "\\u%04x", (unsigned)c);
        else
            dx_buf_putc(out, c);
    }
}

void dx_json_put(dx_buf *out, dx_str s)
{
    const char *end = dx_str_end(s);

    dx_buf_putc(out, '"');
    for (const char *p = s.ptr; p < end;) {
        size_t len = char_len((const unsigned char *)p, (size_t)(end - p));
        if (len == 1)
            put_ascii(out, *p);
        else if (len)
            dx_buf_put(out, p, len);
        else
            dx_buf_puts(out, "\xEF\xBF\xBD");
        p += len ? len : 1;
    }
    dx_buf_putc(out, '"');
}
