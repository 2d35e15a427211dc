/* shown_path.h -- a file's path as an error message shows it. */
#ifndef DX_INDEXER_INPUT_SHOWN_PATH_H
#define DX_INDEXER_INPUT_SHOWN_PATH_H

#include "common/base/str.h"

#define DX_SHOWN_PATH_BYTES 120u

/** The last DX_SHOWN_PATH_BYTES of `path`, from a whole character on, so that
 *  the cause still fits behind it. Borrows from `path`; NUL-terminated when
 *  that is. */
dx_str dx_shown_path(dx_str path);

/** `message` without the path in front and ": ", where an error has put it there. */
const char *dx_shown_path_strip(const char *message, const char *path);

#endif
