/* Reads a site's settings from its file and the environment. */
#include "searcher/serve/site/read.h"

#include <errno.h>
#include <string.h>

#include "common/base/escape.h"
#include "common/cli/nearest.h"
#include "searcher/serve/site/digest.h"
#include "searcher/output/html/look/look.h"
#include "searcher/serve/site/owner_file.h"
#include "searcher/serve/site/value.h"

#define COMPLAINTS_MAX 20u
#define SHOWN_BYTES 60u /* of a value, in a complaint */
#define NAME_BYTES_MAX 24u
#define FOLDER_BYTES_MAX 4096u
#define WHY_BYTES_MAX 1024u
#define NAME_CHARS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"

typedef enum origin { UNSET, FROM_FILE, FROM_ENVIRONMENT } origin;

typedef struct reading {
    dx_site *site;
    dx_buf *log;
    const char *path; /* of the file, or "" */
    char folder[FOLDER_BYTES_MAX]; /* of the file, ending with '/' */
    uint32_t line;
    unsigned complaints;
    origin set[DX_SETTINGS];
} reading;

static void put_value(dx_buf *log, dx_str value)
{
    size_t n = value.len;

    if (n > SHOWN_BYTES) {
        n = SHOWN_BYTES;
        while (n > 0 && ((unsigned char)value.ptr[n] & 0xC0) == 0x80)
            n--;
    }
    dx_terminal_put(log, (dx_str){value.ptr, n});
    dx_buf_puts(log, n < value.len ? "…" : "");
}

/* ---- the file ---- */

/* "FILE:LINE: " before what is wrong there; false when enough was said of this file. */
static bool begin_complaint(reading *r)
{
    if (r->complaints++ < COMPLAINTS_MAX) {
        dx_buf_printf(r->log, "%s:%u: ", r->path, r->line);
        return true;
    }
    if (r->complaints == COMPLAINTS_MAX + 1)
        dx_buf_printf(r->log, "%s: more lines are wrong\n", r->path);
    return false;
}

static void complain(reading *r, dx_str line, const char *why)
{
    if (!begin_complaint(r))
        return;
    put_value(r->log, line);
    dx_buf_printf(r->log, ": %s\n", why);
}

static void complain_of_name(reading *r, dx_str name)
{
    dx_nearest best = DX_NEAREST_INIT;
    char typed[NAME_BYTES_MAX + 1];

    if (!begin_complaint(r))
        return;
    put_value(r->log, name);
    dx_buf_puts(r->log, ": no setting has this name");
    if (name.len > 0 && name.len <= NAME_BYTES_MAX) {
        memcpy(typed, name.ptr, name.len);
        typed[name.len] = '\0';
        for (unsigned i = 0; i < DX_SETTINGS; i++)
            dx_nearest_consider(&best, typed, dx_settings[i].name);
    }
    if (best.name)
        dx_buf_printf(r->log, "; is it %s?", best.name);
    dx_buf_putc(r->log, '\n');
}

static void take_from_file(reading *r, const dx_setting *setting, dx_str line,
    dx_str value)
{
    origin *set = &r->set[setting - dx_settings];
    dx_buf why;

    if (value.len == 0 || *set == FROM_ENVIRONMENT)
        return;
    if (*set == FROM_FILE && !dx_setting_is_list(setting)) {
        complain(r, line, "is set above; this line does not count");
        return;
    }
    dx_buf_init(&why, WHY_BYTES_MAX);
    if (dx_setting_take(r->site, setting, value, r->folder, &why))
        *set = FROM_FILE;
    else
        complain(r, line, dx_buf_cstr(&why));
    dx_buf_free(&why);
}

/* "name = value"; of a map "map FROM = TO" is enough. */
static void read_line(reading *r, dx_str line)
{
    line = dx_str_trim(line);
    if (line.len == 0 || *line.ptr == '#')
        return;
    dx_str name = {line.ptr, 0};
    while (name.len < line.len && line.ptr[name.len] && strchr(NAME_CHARS, line.ptr[name.len]))
        name.len++;
    dx_str value = dx_str_trim((dx_str){line.ptr + name.len, line.len - name.len});
    const dx_setting *setting = dx_setting_named(name);
    bool has_equals = value.len > 0 && *value.ptr == '=';
    if (has_equals)
        value = dx_str_trim((dx_str){value.ptr + 1, value.len - 1});
    if (has_equals && name.len > 0 && !setting)
        complain_of_name(r, name);
    else if (setting && (has_equals || setting->kind == DX_SETTING_MAP))
        take_from_file(r, setting, line, value);
    else
        complain(r, line, "no setting; write: name = value, or # before a remark");
}

