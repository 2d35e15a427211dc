/* verify.h -- which blocks of a file that has changed are as they were.
 *
 *     recorded   1  2  3  4  5  6  7  8
 *     now        1  2  3  XXXXX  6  7  8
 *                prefix          suffix, moved by what the file has grown or shrunk
 *
 * They are read, by several threads, and compared by their hashes; nothing is cut
 * or parsed. If the file has only grown, its last blocks and some others are taken
 * to stand for all: that keeps the cost of a line appended to any file the same.
 * Which others goes round from run to run. */
#ifndef DX_INDEXER_RUN_FILES_VERIFY_H
#define DX_INDEXER_RUN_FILES_VERIFY_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "indexer/run/files/files.h"

typedef struct dx_verified {
    size_t prefix, suffix; /* so many blocks at the beginning, and at the end */
    uint64_t from, to;     /* what is between them, in bytes of the file */
} dx_verified;

/** Compares the recorded blocks of `file`, which is plain as it was then, with it;
 *  sets where the next sample begins. What cannot be read is not as it was. Blocks
 *  end at ends of lines; where these may be within records, there is no suffix, since
 *  what is before it may have opened a quote. Fails with NOMEM. */
DX_NODISCARD dx_status dx_file_verify(dx_file *file, unsigned threads,
    dx_verified *out);

#endif
