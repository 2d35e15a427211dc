/* decompress.h -- undoes compress.h. The one adapter of LZ4's decompressor. */
#ifndef DX_INDEX_CODEC_DECOMPRESS_H
#define DX_INDEX_CODEC_DECOMPRESS_H

#include <stddef.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"

/** Appends what `src` decompresses to, at most `max_bytes`. Fails with CORRUPT
 *  or NOMEM. Thread-safe. */
DX_NODISCARD dx_status dx_decompress(dx_str src, size_t max_bytes, dx_buf *out);

#endif
