/* site.h -- a site: its settings (site/read.h) and its open index. A mistake in a setting is
 * told to the server's log; the search goes on without it. */
#ifndef DX_SEARCHER_SERVE_SITE_H
#define DX_SEARCHER_SERVE_SITE_H

#include <dx/search.h>

#include "common/base/buf.h"
#include "searcher/serve/site/read.h"

/** Opens the site's indexes as one, with its synonyms. What is wrong with those is a line
 *  in `log`. Fails as dx_index_open_many() does, having appended why to `log`, too. */
DX_NODISCARD dx_status dx_site_open(const dx_site *site, dx_index **out,
    dx_buf *log);

/** Zeroed sites are fine, too. */
void dx_site_free(dx_site *site);

/** Appends what `err` says about `what`, a line, to `log`. */
void dx_site_log_error(dx_buf *log, const char *what, const dx_error *err);

#endif
