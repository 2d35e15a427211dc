/* settings.h -- what the owner of a site may set: one table. The reader of the settings, the
 * names in the environment, and the test of the manual follow from it (dxsearch.cgi(8)).
 *
 * A new setting is a row here, and a member of dx_site or dx_face. */
#ifndef DX_SEARCHER_SERVE_SITE_SETTINGS_H
#define DX_SEARCHER_SERVE_SITE_SETTINGS_H

#include <stddef.h>
#include <stdint.h>

#include <dx/search.h>

#include "common/base/arena.h"
#include "common/base/str.h"
#include "searcher/output/face.h"
#include "searcher/serve/site/pins.h"
#include "searcher/output/query_log.h"

#define DX_SITE_FILE_DEFAULT "/etc/dx/site.conf"
#define DX_SITE_TIMEOUT_MAX_MS 3600000u
#define DX_SITE_ARTICLE_CHARS_MAX 100000000u

/* Paths and addresses that begin with `from` are shown with `to` in its place. */
typedef struct dx_site_map {
    const char *from, *to;
} dx_site_map;

typedef struct dx_site {
    const char **indexes; /* [index_count]; none: "dx.index" */
    size_t index_count, index_cap;
    const char *synonyms;  /* a file's name, or "" */
    const char *pins;      /* likewise: which articles stand first for which queries */
    const char *log;       /* likewise: a line about each search goes there */
    const char *templates; /* the name of a folder with the owner's parts of pages, or "" */
    const char *origins;   /* whose scripts may read answers (CORS): "*", or addresses with
                              blanks between, or "" */
    double freshness;       /* 0..DX_FRESHNESS_MAX */
    uint32_t timeout_ms;    /* 1..DX_SITE_TIMEOUT_MAX_MS */
    uint32_t article_chars; /* of an article's stored text that readers may see */
    dx_face face;
    dx_pins pinned; /* what is in the file `pins` */
    dx_site_map *maps; /* owned; [map_count] */
    size_t map_count, map_cap;
    struct dx_look *look; /* owned: face.look */
    dx_arena memory; /* of all strings */
    uint64_t digest;  /* of all this and the files that it names: digest.h */
    int64_t written;  /* when the last of these files was, in seconds since 1970; or 0 */
    dx_query_log *queries; /* borrowed: `log`, opened by who stays; NULL: it is opened for
                              each line */
} dx_site;

/* Of a site whose owner set nothing. */
#define DX_SITE_INIT                                                           \
    {                                                                          \
        .synonyms = "", .pins = "", .log = "", .templates = "", .origins = "", \
        .timeout_ms = 2000, .article_chars = DX_SITE_ARTICLE_CHARS_MAX,        \
        .face = DX_FACE_INIT, .memory = DX_ARENA_INIT                          \
    }

/* What a value has to be, and how it is kept. */
typedef enum dx_setting_kind {
    DX_SETTING_TEXT,          /* one line */
    DX_SETTING_ADDRESS,       /* https://…, http://… or /… */
    DX_SETTING_WHOLE_ADDRESS, /* https://… or http://… */
    DX_SETTING_COLOR,         /* #0b4fa8 */
    DX_SETTING_ORIGINS,       /* "*" or addresses of hosts */
    DX_SETTING_IMAGE_ORIGINS, /* the same, as Content-Security-Policy takes them */
    DX_SETTING_FILE,          /* a name; a relative one is from the settings' folder */
    DX_SETTING_HTML,          /* a file whose content is taken */
    DX_SETTING_CSS,           /* likewise, for a <style> */
    DX_SETTING_NUMBER,        /* least..most */
    DX_SETTING_DECIMAL,       /* likewise */
    DX_SETTING_YES_NO,
    DX_SETTING_LANGUAGE, /* vi, en */
    DX_SETTING_PARTS,    /* dx_face_part, by their names */
    DX_SETTING_INDEX,    /* a file's name; may come several times */
    DX_SETTING_MAP       /* FROM = TO; likewise */
} dx_setting_kind;

typedef struct dx_setting {
    const char *name;     /* in the file */
    const char *variable; /* in the environment */
    dx_setting_kind kind;
    size_t offset; /* in dx_site */
    double least, most;
} dx_setting;

#define DX_SETTINGS 23u
extern const dx_setting dx_settings[DX_SETTINGS];

/** The row called `name`, or NULL. */
const dx_setting *dx_setting_named(dx_str name);

/** Whether it may be set several times, each adding to the others. */
bool dx_setting_is_list(const dx_setting *setting);

#endif
