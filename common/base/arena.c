/* An arena: blocks of doubling size that are freed together. */
#include "common/base/arena.h"

#include <stdint.h>
#include <string.h>

#include "common/base/mem.h"

#define ALIGN 16u
#define FIRST_BLOCK_BYTES 4096u
#define MAX_BLOCK_BYTES (1u << 20)

struct dx_arena_block {
    struct dx_arena_block *next;
    size_t cap;
    _Alignas(ALIGN) unsigned char data[];
};

static int add_block(dx_arena *a, size_t need)
{
    size_t cap = a->head ? a->head->cap * 2 : FIRST_BLOCK_BYTES;

    if (cap > MAX_BLOCK_BYTES)
        cap = MAX_BLOCK_BYTES;
    if (cap < need)
        cap = need;
    if (cap > SIZE_MAX - sizeof(struct dx_arena_block))
        return -1;
    struct dx_arena_block *b = dx_malloc(sizeof *b + cap);
    if (!b)
        return -1;
    b->next = a->head;
    b->cap = cap;
    a->head = b;
    a->used_bytes = 0;
    a->total_bytes += cap;
    return 0;
}

void *dx_arena_alloc(dx_arena *a, size_t bytes)
{
    if (bytes > SIZE_MAX - ALIGN)
        return NULL;
    size_t need = (bytes + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if ((!a->head || a->head->cap - a->used_bytes < need) &&
        add_block(a, need) != 0)
        return NULL;
    void *p = a->head->data + a->used_bytes;
    a->used_bytes += need;
    return p;
}

void *dx_arena_calloc(dx_arena *a, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    void *p = dx_arena_alloc(a, count * size);
    if (p)
        memset(p, 0, count * size);
    return p;
}

char *dx_arena_strndup(dx_arena *a, const char *s, size_t len)
{
    char *p = len < SIZE_MAX ? dx_arena_alloc(a, len + 1) : NULL;

    if (p) {
        if (len)
            memcpy(p, s, len);
        p[len] = '\0';
    }
    return p;
}

void dx_arena_reset(dx_arena *a)
{
    if (!a->head)
        return;
    struct dx_arena_block *b = a->head->next;
    while (b) {
        struct dx_arena_block *next = b->next;
        dx_free(b);
        b = next;
    }
    a->head->next = NULL;
    a->used_bytes = 0;
    a->total_bytes = a->head->cap;
}

void dx_arena_free(dx_arena *a)
{
    struct dx_arena_block *b = a->head;

    while (b) {
        struct dx_arena_block *next = b->next;
        dx_free(b);
        b = next;
    }
    *a = (dx_arena)DX_ARENA_INIT;
}
