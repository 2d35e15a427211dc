/* stream.h -- from a file of a type that is a stream to jobs: block by block. */
#ifndef DX_INDEXER_RUN_STREAM_H
#define DX_INDEXER_RUN_STREAM_H

#include <stdbool.h>

#include "common/base/status.h"
#include "indexer/input/source.h"
#include "indexer/run/files/files.h"
#include "indexer/run/submit.h"

/** Submits the blocks of the stream at `path` that are not as they were, and marks
 *  the others as KEPT. `file` is what the table knows of it, and is handed over
 *  whether this fails or not; NULL: standard input, all of which is submitted. What
 *  cannot be read is told. Fails as dx_submit() does, and with NOMEM. */
DX_NODISCARD dx_status dx_stream_read(const dx_submitter *s, const char *path,
    dx_file *file, const dx_source *source, dx_error *err);

/** Submits a block of the stream again, unless it is not as it was, or cannot be
 *  read: then *is_same is false. Fails likewise. */
DX_NODISCARD dx_status dx_stream_read_again(const dx_submitter *s,
    const dx_block_place *place, const dx_source *source, bool *is_same,
    dx_error *err);

#endif
