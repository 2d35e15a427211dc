/* unpack.h -- compressed bytes, and files that hold files. The one adapter of
 * libarchive, which undoes zstd and opens zip and tar for us. Why it: Debian's, BSD,
 * and one interface for all. A stream of gzip goes to gunzip.h.
 *
 * One thread at a time uses an unpacker. */
#ifndef DX_INDEXER_INPUT_PACKED_UNPACK_H
#define DX_INDEXER_INPUT_PACKED_UNPACK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/packed/gunzip.h"

typedef struct dx_unpack dx_unpack;

typedef enum dx_unpack_form {
    DX_UNPACK_STREAM, /* gzip or zstd, of any number of members: all of one text */
    DX_UNPACK_FILES   /* zip, or tar, that also in bzip2 or xz */
} dx_unpack_form;

/** Whether bytes that begin so, four of them at least, are gzip or zstd. */
bool dx_unpack_is_packed(dx_str first);

/** Unpacks what `feed` gives. Free *out, which is NULL on failure, with
 *  dx_unpack_free(). Fails, as all of these, with NOMEM, or with FORMAT and what is
 *  wrong: "cannot decompress: …". */
DX_NODISCARD dx_status dx_unpack_open(dx_unpack_form form, dx_packed_feed feed,
    void *ctx, dx_unpack **out, dx_error *err);

/** The same for bytes in memory, borrowed. Of zip, this can be read in any order, so
 *  also what lacks lengths in front. */
DX_NODISCARD dx_status dx_unpack_open_memory(dx_unpack_form form, dx_str bytes,
    dx_unpack **out, dx_error *err);

/** Goes to the next file; folders and links are passed over. *name, which lives until
 *  the next call, is its name in there: UTF-8 where the archive says so, else bytes;
 *  {NULL, 0} at the end. Of a stream there is one, unless it is empty. */
DX_NODISCARD dx_status dx_unpack_next(dx_unpack *u, dx_str *name, dx_error *err);

/** Reads up to `n` bytes of that file; *got is 0 at its end only. A wrong check sum of
 *  a file in a zip fails at that end, and the next one can be read. */
DX_NODISCARD dx_status dx_unpack_read(dx_unpack *u, void *to, size_t n,
    size_t *got, dx_error *err);

/** After a stream has failed for damage: dx_gunzip_skip_to(); of zstd nothing is found. */
DX_NODISCARD dx_status dx_unpack_skip_to(dx_unpack *u, dx_str mark, bool *found,
    dx_error *err);

/** How many files, folders and links it has come to. */
uint64_t dx_unpack_count(const dx_unpack *u);

/** How much of what was fed has been taken for good, at least. */
uint64_t dx_unpack_taken_bytes(const dx_unpack *u);

void dx_unpack_free(dx_unpack *u); /* NULL is a no-op */

#endif
