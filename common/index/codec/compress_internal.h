/* compress_internal.h -- LZ4, for compress.c and decompress.c alone. */
#ifndef DX_INDEX_CODEC_COMPRESS_INTERNAL_H
#define DX_INDEX_CODEC_COMPRESS_INTERNAL_H

#include <lz4.h>
#include <lz4hc.h>

#endif
