/* site.h -- what the owner of a site may set. A mistake in a setting is told to the
 * server's log; the search goes on without it. */
#ifndef DX_SEARCHER_SERVE_SITE_H
#define DX_SEARCHER_SERVE_SITE_H

#include <dx/search.h>

#include "common/base/buf.h"
#include "searcher/output/face.h"

#define DX_SITE_TIMEOUT_MAX_MS 3600000u

typedef struct dx_site { /* strings are borrowed from who gave the settings */
    const char *indexes;  /* DX_INDEX: names, one a line, or NULL: "dx.index" */
    const char *synonyms; /* DX_SYNONYMS: a file's name, or NULL */
    const char *log;      /* DXSEARCH_LOG: a file's name, or NULL */
    double freshness;     /* DX_FRESHNESS: 0..DX_FRESHNESS_MAX */
    dx_face face;
    uint32_t timeout_ms;  /* DX_TIMEOUT_MS: 1..DX_SITE_TIMEOUT_MAX_MS */
} dx_site;

/** Where settings come from: the value of `name`, or NULL. Values must outlive the
 *  site. */
typedef const char *(*dx_setting_of)(void *ctx, const char *name);

/** Reads all settings. Appends a line to `log` for each that is wrong. */
void dx_site_read(dx_site *site, dx_setting_of setting_of, void *ctx,
    dx_buf *log);

/** Opens the site's indexes as one, with its synonyms. What is wrong with those is a line
 *  in `log`. Fails as dx_index_open_many() does, having appended why to `log`, too. */
DX_NODISCARD dx_status dx_site_open(const dx_site *site, dx_index **out,
    dx_buf *log);

/** Appends what `err` says about `what`, a line, to `log`. */
void dx_site_log_error(dx_buf *log, const char *what, const dx_error *err);

#endif
