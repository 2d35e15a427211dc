/* Reading an operator's selectors. */
#include "indexer/input/html/marks/selectors.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/field/input_name.h"
#include "indexer/input/chars/chars.h"

#define FILE_MAX_BYTES ((size_t)1 << 20)

typedef struct reader {
    dx_selectors *out;
    dx_site_selectors *site; /* whose section it is */
    const char *name;
    unsigned line;
    dx_error *err;
} reader;

static dx_status wrong(const reader *r, const char *what, dx_str found)
{
    return dx_fail(r->err, DX_ERR_INVALID, "%s:%u: %s: %.*s", r->name, r->line,
        what, (int)(found.len < 60 ? found.len : 60), found.ptr);
}

static bool is_name_char(char c)
{
    return (unsigned char)c >= 0x80 || dx_is_digit(c) || c == '-' || c == '_' ||
           ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static size_t name_bytes(dx_str s)
{
    size_t n = 0;

    while (n < s.len && is_name_char(s.ptr[n]))
        n++;
    return n;
}

/* Bytes of "[name]", "[name=v]", "[name$=v]", "[name*=v]"; 0 if it is none. */
static size_t attr_bytes(dx_str s)
{
    const char *end = memchr(s.ptr, ']', s.len);
    size_t name = name_bytes(dx_str_from_offset(s, 1));
    size_t at = 1 + name, n = end ? (size_t)(end - s.ptr) : 0;

    if (!end || name == 0 || name > 38)
        return 0;
    if (at == n)
        return n + 1;
    at += s.ptr[at] == '$' || s.ptr[at] == '*';
    return at < n && s.ptr[at] == '=' && !memchr(s.ptr, ' ', n) ? n + 1 : 0;
}

/* Whether `s` is tag, #id, .class and [attr] in one piece, or several with
 * blanks between them. */
static bool is_selector(dx_str s)
{
    bool begins = true;

    for (size_t i = 0; i < s.len;) {
        dx_str rest = dx_str_from_offset(s, i);
        size_t n = 0;
        if (*rest.ptr == '.' || *rest.ptr == '#') {
            n = name_bytes(dx_str_from_offset(rest, 1));
            n += n > 0;
        } else if (*rest.ptr == '[') {
            n = attr_bytes(rest);
        } else if (*rest.ptr == ' ' && !begins) {
            begins = true;
            i++;
            continue;
        } else if (begins) {
            n = name_bytes(rest);
            for (size_t k = 0; k < n; k++)
                if (rest.ptr[k] >= 'A' && rest.ptr[k] <= 'Z')
                    n = 0;
        }
        if (n == 0)
            return false;
        begins = false;
        i += n;
    }
    return s.len > 0 && !begins;
}

/* Without the quotes that values may stand in; they are not looked for. */
static dx_status add_selector(const reader *r, dx_field field, dx_str css)
{
    dx_selector *s = dx_arena_calloc(&r->out->arena, 1, sizeof *s);
    char *text = dx_arena_alloc(&r->out->arena, css.len + 1);
    size_t n = 0;

    if (!s || !text)
        return dx_fail_nomem(r->err);
    for (size_t i = 0; i < css.len; i++)
        if (css.ptr[i] != '"' && css.ptr[i] != '\'')
            text[n++] = css.ptr[i];
    text[n] = '\0';
    if (!is_selector((dx_str){text, n}))
        return wrong(r,
            "not of tag, #id, .class, [attr], [attr=v], [attr$=v], "
            "[attr*=v], and these within one another",
            css);
    *s = (dx_selector){.field = field, .css = text};
    *r->site->last = s;
    r->site->last = &s->next;
    return DX_OK;
}

/* What a page may show; numbers and flags are for programs. */
static bool is_on_pages(dx_field field)
{
    uint8_t kind = dx_fields[field].kind;

    return kind <= DX_KIND_LIST || kind == DX_KIND_DATE || kind == DX_KIND_DAY;
}

static dx_status read_rule(const reader *r, dx_str line)
{
    const char *sign = memchr(line.ptr, '=', line.len);
    dx_str name =
        dx_trim((dx_str){line.ptr, sign ? (size_t)(sign - line.ptr) : 0});
    bool ignore = dx_equals(name, "ignore");
    unsigned which;
    dx_field field = ignore ? DX_FIELDS : dx_field_of_input(name, &which);

    if (!sign)
        return wrong(r, "neither [HOST] nor FIELD = SELECTOR", line);
    if (!r->site)
        return wrong(r, "no [HOST] in front of it", line);
    if (!ignore && (field == DX_FIELDS || !is_on_pages(field)))
        return wrong(r, "no field, and not ignore", name);
    dx_str rest = dx_str_from_offset(line, (size_t)(sign + 1 - line.ptr));
    for (;;) {
        const char *comma = memchr(rest.ptr, ',', rest.len);
        size_t n = comma ? (size_t)(comma - rest.ptr) : rest.len;
        DX_TRY(add_selector(r, field, dx_trim((dx_str){rest.ptr, n})));
        if (!comma)
            return DX_OK;
        rest = dx_str_from_offset(rest, n + 1);
    }
}

static dx_status begin_site(reader *r, dx_str line)
{
    dx_str host = dx_trim((dx_str){line.ptr + 1, line.len - 2});
    dx_site_selectors *site = dx_arena_calloc(&r->out->arena, 1, sizeof *site);
    char *name = dx_arena_alloc(&r->out->arena, host.len + 1);

    if (!site || !name)
        return dx_fail_nomem(r->err);
    for (size_t i = 0; i < host.len; i++) {
        char c = host.ptr[i];
        if (!is_name_char(c) && c != '.' && !dx_equals(host, "*"))
            return wrong(r, "not a host", host);
        name[i] = c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
    }
    if (host.len == 0)
        return wrong(r, "not a host", line);
    site->host = (dx_str){name, host.len};
    for (const dx_site_selectors *s = r->out->first; s; s = s->next)
        if (dx_str_eq(s->host, site->host))
            return wrong(r, "a second section for one host", host);
    site->last = &site->first;
    site->next = r->out->first;
    r->out->first = r->site = site;
    return DX_OK;
}

dx_status dx_selectors_parse(dx_selectors *s, dx_str text, const char *name,
    dx_error *err)
{
    reader r = {.out = s, .name = name, .err = err};

    s->hash ^= dx_hash128_of(text.ptr, text.len).lo;
    if (text.len >= 3 && memcmp(text.ptr, "\xEF\xBB\xBF", 3) == 0)
        text = dx_str_from_offset(text, 3);
    while (text.len) {
        const char *end = memchr(text.ptr, '\n', text.len);
        size_t n = end ? (size_t)(end - text.ptr) : text.len;
        dx_str line = dx_trim((dx_str){text.ptr, n});
        text = dx_str_from_offset(text, n + (end != NULL));
        r.line++;
        if (line.len == 0 || *line.ptr == '#')
            continue;
        if (*line.ptr == '[' && line.ptr[line.len - 1] == ']' &&
            !memchr(line.ptr, '=', line.len))
            DX_TRY(begin_site(&r, line));
        else
            DX_TRY(read_rule(&r, line));
    }
    return DX_OK;
}

dx_status dx_selectors_read(dx_selectors *s, const char *path, dx_error *err)
{
    FILE *f = fopen(path, "rb");
    dx_status rc;

    if (!f)
        return dx_fail(err, DX_ERR_IO, "%s: %s", path, strerror(errno));
    char *text = dx_malloc(FILE_MAX_BYTES + 1);
    size_t n = text ? fread(text, 1, FILE_MAX_BYTES + 1, f) : 0;
    if (!text)
        rc = dx_fail_nomem(err);
    else if (ferror(f))
        rc = dx_fail(err, DX_ERR_IO, "%s: %s", path, strerror(errno));
    else if (n > FILE_MAX_BYTES)
        rc = dx_fail(err, DX_ERR_INVALID, "%s: more than 1 MiB of selectors",
            path);
    else
        rc = dx_selectors_parse(s, (dx_str){text, n}, path, err);
    dx_free(text);
    (void)fclose(f); /* only read */
    return rc;
}

void dx_selectors_free(dx_selectors *s)
{
    dx_arena_free(&s->arena);
    *s = (dx_selectors){0};
}

/* Whether `host` is `site` or a host below it. */
static bool is_of(dx_str host, dx_str site)
{
    return host.len >= site.len &&
           memcmp(dx_str_end(host) - site.len, site.ptr, site.len) == 0 &&
           (host.len == site.len || host.ptr[host.len - site.len - 1] == '.');
}

const dx_site_selectors *dx_selectors_of(const dx_selectors *s, dx_str host)
{
    const dx_site_selectors *found = NULL, *any = NULL;

    for (const dx_site_selectors *site = s->first; site; site = site->next) {
        if (dx_str_eq(site->host, DX_STR_LIT("*")))
            any = site;
        else if (is_of(host, site->host) &&
                 (!found || site->host.len > found->host.len))
            found = site;
    }
    return found ? found : any;
}
