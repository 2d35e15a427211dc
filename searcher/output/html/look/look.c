/* Templates, style sheets and the policy of a site. */
#include "searcher/output/html/look/look.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/base/escape.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "searcher/output/html/look/color.h"
#include "searcher/output/html/look/policy.h"
#include "searcher/output/html/template/parts.h"

#define STYLE_BYTES_MAX ((size_t)1 << 18)
#define PATH_BYTES 4096
/* As in style.css: marked words, on which links stand, too, in the light and in the dark;
 * and what is written on buttons in the dark. */
#define LIGHT_MARK 0xFFE9A3u
#define DARK_MARK 0x4A3B0Eu
#define DARK_BACK 0x16181Bu

struct dx_look {
    dx_template parts[DX_TEMPLATES]; /* owned; those with no text are dx_templates_builtin[] */
    dx_buf style;                    /* owned: the owner's colour and style sheet */
    dx_buf source;                   /* owned: what allows it */
};

/* ---- templates ---- */

static dx_status read_part(dx_look *look, dx_template_id part, const char *path,
    FILE *file, dx_buf *log)
{
    dx_error err = {0};
    char *text = dx_malloc(DX_TEMPLATE_BYTES_MAX + 1);

    if (!text)
        return DX_ERR_NOMEM;
    size_t len = fread(text, 1, DX_TEMPLATE_BYTES_MAX + 1, file);
    dx_status rc =
        dx_template_read(part, (dx_str){text, len}, &look->parts[part], &err);
    if (rc == DX_ERR_INVALID)
        dx_buf_printf(log, "%s:%s\n", path, err.msg);
    dx_free(text);
    return rc == DX_ERR_INVALID ? DX_OK : rc;
}

static dx_status read_parts(dx_look *look, const char *folder, dx_buf *log)
{
    char path[PATH_BYTES];

    for (unsigned i = 0; *folder && i < DX_TEMPLATES; i++) {
        int n = snprintf(path, sizeof path, "%s/%s.html", folder,
            dx_template_name((dx_template_id)i));
        errno = ENAMETOOLONG;
        FILE *file = n < PATH_BYTES ? fopen(path, "rb") : NULL;
        if (!file && errno != ENOENT)
            dx_buf_printf(log, "%s: %s\n", path, strerror(errno));
        if (!file)
            continue;
        dx_status rc = read_part(look, (dx_template_id)i, path, file, log);
        fclose(file);
        DX_TRY(rc);
    }
    return DX_OK;
}

const dx_template *dx_look_part(const dx_face *face, dx_template_id part)
{
    return face->look && face->look->parts[part].ops ? &face->look->parts[part]
                                                     : &dx_templates_builtin[part];
}

/* ---- style sheets ---- */

/* Links and buttons of this colour. */
static void put_color(dx_look *look, uint32_t rgb)
{
    uint32_t light = dx_color_readable(rgb, LIGHT_MARK);
    uint32_t dark = dx_color_readable(rgb, DARK_MARK);

    dx_buf_printf(&look->style,
        ":root{--link:#%06x;--seen:#%06x;--on-link:#fff}"
        "@media(prefers-color-scheme:dark){:root{--link:#%06x;--seen:#%06x;"
        "--on-link:#%06x}}",
        light, light, dark, dark, DARK_BACK);
}

/* "</style" would end the element: there is no such thing in CSS. */
static bool is_style(const char *css)
{
    return !strcasestr(css, "</style") && !strstr(css, "<!--");
}

static void read_style(dx_look *look, const dx_face *face, dx_buf *log)
{
    uint32_t rgb;

    if (dx_color_read(face->color, &rgb))
        put_color(look, rgb);
    else if (*face->color)
        dx_buf_printf(log, "color = %s: is not like #0b4fa8\n", face->color);
    if (is_style(face->css))
        dx_buf_puts(&look->style, face->css);
    else
        dx_buf_puts(log, "css: </style and <!-- cannot be in a style sheet\n");
    if (look->style.len)
        dx_policy_put_source(&look->source,
            (dx_str){(const char *)look->style.data, look->style.len});
}

void dx_look_put_styles(const dx_face *face, dx_buf *out)
{
    dx_buf_puts(out, "<style>");
    dx_buf_puts(out, dx_style_sheet);
    dx_buf_puts(out, "</style>\n");
    if (!face->look || face->look->style.len == 0)
        return;
    dx_buf_puts(out, "<style>");
    dx_buf_put(out, face->look->style.data, face->look->style.len);
    dx_buf_puts(out, "</style>\n");
}

