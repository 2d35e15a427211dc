/* pages.h -- tells whether a file that is shorter than LMDB's meta page says
 * was cut short or never was longer. */
#ifndef DX_INDEX_STORE_PAGES_H
#define DX_INDEX_STORE_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The head of each LMDB page: its number (u64) and more. */
#define DX_STORE_PAGE_HEAD 16u

/** Whether the file has all pages that transaction `txn` can see. False also
 *  when memory is short. */
bool dx_store_has_pages(int fd, size_t page_bytes, uint64_t txn);

#endif
