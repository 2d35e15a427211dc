/* Reads LMDB's two meta pages, of which each transaction writes one in turn. */
#include "common/index/store/meta_pages.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "common/index/store/lmdb_file.h"
#include "common/index/store/page_bytes.h"

#define PAGE_BYTES_MIN 512u /* LMDB takes those of the machine, up to … */
#define PAGE_BYTES_MAX 32768u
#define DEPTH_MAX 32u /* of LMDB's cursors */
#define FILE_BYTES_MAX ((uint64_t)1 << 40) /* a writer maps no more */
/* A tree's flags: a free list's keys are integers, and it notes that the file is not in
 * a folder of its own. */
#define FREE_FLAGS 0x0008u
#define FREE_FLAG_ALONE 0x4000u
#define READ_TRIES 100

static bool read_meta(int fd, uint64_t at, uint8_t *out)
{
    errno = 0;
    return dx_store_pread(fd, out, DX_META_BYTES, at) == (ssize_t)DX_META_BYTES;
}

/* A plausible size of pages, or 0. */
static size_t page_bytes_of(const uint8_t *meta)
{
    uint32_t bytes = dx_page_u32(meta + DX_META_FREE + DX_TREE_PAD);

    return bytes >= PAGE_BYTES_MIN && bytes <= PAGE_BYTES_MAX &&
                   (bytes & (bytes - 1)) == 0
               ? bytes
               : 0;
}

/* Reads both until they are the same twice: a writer may be writing one of them. */
static bool read_both(int fd, dx_meta_copy *out)
{
    dx_meta_copy again;

    for (int i = 0; i < READ_TRIES; i++) {
        if (!read_meta(fd, 0, out->page[0]))
            return false;
        out->page_bytes = page_bytes_of(out->page[0]);
        if (out->page_bytes == 0)
            return true;
        if (!read_meta(fd, out->page_bytes, out->page[1]) ||
            !read_meta(fd, 0, again.page[0]) ||
            !read_meta(fd, out->page_bytes, again.page[1]))
            return false;
        if (memcmp(out->page, again.page, sizeof again.page) == 0)
            return true;
    }
    return true;
}

static bool read_tree(const uint8_t *p, uint64_t pages, dx_page_tree *out)
{
    *out = (dx_page_tree){.root = dx_page_u64(p + DX_TREE_ROOT),
        .branches = dx_page_u64(p + DX_TREE_BRANCHES),
        .leaves = dx_page_u64(p + DX_TREE_LEAVES),
        .overflows = dx_page_u64(p + DX_TREE_OVERFLOWS),
        .entries = dx_page_u64(p + DX_TREE_ENTRIES),
        .depth = dx_page_u16(p + DX_TREE_DEPTH)};
    return out->root == UINT64_MAX
               ? out->depth == 0
               : out->root < pages && out->depth > 0 && out->depth <= DEPTH_MAX;
}

static const char *fault_of(const uint8_t *p, uint64_t number, size_t page_bytes,
    dx_page_meta *out)
{
    uint64_t last = dx_page_u64(p + DX_META_LAST_PAGE);
    unsigned free_flags = dx_page_u16(p + DX_META_FREE + DX_TREE_FLAGS);

    if (page_bytes == 0 || page_bytes_of(p) != page_bytes)
        return "has pages of a size that makes no sense";
    if (dx_page_u64(p + DX_PAGE_NUMBER) != number ||
        dx_page_u16(p + DX_PAGE_FLAGS) != DX_PAGE_IS_META ||
        dx_page_u32(p + DX_META_MAGIC) != DX_META_MAGIC_VALUE ||
        dx_page_u32(p + DX_META_VERSION) != DX_META_VERSION_VALUE)
        return "does not begin as it must";
    if ((free_flags & ~FREE_FLAG_ALONE) != FREE_FLAGS ||
        dx_page_u32(p + DX_META_KEYS + DX_TREE_PAD) != 0 ||
        dx_page_u16(p + DX_META_KEYS + DX_TREE_FLAGS) != 0)
        return "tells of a tree of another kind";
    if (last < 1 || last >= FILE_BYTES_MAX / page_bytes)
        return "tells of a last page that makes no sense";
    *out = (dx_page_meta){.txn = dx_page_u64(p + DX_META_TXN), .pages = last + 1};
    if (!read_tree(p + DX_META_FREE, out->pages, &out->free) ||
        !read_tree(p + DX_META_KEYS, out->pages, &out->keys))
        return "tells of a tree that makes no sense";
    return out->txn == 0 || out->txn % 2 == number
               ? NULL
               : "has the number of the other one's transaction";
}

static bool is_other_version(const dx_meta_copy *m)
{
    uint32_t version = dx_page_u32(m->page[0] + DX_META_VERSION);

    return dx_page_u32(m->page[0] + DX_META_MAGIC) == DX_META_MAGIC_VALUE &&
           dx_page_u32(m->page[1] + DX_META_MAGIC) == DX_META_MAGIC_VALUE &&
           version == dx_page_u32(m->page[1] + DX_META_VERSION) &&
           version != DX_META_VERSION_VALUE;
}

/* LMDB writes in the machine's byte order. The second page lies behind a number that reads
 * as nonsense then, so the first has to tell. */
static bool is_other_byte_order(const uint8_t *first)
{
    return dx_page_u32(first + DX_META_MAGIC) == __builtin_bswap32(DX_META_MAGIC_VALUE) &&
           dx_page_u32(first + DX_META_VERSION) == __builtin_bswap32(DX_META_VERSION_VALUE);
}

dx_status dx_meta_pages_read(int fd, const char *path, dx_pages *out,
    dx_error *err)
{
    dx_meta_copy m = {0};
    dx_page_meta meta[2];

    *out = (dx_pages){.fd = fd, .path = path};
    bool is_read = read_both(fd, &m);
    out->page_bytes = m.page_bytes;
    if (!is_read)
        return errno ? dx_store_fail(err, errno, path, "reading")
                     : dx_store_damaged(err, path, ": cut short");
    if (is_other_byte_order(m.page[0]))
        return dx_fail(err, DX_ERR_VERSION,
            "%s: written by a machine of the other byte order; index again on this one", path);
    if (is_other_version(&m))
        return dx_store_fail(err, MDB_VERSION_MISMATCH, path, "opening");
    for (unsigned i = 0; i < 2; i++) {
        const char *fault = fault_of(m.page[i], i, out->page_bytes, &meta[i]);
        if (fault)
            return dx_store_damaged(err, path, " or not an index: meta page %u %s",
                i, fault);
    }
    unsigned newer = meta[1].txn > meta[0].txn;
    out->now = meta[newer];
    out->before = meta[!newer];
    if (out->now.txn > 0 && out->now.txn - out->before.txn != 1)
        return dx_store_damaged(err, path,
            ": its meta pages are not of two transactions in a row");
    return DX_OK;
}

bool dx_meta_pages_keep(int fd, dx_meta_copy *out)
{
    *out = (dx_meta_copy){0};
    return read_both(fd, out) && out->page_bytes > 0;
}

void dx_meta_pages_put_back(int fd, const dx_meta_copy *before)
{
    uint8_t now[DX_META_BYTES];

    for (size_t i = 0; i < 2; i++) {
        uint64_t at = i * before->page_bytes;
        if (!read_meta(fd, at, now) || memcmp(now, before->page[i], sizeof now) != 0)
            (void)!pwrite(fd, before->page[i], DX_META_BYTES, (off_t)at);
    }
    (void)!fdatasync(fd);
}
