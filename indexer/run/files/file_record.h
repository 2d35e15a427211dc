/* file_record.h -- what an index keeps of an input file (docs/FORMAT.md, 11). */
#ifndef DX_INDEXER_RUN_FILES_FILE_RECORD_H
#define DX_INDEXER_RUN_FILES_FILE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/str.h"
#include "common/index/store/snapshot.h"
#include "common/index/store/store.h"
#include "indexer/input/html/host.h"
#include "indexer/run/files/blocks.h"
#include "indexer/run/files/found_file.h"

#define DX_FILE_KEY_PREFIX DX_STR_LIT("f")
#define DX_FILE_SIZE_UNKNOWN UINT64_MAX

typedef struct dx_file_record { /* all borrowed */
    dx_file_stamp stamp; /* its size is UNKNOWN when it has to be read again in any
                            case */
    dx_str path;    /* absolute */
    dx_str name;    /* the path as it was named first: its articles are named so */
    bool is_plain;  /* its blocks are as they stand in it: it is not compressed */
    bool is_open;   /* its last block does not end where blocks end */
    bool is_given;  /* the user named it: it is read though its folder would not have it */
    uint32_t reading; /* how it was read: dx_input_options_hash() */
    dx_of_host page; /* of a file that is a page; else of no host */
    uint32_t sample; /* the block that is to be looked at next when it has grown */
    const uint8_t *blocks;
    uint32_t block_count; /* >= 1 */
} dx_file_record;

/** The key of a path's record, in `out`. */
dx_str dx_file_key(dx_str path, char out[DX_STORE_KEY_MAX + 1]);

/** False: it is damaged. */
bool dx_file_record_read(dx_str value, dx_file_record *out);

/** The i-th block, i < block_count. */
dx_block dx_file_record_block(const dx_file_record *r, uint32_t i);

/** Appends a record, with these blocks instead of its own. A failure latches in
 *  `out`. */
void dx_file_record_write(const dx_file_record *r, const dx_block *blocks,
    size_t count, dx_buf *out);

/** Whether its file is at or under the absolute path `root`. */
bool dx_file_record_is_under(const dx_file_record *r, dx_str root);

/** Whether any file at or under the absolute path `root` is recorded; none is without a
 *  snapshot. */
DX_NODISCARD dx_status dx_file_records_are_under(dx_snapshot *snapshot,
    const char *root, bool *any, dx_error *err);

#endif