static void read_text(reading *r, const char *path, dx_str text)
{
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0;

    r->path = path;
    if (folder < sizeof r->folder) {
        memcpy(r->folder, path, folder);
        r->folder[folder] = '\0';
    }
    while (text.len > 0) {
        const char *end = memchr(text.ptr, '\n', text.len);
        size_t len = end ? (size_t)(end - text.ptr) : text.len;
        r->line++;
        read_line(r, (dx_str){text.ptr, len});
        len += end != NULL;
        text = (dx_str){text.ptr + len, text.len - len};
    }
}

/* ---- the environment ---- */

/* The value of a variable that is there and not empty, or NULL. */
static const char *value_of(dx_setting_of setting_of, void *ctx, const char *name)
{
    const char *value = setting_of(ctx, name);

    return value && *value ? value : NULL;
}

static void take_from_environment(reading *r, const dx_setting *setting,
    dx_str value)
{
    dx_buf why;

    if (value.len == 0)
        return;
    dx_buf_init(&why, WHY_BYTES_MAX);
    if (dx_setting_take(r->site, setting, value, "", &why)) {
        r->set[setting - dx_settings] = FROM_ENVIRONMENT;
    } else {
        dx_buf_printf(r->log, "%s=", setting->variable);
        put_value(r->log, value);
        dx_buf_printf(r->log, ": %s\n", dx_buf_cstr(&why));
    }
    dx_buf_free(&why);
}

/* A list has one of it a line. */
static void read_variable(reading *r, const dx_setting *setting, const char *value)
{
    while (*value) {
        size_t n = dx_setting_is_list(setting) ? strcspn(value, "\n") : strlen(value);
        take_from_environment(r, setting, (dx_str){value, n});
        value += n + (value[n] == '\n');
    }
}

/* ---- both ---- */

static void begin(reading *r, dx_site *site, dx_buf *log)
{
    *site = (dx_site)DX_SITE_INIT;
    r->site = site;
    r->log = log;
    r->path = "";
    r->folder[0] = '\0';
    r->line = r->complaints = 0;
    memset(r->set, 0, sizeof r->set);
}

void dx_site_read_text(dx_site *site, const char *path, dx_str text, dx_buf *log)
{
    reading r;

    begin(&r, site, log);
    read_text(&r, path, text);
}

/* Without memory for it the pages look as dx makes them. */
static void make_look(dx_site *site, dx_buf *log)
{
    bool is_own = *site->face.color || *site->face.css || *site->templates;

    if (is_own && dx_look_make(&site->face, site->templates, &site->look, log) != DX_OK)
        dx_buf_puts(log, "no memory for the look of the pages\n");
    site->face.look = site->look;
}

void dx_site_read(dx_site *site, dx_setting_of setting_of, void *ctx, dx_buf *log)
{
    const char *path = value_of(setting_of, ctx, "DX_SITE"), *value;
    bool is_named = path != NULL;
    dx_error err = {0};
    reading r;
    dx_str text;

    begin(&r, site, log);
    for (unsigned i = 0; i < DX_SETTINGS; i++)
        if ((value = value_of(setting_of, ctx, dx_settings[i].variable)) != NULL)
            read_variable(&r, &dx_settings[i], value);
    path = path ? path : DX_SITE_FILE_DEFAULT;
    dx_status rc = dx_owner_file_read(path, DX_SITE_FILE_BYTES_MAX, &site->memory,
        &text, &err);
    if (rc == DX_OK)
        read_text(&r, path, text);
    else if (is_named || rc != DX_ERR_IO || (errno != ENOENT && errno != ENOTDIR))
        dx_buf_printf(log, "%s\n", err.msg);
    dx_site_digest(site, path); /* before these are read: what changes meanwhile has another */
    make_look(site, log);
    if (*site->pins)
        dx_pins_read(&site->pinned, site->pins, &site->memory, log);
}
