/* Allocation, which a test can make fail. */
#include "common/base/mem.h"

#include <malloc.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define LARGE_PAGE_BYTES ((size_t)2 << 20)

static _Atomic int64_t fail_after = -1;

static _Thread_local struct {
    bool is_on, was_met;
    int64_t left;
} limit;

void dx_mem_limit(size_t bytes)
{
    limit.is_on = true;
    limit.was_met = false;
    limit.left = bytes < INT64_MAX ? (int64_t)bytes : INT64_MAX;
}

bool dx_mem_unlimit(void)
{
    limit.is_on = false;
    return limit.was_met;
}

static int is_within_limit(size_t bytes)
{
    if (!limit.is_on || (bytes < INT64_MAX && (int64_t)bytes <= limit.left))
        return 1;
    limit.was_met = true;
    return 0;
}

static void *count_taken(void *p)
{
    if (limit.is_on && p)
        limit.left -= (int64_t)malloc_usable_size(p);
    return p;
}

static void count_freed(void *p)
{
    if (limit.is_on && p)
        limit.left += (int64_t)malloc_usable_size(p);
}

static int allowed(size_t bytes)
{
    if (!is_within_limit(bytes))
        return 0;
    int64_t left = atomic_load_explicit(&fail_after, memory_order_relaxed);

    if (left < 0)
        return 1;
    if (left == 0)
        return 0;
    atomic_store_explicit(&fail_after, left - 1, memory_order_relaxed);
    return 1;
}

void dx_mem_fail_after(int64_t n) { atomic_store(&fail_after, n); }

void *dx_malloc(size_t bytes)
{
    return allowed(bytes) ? count_taken(malloc(bytes ? bytes : 1)) : NULL;
}

void *dx_calloc(size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    return allowed(count * size) ? count_taken(calloc(count ? count : 1, size ? size : 1))
                                 : NULL;
}

void *dx_malloc_scattered(size_t bytes)
{
    void *p = NULL;

    if (bytes < LARGE_PAGE_BYTES)
        return dx_malloc(bytes);
    if (!allowed(bytes) || posix_memalign(&p, LARGE_PAGE_BYTES, bytes) != 0)
        return NULL;
#ifdef MADV_HUGEPAGE
    (void)madvise(p, bytes & ~(LARGE_PAGE_BYTES - 1), MADV_HUGEPAGE);
#endif
    return count_taken(p);
}

void *dx_calloc_scattered(size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    void *p = dx_malloc_scattered(count * size);

    return p ? memset(p, 0, count * size) : NULL;
}

void *dx_realloc_array(void *p, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    size_t bytes = count * size;
    count_freed(p);
    void *grown = allowed(bytes) ? realloc(p, bytes ? bytes : 1) : NULL;
    count_taken(grown ? grown : p);
    return grown;
}

char *dx_strndup(const char *s, size_t len)
{
    char *copy = len < SIZE_MAX ? dx_malloc(len + 1) : NULL;

    if (copy) {
        if (len)
            memcpy(copy, s, len);
        copy[len] = '\0';
    }
    return copy;
}

void dx_free(void *p)
{
    count_freed(p);
    free(p);
}

int dx_grow(void **p, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap)
        return 0;
    size_t want = *cap > SIZE_MAX / 2 ? need : *cap * 2;
    if (want < need)
        want = need;
    if (want < 16)
        want = size == 1 ? 64 : 16;
    void *q = dx_realloc_array(*p, want, size);
    if (!q)
        return -1;
    *p = q;
    *cap = want;
    return 0;
}

int dx_grow_zeroed(void **p, size_t *cap, size_t need, size_t size)
{
    size_t before = *cap;

    if (dx_grow(p, cap, need, size) != 0)
        return -1;
    if (*cap > before)
        memset((char *)*p + before * size, 0, (*cap - before) * size);
    return 0;
}
