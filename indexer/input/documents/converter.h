/* converter.h -- a document's text by a program of its own. */
#ifndef DX_INDEXER_INPUT_DOCUMENTS_CONVERTER_H
#define DX_INDEXER_INPUT_DOCUMENTS_CONVERTER_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"

/** Runs the program `argv`, which Debian's `package` has, on `bytes`, under the
 *  limits of converters (child.h). *out, in `arena`, is what it wrote. Fails as
 *  dx_child_run() does. Thread-safe. */
DX_NODISCARD dx_status dx_converter_run(const char *const *argv,
    const char *package, dx_str bytes, dx_arena *arena, dx_str *out,
    dx_error *err);

/** The same with the user's own shell command, under their limits. */
DX_NODISCARD dx_status dx_converter_run_own(const char *command, dx_str bytes,
    dx_arena *arena, dx_str *out, dx_error *err);

#endif
