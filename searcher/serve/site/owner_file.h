/* owner_file.h -- reads a text file that a site's owner wrote: settings, pieces of pages. */
#ifndef DX_SEARCHER_SERVE_SITE_OWNER_FILE_H
#define DX_SEARCHER_SERVE_SITE_OWNER_FILE_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"

/** Reads all of the file `path` into `arena`, with a NUL behind it and without a byte
 *  order mark. Fails with IO, and errno; LIMIT, if it has more than `bytes_max`; INVALID,
 *  if it is not text in UTF-8 (a NUL is no text); or NOMEM. err->msg begins with `path`. */
DX_NODISCARD dx_status dx_owner_file_read(const char *path, size_t bytes_max,
    dx_arena *arena, dx_str *out, dx_error *err);

#endif
