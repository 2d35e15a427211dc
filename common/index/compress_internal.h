/* compress_internal.h -- zstd, for compress.c and decompress.c alone. */
#ifndef DX_INDEX_COMPRESS_INTERNAL_H
#define DX_INDEX_COMPRESS_INTERNAL_H

#include <zstd.h>

#endif
