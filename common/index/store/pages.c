/* A sound LMDB file may be shorter than its meta page says: a page that a
 * transaction took from the end and gave back is never written. To tell such a
 * file from one that was cut short, this looks where the pages in use are. It
 * reads them with pread(), not through the map, where a page past the end would
 * be a SIGBUS.
 *
 * This is the layout of LMDB 0.9 on 64-bit machines, in native byte order. It
 * is part of its file format and has not changed since 2011. */
#include "common/index/store/pages.h"

#include <string.h>
#include <unistd.h>

#include "common/base/mem.h"

/* The head: u64 page number, then spare, flags, lower, upper. */
#define PAGE_FLAGS 10u
#define PAGE_LOWER 12u /* end of the table of nodes; overflow: u32 page count */
#define IS_BRANCH 0x01u
#define IS_LEAF 0x02u
#define NODE_HEAD 8u /* low, high, flags, key size: 16 bits each */
#define NODE_IS_BIG 0x01u /* the value is a run of overflow pages */
#define META_TREES 40u /* of the free list, of the keys */
#define TREE_BYTES 48u
#define TREE_ROOT 40u
#define META_TXN 144u
#define META_BYTES 152u
#define NO_ROOT UINT64_MAX
#define DEPTH_MAX 32u

typedef struct walk {
    int fd;
    size_t page_bytes;
    uint64_t pages;   /* whole pages in the file */
    uint64_t visited; /* at most `pages`, or they form a circle */
} walk;

static uint64_t u64_at(const uint8_t *p)
{
    uint64_t v;

    memcpy(&v, p, sizeof v);
    return v;
}

static uint32_t u32_at(const uint8_t *p)
{
    uint32_t v;

    memcpy(&v, p, sizeof v);
    return v;
}

static uint16_t u16_at(const uint8_t *p)
{
    uint16_t v;

    memcpy(&v, p, sizeof v);
    return v;
}

static bool read_page(walk *w, uint64_t number, uint8_t *out, size_t bytes)
{
    return number < w->pages && w->visited++ < w->pages &&
           pread(w->fd, out, bytes, (off_t)(number * w->page_bytes)) ==
               (ssize_t)bytes;
}

static bool has_run(walk *w, uint64_t number)
{
    uint8_t head[DX_STORE_PAGE_HEAD];

    if (!read_page(w, number, head, sizeof head))
        return false;
    uint64_t run = u32_at(head + PAGE_LOWER);
    w->visited += run ? run - 1 : 0;
    return run > 0 && run <= w->pages - number;
}

static bool has_tree(walk *w, uint64_t root, unsigned depth);

static bool has_node(walk *w, const uint8_t *page, size_t at, unsigned flags,
    unsigned depth)
{
    if (at > w->page_bytes - NODE_HEAD)
        return false;
    const uint8_t *node = page + at;
    uint64_t low = u16_at(node), high = u16_at(node + 2);
    uint64_t node_flags = u16_at(node + 4), key_bytes = u16_at(node + 6);
    if (flags & IS_BRANCH)
        return has_tree(w, low | high << 16 | node_flags << 32, depth + 1);
    if (!(node_flags & NODE_IS_BIG))
        return true;
    at += NODE_HEAD + key_bytes;
    return at <= w->page_bytes - 8 && has_run(w, u64_at(page + at));
}

static bool has_nodes(walk *w, const uint8_t *page, unsigned depth)
{
    unsigned flags = u16_at(page + PAGE_FLAGS);
    size_t end = u16_at(page + PAGE_LOWER);
    bool has = (flags & (IS_BRANCH | IS_LEAF)) && end >= DX_STORE_PAGE_HEAD &&
               end <= w->page_bytes;

    for (size_t at = DX_STORE_PAGE_HEAD; has && at + 2 <= end; at += 2)
        has = has_node(w, page, u16_at(page + at), flags, depth);
    return has;
}

static bool has_tree(walk *w, uint64_t root, unsigned depth)
{
    uint8_t *page = depth < DEPTH_MAX ? dx_malloc(w->page_bytes) : NULL;
    bool has = page && read_page(w, root, page, w->page_bytes) &&
               has_nodes(w, page, depth);

    dx_free(page);
    return has;
}

bool dx_store_has_pages(int fd, size_t page_bytes, uint64_t txn)
{
    walk w = {.fd = fd, .page_bytes = page_bytes};
    off_t size = lseek(fd, 0, SEEK_END);
    uint8_t meta[META_BYTES];

    w.pages = size > 0 ? (uint64_t)size / page_bytes : 0;
    for (uint64_t i = 0; i < 2; i++) {
        w.visited = 0;
        if (!read_page(&w, i, meta, sizeof meta) ||
            u64_at(meta + META_TXN) != txn)
            continue;
        uint64_t free_root = u64_at(meta + META_TREES + TREE_ROOT);
        uint64_t root = u64_at(meta + META_TREES + TREE_BYTES + TREE_ROOT);
        return (free_root == NO_ROOT || has_tree(&w, free_root, 0)) &&
               (root == NO_ROOT || has_tree(&w, root, 0));
    }
    return false;
}
