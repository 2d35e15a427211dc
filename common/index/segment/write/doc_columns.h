/* doc_columns.h -- the facts of a document that a segment keeps in columns. */
#ifndef DX_INDEX_SEGMENT_WRITE_DOC_COLUMNS_H
#define DX_INDEX_SEGMENT_WRITE_DOC_COLUMNS_H

#include <stdint.h>

#include "common/base/hash.h"
#include "common/index/codec/signature.h"

typedef struct dx_doc_columns {
    int32_t date;     /* days since 1970-01-01, or DX_DATE_UNKNOWN */
    uint32_t file;    /* number of the input file */
    uint64_t content; /* hash of the article */
    dx_hash128 id;
    dx_signature signature;
} dx_doc_columns;

#endif
