/* Looks at the value of a setting and keeps it. */
#include "searcher/serve/site/value.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "common/base/decimal.h"
#include "common/base/escape.h"
#include "common/base/mem.h"
#include "common/text/utf8.h"
#include "searcher/output/html/look/color.h"
#include "searcher/serve/site/owner_file.h"

#define HOST_CHARS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"
#define NO_MEMORY "out of memory"

/* A value on its way to its place. */
typedef struct taking {
    dx_site *site;
    const dx_setting *setting;
    const char *value; /* NUL-terminated, in the site's memory */
    const char *folder;
    void *place; /* the member of dx_site */
    dx_buf *why;
} taking;

static bool refuse(const taking *t, const char *why)
{
    dx_buf_puts(t->why, why);
    return false;
}

static bool keep_string(const taking *t, const char *s)
{
    const char **place = t->place;

    if (!s)
        return refuse(t, NO_MEMORY);
    *place = s;
    return true;
}

/* ---- addresses ---- */

static bool take_address(const taking *t)
{
    bool is_local = *t->value == '/' && t->setting->kind == DX_SETTING_ADDRESS;

    if (!is_local && !dx_url_is_web(t->value))
        return refuse(t, t->setting->kind == DX_SETTING_ADDRESS
                             ? "no address; write https://… or /…"
                             : "no whole address; write https://…");
    return keep_string(t, t->value);
}

static bool take_color(const taking *t)
{
    uint32_t rgb;

    if (!dx_color_read(t->value, &rgb))
        return refuse(t, "no colour; write it like #0b4fa8");
    return keep_string(t, t->value);
}

/* Past a scheme at `p`; NULL when there is none of the web's. */
static const char *pass_scheme(const char *p)
{
    if (strncmp(p, "https:", 6) == 0)
        return p + 6;
    return strncmp(p, "http:", 5) == 0 ? p + 5 : NULL;
}

/* A host and nothing behind it, since it goes into a header's list. In lists of
 * pictures "https:" alone is all hosts, "*." all under one. */
static bool is_origin(dx_str word, bool is_for_images)
{
    const char *end = dx_str_end(word), *p = pass_scheme(word.ptr);

    if (!p || p > end || end - p < 2)
        return p == end && is_for_images;
    if (strncmp(p, "//", 2) != 0)
        return false;
    p += 2;
    if (is_for_images && end - p > 2 && strncmp(p, "*.", 2) == 0)
        p += 2;
    size_t host = strspn(p, HOST_CHARS);
    p += host;
    size_t port = p < end && *p == ':' ? strspn(p + 1, "0123456789") : 0;
    p += port ? port + 1 : 0;
    return host > 0 && p == end;
}

static bool take_origins(const taking *t)
{
    bool is_for_images = t->setting->kind == DX_SETTING_IMAGE_ORIGINS;

    if (!is_for_images && strcmp(t->value, "*") == 0)
        return keep_string(t, t->value);
    for (const char *p = t->value; *p;) {
        size_t n = strcspn(p, " \t");
        if (n > 0 && !is_origin((dx_str){p, n}, is_for_images))
            return refuse(t, is_for_images
                                 ? "no list of hosts; write https://anh.tinh.gov.vn, "
                                   "blanks between, without a path"
                                 : "no list of hosts; write * for all, or "
                                   "https://tinh.gov.vn, blanks between, without a path");
        p += n;
        p += strspn(p, " \t");
    }
    return keep_string(t, t->value);
}

/* ---- files ---- */

/* The name as it can be opened; NULL when memory is short. */
static const char *name_of(const taking *t)
{
    dx_arena *memory = &t->site->memory;
    size_t before = strlen(t->folder), len = strlen(t->value);

    if (before == 0 || *t->value == '/')
        return t->value;
    char *name = dx_arena_alloc(memory, before + len + 1);
    if (name) {
        memcpy(name, t->folder, before);
        memcpy(name + before, t->value, len + 1);
    }
    return name;
}

static bool take_file(const taking *t) { return keep_string(t, name_of(t)); }

static bool take_piece(const taking *t)
{
    const char *name = name_of(t);
    struct stat file;
    dx_error err = {0};
    dx_str text;

    if (!name)
        return refuse(t, NO_MEMORY);
    if (dx_owner_file_read(name, DX_SITE_PIECE_BYTES_MAX, &t->site->memory, &text,
            &err) != DX_OK)
        return refuse(t, err.msg);
    if (t->setting->kind == DX_SETTING_CSS && strstr(text.ptr, "</"))
        return refuse(t, "the style sheet has \"</\", which would end it in a page; "
                         "write <\\/ in its place");
    if (stat(name, &file) == 0 && file.st_mtim.tv_sec > t->site->written)
        t->site->written = file.st_mtim.tv_sec;
    return keep_string(t, text.ptr);
}

static bool take_index(const taking *t)
{
    dx_site *site = t->site;
    const char *name = name_of(t);
    void *p = (void *)site->indexes;

    if (!name || dx_grow(&p, &site->index_cap, site->index_count + 1,
                     sizeof *site->indexes) != 0)
        return refuse(t, NO_MEMORY);
    site->indexes = p;
    site->indexes[site->index_count++] = name;
    return true;
}

/* ---- maps ---- */

/* Where FROM ends: at the first '=' with a blank before it, else the first of all, as
 * names of folders may have it. */
