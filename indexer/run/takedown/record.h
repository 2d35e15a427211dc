/* record.h -- what an index keeps of an article that was taken down: enough to know it
 * again, whatever name it comes under, and none of its text (docs/FORMAT.md, 11.2). */
#ifndef DX_INDEXER_RUN_TAKEDOWN_RECORD_H
#define DX_INDEXER_RUN_TAKEDOWN_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/base/str.h"

#define DX_TAKEDOWN_KEY_PREFIX DX_STR_LIT("t")
#define DX_TAKEDOWN_KEY_BYTES 33u

typedef enum dx_takedown_flag {
    DX_TAKEDOWN_CONTENT = 1, /* it was in the index: `content` is its hash there */
    DX_TAKEDOWN_TEXT = 2,    /* `text` is the hash of its text */
    DX_TAKEDOWN_ONLY = 4,    /* others have its id: only what says the same is meant */
    DX_TAKEDOWN_URL = 8      /* its address was its alone */
} dx_takedown_flag;
#define DX_TAKEDOWN_FLAGS 15u

typedef struct dx_takedown { /* all borrowed */
    uint32_t flags;          /* dx_takedown_flag, or-ed */
    int64_t time_s;          /* when, in seconds since 1970 */
    uint64_t content;        /* dx_doc_columns, as in the segment */
    dx_hash128 text;         /* dx_takedown_text() */
    dx_str id, url, reason;  /* its id as stored; the others may be empty */
    const uint8_t *blocks;   /* of which undoing reads again: u32 each */
    uint32_t block_count;
} dx_takedown;

/** The key of its record, in `out`. */
dx_str dx_takedown_key(const dx_takedown *t, char out[DX_TAKEDOWN_KEY_BYTES + 1]);

/** The i-th number of a block, i < block_count. */
uint32_t dx_takedown_block(const dx_takedown *t, uint32_t i);

/** False: it is damaged. The strings are parts of `value`. */
bool dx_takedown_read(dx_str value, dx_takedown *out);

/** Appends the record, with these numbers of blocks for its own. A failure latches in
 *  `out`. */
void dx_takedown_write(const dx_takedown *t, const uint32_t *blocks, size_t count,
    dx_buf *out);

/** What is wrong with a record, or NULL. `next`: for the next new block. */
const char *dx_takedown_fault(dx_str key, dx_str value, uint32_t next);

/** The hash of a text, by which it is known under another name: of all its bytes but
 *  blanks and ends of lines. Fails with NOMEM. */
DX_NODISCARD dx_status dx_takedown_text(const dx_str *parts, size_t count,
    dx_hash128 *out);

/** Of an address, without its scheme, "#fragment" and last "/"; 0 of what names no
 *  article (dx_id_is_address()). */
uint64_t dx_takedown_url(dx_str url);

#endif
