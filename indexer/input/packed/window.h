/* window.h -- how much memory compressed bytes ask for to be unpacked: as much as their
 * header says, and that may be far more than they are.
 *
 * Of zstd (RFC 8878, 3.1.1.1) and xz (The .xz File Format 1.2.0, 3.1), their first frame or
 * block: libzstd takes 128 MiB at most of later ones. Gzip, bzip2: less than 8 MiB. */
#ifndef DX_INDEXER_INPUT_PACKED_WINDOW_H
#define DX_INDEXER_INPUT_PACKED_WINDOW_H

#include <stdint.h>

#include "common/base/str.h"

#define DX_WINDOW_ZSTD_HEAD_BYTES 18u /* at most, of a frame */
#define DX_WINDOW_XZ_HEAD_BYTES 1036u /* likewise, with that of the file */

/** In bytes, of what begins with `first`; 0 where that does not say. */
uint64_t dx_window_bytes(dx_str first);

#endif
