/* arena.h -- many small allocations, one lifetime, one free. Pointers stay
 * valid until dx_arena_free() or dx_arena_reset(). Not thread-safe. */
#ifndef DX_BASE_ARENA_H
#define DX_BASE_ARENA_H

#include <stddef.h>

typedef struct dx_arena {
    struct dx_arena_block *head; /* owned; newest first */
    size_t used_bytes;           /* of head */
    size_t total_bytes;          /* reserved over all blocks */
} dx_arena;

#define DX_ARENA_INIT {NULL, 0, 0}

/** `bytes` of uninitialised memory aligned for any type, or NULL. */
void *dx_arena_alloc(dx_arena *a, size_t bytes);
/** Zeroed room for `count` items, or NULL (also when the size overflows). */
void *dx_arena_calloc(dx_arena *a, size_t count, size_t size);
/** Copy of `len` bytes with a NUL after them, or NULL. */
char *dx_arena_strndup(dx_arena *a, const char *s, size_t len);
/** Forgets everything but keeps the largest block for reuse. */
void dx_arena_reset(dx_arena *a);
void dx_arena_free(dx_arena *a);

#endif
