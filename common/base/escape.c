/* Makes text safe for JSON, HTML and addresses. */
#include "common/base/escape.h"

#include <string.h>
#include <strings.h>

#define REPLACEMENT "\xEF\xBF\xBD"

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

/* Appends ASCII characters by `put_ascii`, others as they are. */
static void put_chars(dx_buf *out, dx_str s,
    void (*put_ascii)(dx_buf *out, char c))
{
    const char *end = dx_str_end(s);

    for (const char *p = s.ptr; p < end;) {
        size_t len = char_len((const unsigned char *)p, (size_t)(end - p));
        if (len == 1)
            put_ascii(out, *p);
        else if (len)
            dx_buf_put(out, p, len);
        else
            dx_buf_puts(out, REPLACEMENT);
        p += len ? len : 1;
    }
}

/* ---- JSON ---- */

static void put_json_ascii(dx_buf *out, char c)
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
    dx_buf_putc(out, '"');
    put_chars(out, s, put_json_ascii);
    dx_buf_putc(out, '"');
}

void dx_json_put_member(dx_buf *out, const char *name, const char *value)
{
    if (!value)
        return;
    dx_buf_printf(out, ",\"%s\":", name);
    dx_json_put(out, dx_str_from(value));
}

/* ---- HTML ---- */

static void put_html_ascii(dx_buf *out, char c)
{
    const char *entity = dx_html_entity((unsigned char)c);
    bool is_control =
        ((unsigned char)c < 0x20 && c != '\t' && c != '\n') || c == 0x7F;

    if (is_control)
        dx_buf_puts(out, REPLACEMENT);
    else if (entity)
        dx_buf_puts(out, entity);
    else
        dx_buf_putc(out, c);
}

/* Finds a control beyond ASCII, U+0080 to U+009F; `end` when there is none. */
static const char *find_c1_control(const char *p, const char *end)
{
    for (; p + 1 < end; p++)
        if (p[0] == '\xC2' && (unsigned char)p[1] >= 0x80 &&
            (unsigned char)p[1] < 0xA0)
            return p;
    return end;
}

void dx_html_put_str(dx_buf *out, dx_str s)
{
    const char *end = dx_str_end(s);

    while (s.ptr < end) {
        const char *control = find_c1_control(s.ptr, end);
        put_chars(out, (dx_str){s.ptr, (size_t)(control - s.ptr)},
            put_html_ascii);
        if (control == end)
            return;
        dx_buf_puts(out, REPLACEMENT);
        s.ptr = control + 2;
    }
}

void dx_html_put(dx_buf *out, const char *text)
{
    dx_html_put_str(out, dx_str_from(text));
}

/* ---- XML ---- */

void dx_xml_put_text(dx_buf *out, const char *text)
{
    const char *end = text + strlen(text), *p = text;

    while (p < end) {
        const char *stop = p;
        while ((stop = memmem(stop, (size_t)(end - stop), "\xEF\xBF", 2)) != NULL &&
               stop[2] != '\xBE' && stop[2] != '\xBF')
            stop += 2;
        if (!stop)
            break;
        dx_html_put_str(out, (dx_str){p, (size_t)(stop - p)});
        dx_buf_puts(out, REPLACEMENT);
        p = stop + 3;
    }
    dx_html_put_str(out, (dx_str){p, (size_t)(end - p)});
}

/* ---- tables ---- */

static bool is_formula(const char *text)
{
    static const char *const full_width[] = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};

    if (*text && strchr("=+-@\t\r\n", *text))
        return true;
    for (size_t i = 0; i < sizeof full_width / sizeof *full_width; i++)
        if (strncmp(text, full_width[i], 3) == 0)
            return true;
    return false;
}

static void put_csv_ascii(dx_buf *out, char c)
{
    dx_buf_puts(out, c == '"' ? "\"" : "");
    dx_buf_putc(out, (unsigned char)c < ' ' || c == 0x7F ? ' ' : c);
}

void dx_csv_put(dx_buf *out, const char *text)
{
    dx_buf_puts(out, is_formula(text) ? "\"'" : "\"");
    put_chars(out, dx_str_from(text), put_csv_ascii);
    dx_buf_putc(out, '"');
}

/* ---- addresses ---- */

/* Length of "http://" or "https://" at the start of `url`, or 0. */
static size_t scheme_len(const char *url)
{
    return strncasecmp(url, "http://", 7) == 0    ? 7
           : strncasecmp(url, "https://", 8) == 0 ? 8
                                                  : 0;
}

bool dx_url_is_web(const char *url)
{
    size_t len = scheme_len(url);

    return len > 0 && (unsigned char)url[len] > ' ' && url[len] != '/';
}

dx_str dx_url_host(const char *url)
{
    const char *host = url + scheme_len(url);
    const char *end = host + strcspn(host, "/?#");
    const char *at = memrchr(host, '@', (size_t)(end - host));

    if (at) /* a user name, which may look like a host */
        host = at + 1;
    if (end - host > 4 && strncasecmp(host, "www.", 4) == 0)
        host += 4;
    return (dx_str){host, (size_t)(end - host)};
}

static void put_percent(dx_buf *out, char c)
{
    dx_buf_printf(out, "%%%02X", (unsigned)(unsigned char)c);
}

void dx_html_put_url(dx_buf *out, const char *url)
{
    for (; *url; url++) {
        unsigned char c = (unsigned char)*url;
        if (c <= ' ' || c >= 0x7F || strchr("<>\"`{}|\\^", c))
            put_percent(out, *url);
        else if (dx_html_entity(c))
            dx_buf_puts(out, dx_html_entity(c));
        else
            dx_buf_putc(out, *url);
    }
}

void dx_url_put_parameter(dx_buf *out, const char *text)
{
    for (; *text; text++) {
        char c = *text;
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
            (c >= '0' && c <= '9') || strchr("-._~", c))
            dx_buf_putc(out, c);
        else if (c == ' ')
            dx_buf_putc(out, '+');
        else
            put_percent(out, c);
    }
}

/* ---- terminals ---- */

static void put_code(dx_buf *out, const char *p, size_t len)
{
    for (size_t i = 0; i < len; i++)
        dx_buf_printf(out, "\\x%02x", (unsigned)(unsigned char)p[i]);
}

bool dx_terminal_is_control(const char *p, size_t len)
{
    unsigned char a = (unsigned char)p[0];

    if (len < 2)
        return a < 0x20 || a == 0x7F;
    unsigned char b = (unsigned char)p[1];
    if (len == 2)
        return a == 0xC2 && b < 0xA0; /* U+0080 to U+009F */
    unsigned char c = (unsigned char)p[2];
    return len == 3 && a == 0xE2 &&
           ((b == 0x80 && ((c >= 0xAA && c <= 0xAE) || c == 0x8E || c == 0x8F)) ||
               (b == 0x81 && c >= 0xA6 && c <= 0xA9));
}

void dx_terminal_put(dx_buf *out, dx_str text)
{
    const char *end = dx_str_end(text);

    for (const char *p = text.ptr; p < end;) {
        size_t len = char_len((const unsigned char *)p, (size_t)(end - p));
        if (*p == '\n' || *p == '\t')
            dx_buf_puts(out, *p == '\n' ? "\\n" : "\\t");
        else if (len == 0 || dx_terminal_is_control(p, len))
            put_code(out, p, len ? len : 1);
        else
            dx_buf_put(out, p, len);
        p += len ? len : 1;
    }
}
