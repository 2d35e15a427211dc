/* read.h -- a site's settings, from its file and the environment.
 *
 *     # /etc/dx/site.conf
 *     title = Cổng thông tin điện tử tỉnh X
 *     index = /srv/dx/news.dx
 *     map /srv/www = https://tinh.example */
#ifndef DX_SEARCHER_SERVE_SITE_READ_H
#define DX_SEARCHER_SERVE_SITE_READ_H

#include "common/base/buf.h"
#include "searcher/serve/site/settings.h"

#define DX_SITE_FILE_BYTES_MAX ((size_t)256 << 10)

/** Where the environment's come from: the value of `name`, or NULL. */
typedef const char *(*dx_setting_of)(void *ctx, const char *name);

/** Reads all settings: those of the environment, and of the file that DX_SITE names what
 *  these leave; else of DX_SITE_FILE_DEFAULT, if there is one. `site` is not initialised
 *  and to be freed with dx_site_free() whatever happens; everything in it is copied.
 *  Appends a line to `log` for each mistake, what it is about being as if it was not set. */
void dx_site_read(dx_site *site, dx_setting_of setting_of, void *ctx,
    dx_buf *log);

/** The same of the text of a file called `path`, for what reads from elsewhere. */
void dx_site_read_text(dx_site *site, const char *path, dx_str text, dx_buf *log);

#endif
