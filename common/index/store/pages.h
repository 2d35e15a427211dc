/* pages.h -- checks the pages of an LMDB file before LMDB's code walks them.
 *
 * LMDB trusts its pages: a wrong one ends the process, or gives a tree with fewer
 * keys. So whoever opens a file looks first, with pread() and never through the map,
 * where a page past the end of the file is a SIGBUS. What a search touches takes some
 * microseconds, the whole some milliseconds.
 *
 * Whatever the bytes, after an OK LMDB neither crashes nor hangs on the pages that
 * were checked, and every key from the checked range on is found or is not there.
 * Values are not looked at; their checksums are the business of who reads them. */
#ifndef DX_INDEX_STORE_PAGES_H
#define DX_INDEX_STORE_PAGES_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/store/meta_pages.h"

/* The head of each page: its number (u64) and more. */
#define DX_STORE_PAGE_HEAD 16u

/** Checks every page of now.keys that finding and walking the keys from `from` on
 *  touches, and that `now` is the newest. Fails with CORRUPT, IO or NOMEM. */
DX_NODISCARD dx_status dx_pages_check_from(const dx_pages *p, dx_str from,
    dx_error *err);

/** Checks both trees of `now`, that no page is in use twice or in use and free, and
 *  that none is neither. Takes a bit a page of memory. Fails likewise. */
DX_NODISCARD dx_status dx_pages_check_all(const dx_pages *p, dx_error *err);

#endif
