/* mem.h -- every allocation dx makes.
 *
 * All of dx allocates through these calls and frees with dx_free(), so that a
 * test can make the n-th allocation fail (tests/oom) and so that sizes are
 * checked for overflow in one place. Each returns NULL when memory is short;
 * callers answer with DX_ERR_NOMEM, never with abort. Thread-safe. */
#ifndef DX_BASE_MEM_H
#define DX_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void *dx_malloc(size_t bytes);
void *dx_calloc(size_t count, size_t size);
/** The same for large tables that are read and written at random. They get huge
 *  pages where the system has them: with small ones, address translation costs
 *  more than the table itself. */
void *dx_malloc_scattered(size_t bytes);
void *dx_calloc_scattered(size_t count, size_t size);
/** Room for `count` items of `size` bytes; contents kept as by realloc(). */
void *dx_realloc_array(void *p, size_t count, size_t size);
/** Copies `len` bytes and adds a NUL. */
char *dx_strndup(const char *s, size_t len);
void dx_free(void *p); /* NULL is a no-op */

/** Grows `*p` (items of `size` bytes, capacity `*cap`) to hold at least `need`
 *  items, doubling. Returns 0, or -1 with everything unchanged. */
int dx_grow(void **p, size_t *cap, size_t need, size_t size);

/** The same; items that are new are zeroed. */
int dx_grow_zeroed(void **p, size_t *cap, size_t need, size_t size);

/** From now on the calling thread's allocations fail where they would take more than
 *  `bytes` together, less what it has freed since: for work on input that may be made to
 *  take any amount. */
void dx_mem_limit(size_t bytes);
/** Ends that. True: an allocation failed for it. */
bool dx_mem_unlimit(void);

/** Test hook: the allocation after `n` more successes fails, as do all later
 *  ones; negative switches it off (the state at start). */
void dx_mem_fail_after(int64_t n);

#endif