/* ---- policy ---- */

/* "https://tinh.vn" of "https://tinh.vn/anh/1.jpg"; empty for what is not of the web, or
 * has what could end a source in a policy. */
static dx_str origin_of(const char *url)
{
    size_t scheme = strncasecmp(url, "https://", 8) == 0 ? 8 : 7;
    size_t len = dx_url_is_web(url) ? scheme + strcspn(url + scheme, "/?#") : 0;

    for (size_t i = 0; i < len; i++)
        if ((unsigned char)url[i] <= ' ' || (unsigned char)url[i] >= 0x7F ||
            strchr("'\"@*;,", url[i]))
            return (dx_str){url, 0};
    return (dx_str){url, len};
}

static void put_source(dx_buf *out, dx_str source)
{
    dx_buf_puts(out, source.len ? " " : "");
    dx_buf_put_str(out, source);
}

void dx_look_put_policy(const dx_face *face, dx_buf *out)
{
    dx_buf_printf(out, "default-src 'none'; style-src %s", dx_style_source);
    if (face->look)
        put_source(out, (dx_str){(const char *)face->look->source.data,
                            face->look->source.len});
    dx_buf_puts(out, "; img-src 'self'");
    put_source(out, origin_of(face->logo));
    put_source(out, dx_str_from(face->image_origins));
    if (face->parts & DX_PART_SUGGESTIONS)
        dx_buf_puts(out, "; script-src 'self'; connect-src 'self'");
    dx_buf_puts(out, "; form-action 'self'; base-uri 'none'; "
                     "frame-ancestors 'self'");
}

static bool is_same(dx_str origin, dx_str other)
{
    return origin.len > 0 && origin.len == other.len &&
           strncasecmp(origin.ptr, other.ptr, origin.len) == 0;
}

/* `source` is "https://anh.tinh.vn", "https://" "*.tinh.vn" for all under one, or "https:". */
static bool allows(dx_str source, dx_str origin)
{
    const char *star = memmem(source.ptr, source.len, "//*.", 4);
    size_t before = star ? (size_t)(star + 2 - source.ptr) : source.len;

    if (!star)
        return is_same(source, origin) ||
               (source.len > 0 && source.ptr[source.len - 1] == ':' &&
                   origin.len > source.len &&
                   strncasecmp(source.ptr, origin.ptr, source.len) == 0);
    dx_str under = {star + 3, source.len - before - 1};
    return origin.len > before + under.len &&
           strncasecmp(source.ptr, origin.ptr, before) == 0 &&
           strncasecmp(dx_str_end(origin) - under.len, under.ptr, under.len) == 0;
}

bool dx_look_allows_image(const dx_face *face, const char *url)
{
    const char *at = face->image_origins;
    dx_str origin = origin_of(url);

    if (url[0] == '/')
        return dx_address_is_safe(dx_str_from(url));
    if (is_same(origin, origin_of(face->base)) ||
        is_same(origin, origin_of(face->home)))
        return true;
    while (*at) {
        size_t len = strcspn(at, " \t");
        if (len && allows((dx_str){at, len}, origin))
            return true;
        at += len;
        at += strspn(at, " \t");
    }
    return false;
}

/* ---- all ---- */

dx_status dx_look_make(const dx_face *face, const char *templates, dx_look **out,
    dx_buf *log)
{
    dx_look *look = dx_calloc(1, sizeof *look);

    *out = NULL;
    if (!look)
        return DX_ERR_NOMEM;
    dx_buf_init(&look->style, STYLE_BYTES_MAX);
    dx_buf_init(&look->source, 128);
    read_style(look, face, log);
    dx_status rc = read_parts(look, templates, log);
    if (rc == DX_OK)
        rc = look->style.status != DX_OK ? look->style.status
                                         : look->source.status;
    if (rc != DX_OK) {
        dx_look_free(look);
        return rc;
    }
    *out = look;
    return DX_OK;
}

void dx_look_free(dx_look *look)
{
    if (!look)
        return;
    for (unsigned i = 0; i < DX_TEMPLATES; i++)
        dx_template_free(&look->parts[i]);
    dx_buf_free(&look->style);
    dx_buf_free(&look->source);
    dx_free(look);
}
