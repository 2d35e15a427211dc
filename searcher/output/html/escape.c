#include "searcher/output/html/escape.h"

#include <string.h>
#include <strings.h>

#include "common/base/html.h"
#include "common/text/utf8.h"

#define REPLACEMENT "\xEF\xBF\xBD"

static bool is_control(uint32_t c)
{
    return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0);
}

static void put_bytes(dx_buf *out, const char *p, const char *end)
{
    while (p < end) {
        uint32_t c;
        size_t len = dx_utf8_decode(p, end, &c);
        if (len == 0 || is_control(c))
            dx_buf_puts(out, REPLACEMENT);
        else if (dx_html_entity(c))
            dx_buf_puts(out, dx_html_entity(c));
        else
            dx_buf_put(out, p, len);
        p += len ? len : 1;
    }
}

void dx_html_put(dx_buf *out, const char *text)
{
    put_bytes(out, text, text + strlen(text));
}

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

void dx_html_put_parameter(dx_buf *out, const char *text)
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

void dx_html_put_host(dx_buf *out, const char *url)
{
    const char *host = url + scheme_len(url);
    const char *end = host + strcspn(host, "/?#");
    const char *at = memrchr(host, '@', (size_t)(end - host));

    if (at) /* a user name, made to look like a host */
        host = at + 1;
    if (end - host > 4 && strncasecmp(host, "www.", 4) == 0)
        host += 4;
    put_bytes(out, host, end);
}
