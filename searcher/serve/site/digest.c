/* A digest of a site's settings. */
#include "searcher/serve/site/digest.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "common/base/hash.h"
#include "searcher/output/html/template/slots.h"

#define PATH_BYTES_MAX 4096

typedef struct digest {
    uint64_t sum;
    int64_t written;
} digest;

static void add(digest *d, const void *bytes, size_t len)
{
    d->sum = dx_hash64_join(d->sum, dx_hash64(bytes, len));
}

static void add_text(digest *d, const char *text) { add(d, text, strlen(text)); }

/* Its name counts, too, as there may be no file. */
static void add_file(digest *d, const char *path)
{
    struct stat file;

    add_text(d, path);
    if (!*path || stat(path, &file) != 0)
        return;
    int64_t facts[] = {file.st_mtim.tv_sec, file.st_mtim.tv_nsec,
        file.st_ctim.tv_sec, file.st_ctim.tv_nsec, file.st_size,
        (int64_t)file.st_ino};
    add(d, facts, sizeof facts);
    if (file.st_mtim.tv_sec > d->written)
        d->written = file.st_mtim.tv_sec;
}

static void add_setting(digest *d, const dx_site *site, const dx_setting *setting)
{
    const char *at = (const char *)site + setting->offset;

    switch (setting->kind) {
    case DX_SETTING_TEXT:
    case DX_SETTING_ADDRESS:
    case DX_SETTING_WHOLE_ADDRESS:
    case DX_SETTING_COLOR:
    case DX_SETTING_ORIGINS:
    case DX_SETTING_IMAGE_ORIGINS:
    case DX_SETTING_HTML:
    case DX_SETTING_CSS:
        add_text(d, *(const char *const *)(const void *)at);
        break;
    case DX_SETTING_FILE:
        add_file(d, *(const char *const *)(const void *)at);
        break;
    case DX_SETTING_DECIMAL:
        add(d, at, sizeof site->freshness);
        break;
    case DX_SETTING_NUMBER:
    case DX_SETTING_PARTS:
        add(d, at, sizeof(uint32_t));
        break;
    case DX_SETTING_LANGUAGE:
        add(d, at, sizeof(dx_language));
        break;
    case DX_SETTING_YES_NO:
        add(d, at, sizeof(bool));
        break;
    case DX_SETTING_INDEX: /* what they hold counts, not their names */
        break;
    case DX_SETTING_MAP:
        for (size_t i = 0; i < site->map_count; i++) {
            add_text(d, site->maps[i].from);
            add_text(d, site->maps[i].to);
        }
        break;
    }
}

/* Editors change a file in its place or put another one there. */
static void add_templates(digest *d, const char *folder)
{
    char path[PATH_BYTES_MAX];

    for (unsigned i = 0; *folder && i < DX_TEMPLATES; i++) {
        int len = snprintf(path, sizeof path, "%s/%s.html", folder,
            dx_template_name((dx_template_id)i));
        if (len > 0 && (size_t)len < sizeof path)
            add_file(d, path);
    }
}

void dx_site_digest(dx_site *site, const char *path)
{
    digest d = {.written = site->written}; /* of the files that were read in already */

    for (unsigned i = 0; i < DX_SETTINGS; i++)
        if (dx_settings[i].offset != offsetof(dx_site, log)) /* it grows with each search */
            add_setting(&d, site, &dx_settings[i]);
    add_templates(&d, site->templates);
    add_file(&d, path);
    site->digest = d.sum;
    site->written = d.written;
}
