/* meta_pages.h -- what LMDB's meta pages say, before LMDB believes them. */
#ifndef DX_INDEX_STORE_META_PAGES_H
#define DX_INDEX_STORE_META_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/store/page_bytes.h"

typedef struct dx_page_tree { /* a B+ tree */
    uint64_t root; /* UINT64_MAX: it is empty */
    uint64_t branches, leaves, overflows, entries; /* pages; keys */
    uint32_t depth; /* levels of pages */
} dx_page_tree;

typedef struct dx_page_meta { /* what one transaction sees */
    uint64_t txn;
    uint64_t pages; /* the last one's number + 1; the file may be shorter */
    dx_page_tree free, keys;
} dx_page_meta;

typedef struct dx_pages {
    int fd;           /* borrowed */
    const char *path; /* borrowed, for messages */
    size_t page_bytes;
    dx_page_meta now, before; /* the newest transaction, and that before it */
} dx_pages;

/** Reads the meta pages of `fd`. A writer may be at work; hold the gate (lock.h) until
 *  a reader of out->now.txn is marked, so that it leaves the pages of that
 *  transaction alone. Fails with CORRUPT, VERSION or IO. */
DX_NODISCARD dx_status dx_meta_pages_read(int fd, const char *path,
    dx_pages *out, dx_error *err);

typedef struct dx_meta_copy { /* both, as they are */
    size_t page_bytes;
    uint8_t page[2][DX_META_BYTES];
} dx_meta_copy;

/** Keeps both for a transaction that may fail; false: they cannot be read. When its meta
 *  page cannot be written, LMDB gives that the old number again, but leaves the new trees
 *  there, which are not on disk. Nobody reads them; the next one who looks at the page
 *  finds it damaged. */
bool dx_meta_pages_keep(int fd, dx_meta_copy *out);

/** Puts back the page that differs, as far as the disk lets. Only for the writer whose
 *  transaction has failed. */
void dx_meta_pages_put_back(int fd, const dx_meta_copy *before);

#endif
