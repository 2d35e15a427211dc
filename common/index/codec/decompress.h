/* decompress.h -- the one adapter of LZ4's decompressor; undoes compress.h. */
#ifndef DX_INDEX_CODEC_DECOMPRESS_H
#define DX_INDEX_CODEC_DECOMPRESS_H

#include <stddef.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"

/** Decompresses `src` and appends the result, at most `max_bytes`. Fails with
 *  CORRUPT or NOMEM. Thread-safe. */
DX_NODISCARD dx_status dx_decompress(dx_str src, size_t max_bytes, dx_buf *out);

#endif
