#include "searcher/cgi/request.h"

#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        return (c | 0x20) - 'a' + 10;
    return -1;
}

/* The byte that the form-encoded `*p` stands for; advances it. */
static char next_byte(const char **p, const char *end)
{
    const char *at = *p;

    if (*at == '%' && end - at > 2 && hex_digit(at[1]) >= 0 &&
        hex_digit(at[2]) >= 0) {
        *p += 3;
        return (char)(hex_digit(at[1]) * 16 + hex_digit(at[2]));
    }
    *p += 1;
    return *at == '+' ? ' ' : *at;
}

/* Decodes into `out`, which has room for max + 1 bytes. */
static void decode(const char *p, const char *end, char *out, size_t max)
{
    size_t len = 0;

    while (p < end) {
        char c = next_byte(&p, end);
        size_t n = c ? 1 : sizeof REPLACEMENT - 1;
        if (len + n > max) {
            while (len > 0 && ((unsigned char)out[len - 1] & 0xC0) == 0x80)
                len--;
            if (len > 0 && (unsigned char)out[len - 1] >= 0xC0)
                len--;
            break;
        }
        memcpy(out + len, c ? &c : REPLACEMENT, n);
        len += n;
    }
    out[len] = '\0';
}

static uint32_t page_number(const char *text)
{
    uint32_t n = 0;

    for (; *text >= '0' && *text <= '9'; text++)
        if (n <= DX_CGI_PAGE_MAX)
            n = n * 10 + (uint32_t)(*text - '0');
    if (*text || n == 0)
        return 1;
    return n > DX_CGI_PAGE_MAX ? DX_CGI_PAGE_MAX : n;
}

typedef struct seen {
    bool query, like, page, format;
} seen;

static void take(dx_cgi_request *r, seen *s, const char *p, const char *end)
{
    const char *equals = memchr(p, '=', (size_t)(end - p));
    const char *value = equals ? equals + 1 : end;
    char name[16], text[16];

    decode(p, equals ? equals : end, name, sizeof name - 1);
    decode(value, end, text, sizeof text - 1);
    if (strcmp(name, "q") == 0 && !s->query) {
        s->query = true;
        decode(value, end, r->query, DX_CGI_QUERY_BYTES_MAX);
    } else if (strcmp(name, "like") == 0 && !s->like) {
        s->like = true;
        decode(value, end, r->like, DX_CGI_LIKE_BYTES_MAX);
    } else if (strcmp(name, "page") == 0 && !s->page) {
        s->page = true;
        r->page = page_number(text);
    } else if (strcmp(name, "format") == 0 && !s->format) {
        s->format = true;
        r->json = strcmp(text, "json") == 0;
    }
}

static bool has_words(const char *query)
{
    for (const char *p = query; *p; p++)
        if ((unsigned char)*p > ' ')
            return true;
    return false;
}

void dx_cgi_request_read(const char *method, const char *query_string,
    dx_cgi_request *out)
{
    const char *p = query_string ? query_string : "";
    seen s = {.query = false};

    out->method = !method || strcmp(method, "GET") == 0 ? DX_CGI_GET
                  : strcmp(method, "HEAD") == 0         ? DX_CGI_HEAD
                                                        : DX_CGI_OTHER;
    out->json = false;
    out->page = 1;
    out->query[0] = out->like[0] = '\0';
    while (*p) {
        size_t len = strcspn(p, "&");
        take(out, &s, p, p + len);
        p += len + (p[len] == '&');
    }
    if (has_words(out->query))
        out->like[0] = '\0';
}

bool dx_cgi_request_has_query(const dx_cgi_request *request)
{
    return *request->like || has_words(request->query);
}