static const char *find_equals(const char *value)
{
    for (const char *p = value; (p = strchr(p, '=')) != NULL; p++)
        if (p > value && (p[-1] == ' ' || p[-1] == '\t'))
            return p;
    return strchr(value, '=');
}

static bool take_map(const taking *t)
{
    const char *equals = find_equals(t->value);
    dx_site *site = t->site;
    void *p = site->maps;

    if (!equals)
        return refuse(t, "no '='; write: map /srv/www = https://tinh.gov.vn");
    dx_str from = dx_str_trim((dx_str){t->value, (size_t)(equals - t->value)}),
           to = dx_str_trim(dx_str_from(equals + 1));
    if (from.len == 0 || to.len == 0 || !dx_url_is_web(to.ptr))
        return refuse(t, "not FROM = ADDRESS; write: map /srv/www = https://tinh.gov.vn");
    dx_site_map map = {dx_arena_strndup(&site->memory, from.ptr, from.len),
        dx_arena_strndup(&site->memory, to.ptr, to.len)};
    if (!map.from || !map.to ||
        dx_grow(&p, &site->map_cap, site->map_count + 1, sizeof map) != 0)
        return refuse(t, NO_MEMORY);
    site->maps = p;
    site->maps[site->map_count++] = map;
    return true;
}

/* ---- numbers and choices ---- */

static bool take_number(const taking *t)
{
    const dx_setting *s = t->setting;
    double n = 0.0;

    if (!dx_decimal_read(t->value, s->most, &n) || n < s->least ||
        (s->kind == DX_SETTING_NUMBER && n > floor(n))) {
        dx_buf_printf(t->why, "not from %.10g to %.10g", s->least, s->most);
        return false;
    }
    if (s->kind == DX_SETTING_NUMBER)
        *(uint32_t *)t->place = (uint32_t)n;
    else
        *(double *)t->place = n;
    return true;
}

static bool take_yes_no(const taking *t)
{
    static const char *const words[2][4] = {{"no", "0", "false", "off"},
        {"yes", "1", "true", "on"}};

    for (unsigned i = 0; i < 8; i++)
        if (strcmp(t->value, words[i / 4][i % 4]) == 0) {
            *(bool *)t->place = i / 4;
            return true;
        }
    return refuse(t, "neither yes nor no");
}

static bool take_language(const taking *t)
{
    bool is_vietnamese = strcmp(t->value, "vi") == 0;

    if (!is_vietnamese && strcmp(t->value, "en") != 0)
        return refuse(t, "neither vi nor en");
    *(dx_language *)t->place = is_vietnamese ? DX_VIETNAMESE : DX_ENGLISH;
    return true;
}

static bool take_parts(const taking *t)
{
    static const struct {
        const char *name;
        unsigned part;
    } parts[] = {{"facets", DX_PART_FACETS}, {"timeline", DX_PART_TIMELINE},
        {"suggestions", DX_PART_SUGGESTIONS}, {"similar", DX_PART_SIMILAR},
        {"images", DX_PART_IMAGES}, {"article", DX_PART_ARTICLE}, {"none", 0}};
    const unsigned count = sizeof parts / sizeof *parts;
    unsigned chosen = 0, i;

    for (const char *p = t->value + strspn(t->value, " \t,"); *p;
         p += strspn(p, " \t,")) {
        size_t n = strcspn(p, " \t,");
        for (i = 0; i < count; i++)
            if (dx_str_eq((dx_str){p, n}, dx_str_from(parts[i].name)))
                break;
        if (i == count)
            return refuse(t, "no parts of a page; choose from: facets timeline "
                             "suggestions similar images article, or none");
        chosen |= parts[i].part;
        p += n;
    }
    *(unsigned *)t->place = chosen;
    return true;
}

bool dx_setting_take(dx_site *site, const dx_setting *setting, dx_str value,
    const char *folder, dx_buf *why)
{
    taking t = {site, setting, dx_arena_strndup(&site->memory, value.ptr, value.len),
        folder, (char *)site + setting->offset, why};

    if (!t.value)
        return refuse(&t, NO_MEMORY);
    if (!dx_utf8_is_text(value, "\t"))
        return refuse(&t, "not a line of text in UTF-8");
    switch (setting->kind) {
    case DX_SETTING_TEXT:
        return keep_string(&t, t.value);
    case DX_SETTING_ADDRESS:
    case DX_SETTING_WHOLE_ADDRESS:
        return take_address(&t);
    case DX_SETTING_COLOR:
        return take_color(&t);
    case DX_SETTING_ORIGINS:
    case DX_SETTING_IMAGE_ORIGINS:
        return take_origins(&t);
    case DX_SETTING_FILE:
        return take_file(&t);
    case DX_SETTING_HTML:
    case DX_SETTING_CSS:
        return take_piece(&t);
    case DX_SETTING_NUMBER:
    case DX_SETTING_DECIMAL:
        return take_number(&t);
    case DX_SETTING_YES_NO:
        return take_yes_no(&t);
    case DX_SETTING_LANGUAGE:
        return take_language(&t);
    case DX_SETTING_PARTS:
        return take_parts(&t);
    case DX_SETTING_INDEX:
        return take_index(&t);
    case DX_SETTING_MAP:
        return take_map(&t);
    }
    return false;
}
