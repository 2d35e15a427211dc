/* solid.h -- files whose bytes mean nothing without those before them: archives.
 *
 * Such a file is one block, however large; its records travel to the workers in pieces
 * all the same, so that none of it is in memory as a whole. */
#ifndef DX_INDEXER_RUN_SOLID_H
#define DX_INDEXER_RUN_SOLID_H

#include <stdbool.h>

#include "common/base/status.h"
#include "indexer/input/source.h"
#include "indexer/run/files/files.h"
#include "indexer/run/submit.h"

/** Submits all that is in the archive at `path`. `file` is what the table knows of it,
 *  and is handed over whether this fails or not; NULL: standard input. What cannot be
 *  read is told. Fails as dx_submit() does, and with NOMEM. */
DX_NODISCARD dx_status dx_solid_read(const dx_submitter *s, const char *path,
    dx_file *file, const dx_source *source, dx_error *err);

/** Submits it again, unless it is not as it was, or cannot be read: then *is_same is
 *  false. Fails likewise. */
DX_NODISCARD dx_status dx_solid_read_again(const dx_submitter *s,
    const dx_block_place *place, const dx_source *source, bool *is_same,
    dx_error *err);

#endif
