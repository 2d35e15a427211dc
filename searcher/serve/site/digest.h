/* digest.h -- a number that stands for a site's settings, so that what caches keep of its
 * pages ends when one of them is changed. */
#ifndef DX_SEARCHER_SERVE_SITE_DIGEST_H
#define DX_SEARCHER_SERVE_SITE_DIGEST_H

#include "searcher/serve/site/settings.h"

/** Sets site->digest and site->written from the settings, from when the files and folders that
 *  they name were written, and the settings' own file at `path`. No file is read. */
void dx_site_digest(dx_site *site, const char *path);

#endif
