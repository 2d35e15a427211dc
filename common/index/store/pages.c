/* Walks the trees of an LMDB file and checks whatever LMDB takes for granted.
 *
 * This is the layout of LMDB 0.9 on 64-bit machines, in native byte order. It
 * is part of its file format and has not changed since 2011. */
#include "common/index/store/pages.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "common/index/store/lmdb_file.h"
#include "common/index/store/page_bytes.h"

#define PAGE_FIRST 2u /* after the meta pages */
#define PAST_FILE "leads past the end of the file, which was cut short"

typedef struct walk {
    const dx_pages *pages;
    uint64_t limit;      /* pages of the transaction */
    uint64_t file_pages; /* whole ones; what is in use must be there */
    const dx_page_tree *tree;
    bool is_free_list;   /* its keys are u64, its values lists of pages */
    bool is_whole;       /* all is walked, and every page is noted */
    dx_str from;         /* else: what keys from this one on need */
    uint8_t *levels;     /* owned: a page of each level */
    uint16_t *sizes;     /* owned: bytes of the node at each even place of a page */
    uint8_t *noted;      /* owned: a bit for each page in use, or free */
    uint64_t noted_count;
    dx_page_tree seen;
    uint64_t last_key;   /* of a free list */
    uint64_t at;         /* the page that is looked at */
    const char *fault;   /* of that page */
    int error;           /* errno */
} walk;

typedef struct range { /* keys of a subtree; a bound without ptr is none */
    dx_str low, high;
} range;

typedef struct node {
    dx_str key;
    dx_str value;      /* in the page; ptr is NULL when it is elsewhere */
    uint64_t page;     /* a branch: the child; a leaf: where the value begins */
    uint64_t run;      /* pages of such a value */
    uint64_t value_bytes;
    size_t bytes;      /* of it all in the page */
} node;

static bool fault(walk *w, const char *what)
{
    if (!w->fault)
        w->fault = what;
    return false;
}

/* ---- pages ---- */

static bool read_at(walk *w, uint64_t page, size_t offset, void *out,
    size_t bytes)
{
    ssize_t got = dx_store_pread(w->pages->fd, out, bytes,
        page * w->pages->page_bytes + offset);

    if (got < 0)
        w->error = errno;
    return got == (ssize_t)bytes || fault(w, "cannot be read");
}

/* Each page is in use once, or free. */
static bool note(walk *w, uint64_t first, uint64_t count, uint64_t end)
{
    if (first < PAGE_FIRST || count == 0 || first >= end || count > end - first)
        return fault(w, "leads to a page that is not there");
    for (uint64_t i = first; w->is_whole && i < first + count; i++) {
        uint8_t *bits = &w->noted[i / 8], bit = (uint8_t)(1u << i % 8);
        if (*bits & bit)
            return fault(w, "leads to a page that is in use elsewhere");
        *bits |= bit;
    }
    w->noted_count += count;
    return true;
}

/* In the file, too, which may be shorter: LMDB does not write pages that a transaction
 * took from its end and gave back. */
static bool note_used(walk *w, uint64_t first, uint64_t count)
{
    return note(w, first, count, w->limit) &&
           (first + count <= w->file_pages ||
               fault(w, PAST_FILE));
}

/* A value that has pages of its own. Their head says how many, which may be more than it
 * needs, where it was put twice; only a writer asks. */
static bool check_run(walk *w, const node *n)
{
    uint8_t head[DX_STORE_PAGE_HEAD];

    if (!w->is_whole)
        return note_used(w, n->page, n->run);
    if (n->page >= w->limit || n->page >= w->file_pages)
        return fault(w, PAST_FILE);
    if (!read_at(w, n->page, 0, head, sizeof head))
        return false;
    uint64_t run = dx_page_u32(head + DX_PAGE_RUN);
    if (dx_page_u64(head + DX_PAGE_NUMBER) != n->page ||
        dx_page_u16(head + DX_PAGE_FLAGS) != DX_PAGE_IS_OVERFLOW || run < n->run)
        return fault(w, "has a value whose pages do not begin as they must");
    w->seen.overflows += run;
    return note_used(w, n->page, run);
}

/* ---- nodes ---- */

static int compare(const walk *w, dx_str a, dx_str b)
{
    if (w->is_free_list) {
        uint64_t x = dx_page_u64(a.ptr), y = dx_page_u64(b.ptr);
        return (x > y) - (x < y);
    }
    int c = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
    return c ? c : (a.len > b.len) - (a.len < b.len);
}

static size_t even(size_t bytes) { return (bytes + 1) & ~(size_t)1; }

static bool read_value(walk *w, const uint8_t *p, size_t room, node *out)
{
    unsigned flags = dx_page_u16(p + DX_NODE_FLAGS);
    size_t page_bytes = w->pages->page_bytes, head = DX_NODE_HEAD + out->key.len;

    out->value_bytes = dx_page_u32(p + DX_NODE_SIZE);
    if (flags & ~DX_NODE_IS_BIG)
        return fault(w, "has a key of a kind that is not used");
    size_t bytes = flags & DX_NODE_IS_BIG ? 8 : out->value_bytes;
    if (bytes > room - head)
        return fault(w, "has a value that leaves it");
    out->bytes = even(head + bytes);
    if (flags & DX_NODE_IS_BIG) {
        out->page = dx_page_u64(p + head);
        out->run = (DX_STORE_PAGE_HEAD + out->value_bytes + page_bytes - 1) /
                   page_bytes;
    } else {
        out->value = (dx_str){(const char *)p + head, bytes};
    }
    return true;
}

/* The node that begins `at` there. */
static bool read_node(walk *w, const uint8_t *page, size_t at, bool is_branch,
    node *out)
{
    const uint8_t *p = page + at;

    if (at % 2 || at > w->pages->page_bytes - DX_NODE_HEAD)
        return fault(w, "has a key that begins outside");
    size_t room = w->pages->page_bytes - at;
    *out = (node){.key = {(const char *)p + DX_NODE_HEAD,
                      dx_page_u16(p + DX_NODE_KEY_BYTES)}};
    if (out->key.len > DX_NODE_KEY_MAX || out->key.len > room - DX_NODE_HEAD)
        return fault(w, "has a key that is too long");
    if (!is_branch)
        return read_value(w, p, room, out);
    out->page = dx_page_child(p);
    out->bytes = even(DX_NODE_HEAD + out->key.len);
    return true;
}

static size_t place_of(const uint8_t *page, size_t i)
{
    return dx_page_u16(page + DX_STORE_PAGE_HEAD + 2 * i);
}

static size_t count_of(const uint8_t *page)
{
    return (dx_page_u16(page + DX_PAGE_LOWER) - DX_STORE_PAGE_HEAD) / 2;
}

/* The key of the i-th node, of a page that has been checked. The first one of a branch
 * says nothing: its subtree begins where that of the branch does. */
static dx_str key_of(const uint8_t *page, size_t i)
{
    const uint8_t *p = page + place_of(page, i);

    return (dx_str){(const char *)p + DX_NODE_HEAD,
        dx_page_u16(p + DX_NODE_KEY_BYTES)};
}

static bool check_key(walk *w, dx_str key, dx_str before, range r)
{
    if (w->is_free_list ? key.len != sizeof(uint64_t) : key.len == 0)
        return fault(w, "has a key of a wrong length");
    /* LMDB takes 0 for none, and the pages of this key again and again. */
    if (w->is_free_list && dx_page_u64(key.ptr) == 0)
        return fault(w, "has pages that no transaction freed");
    if (before.ptr && compare(w, before, key) >= 0)
        return fault(w, "has keys that are out of order");
    if ((r.low.ptr && compare(w, key, r.low) < 0) ||
        (r.high.ptr && compare(w, key, r.high) >= 0))
        return fault(w, "has keys that belong elsewhere");
    return true;
}

/* The list of free pages that a value is: their count, then the pages, falling. */
static bool check_free_pages(walk *w, const uint8_t *list, size_t bytes)
{
    uint64_t count = bytes < 8 ? UINT64_MAX : dx_page_u64(list);
    uint64_t last = UINT64_MAX;

    if (count > bytes / 8 - 1)
        return fault(w, "has a list of free pages that leaves it");
    for (uint64_t i = 1; i <= count; i++) {
        uint64_t page = dx_page_u64(list + 8 * i);
        if (page >= last)
            return fault(w, "has a list of free pages that is out of order");
        if (!note(w, page, 1, w->limit))
            return false;
        last = page;
    }
    return true;
}

static bool check_free_value(walk *w, const node *n)
{
    if (n->value.ptr)
        return check_free_pages(w, (const uint8_t *)n->value.ptr, n->value.len);
    uint8_t *list = dx_malloc(n->value_bytes);
    if (!list) {
        w->error = ENOMEM;
        return false;
    }
    bool is_sound = read_at(w, n->page, DX_STORE_PAGE_HEAD, list, n->value_bytes) &&
                    check_free_pages(w, list, n->value_bytes);
    dx_free(list);
    return is_sound;
}

static bool check_leaf_node(walk *w, const node *n)
{
    w->seen.entries++;
    if (w->is_free_list)
        w->last_key = dx_page_u64(n->key.ptr);
    if (n->run && !check_run(w, n))
        return false;
    return !w->is_free_list || !w->is_whole || check_free_value(w, n);
}

/* The nodes fill the page from `upper` on, without a gap or two in one place: LMDB
 * moves them when one goes. */
static bool check_room(walk *w, const uint8_t *page)
{
    size_t at = dx_page_u16(page + DX_PAGE_UPPER), left = count_of(page);

    while (at < w->pages->page_bytes && w->sizes[at / 2] > 0) {
        at += w->sizes[at / 2];
        left--;
    }
    return (at == w->pages->page_bytes && left == 0) ||
           fault(w, "has keys that overlap, or gaps between them");
}

static bool check_nodes(walk *w, const uint8_t *page, bool is_branch, range r)
{
    dx_str before = {NULL, 0};
    size_t upper = dx_page_u16(page + DX_PAGE_UPPER);
    node n;

    memset(w->sizes, 0, w->pages->page_bytes / 2 * sizeof *w->sizes);
    for (size_t i = 0; i < count_of(page); i++) {
        size_t at = place_of(page, i);
        if (at < upper || !read_node(w, page, at, is_branch, &n))
            return fault(w, "has a key that begins outside");
        if (w->sizes[at / 2])
            return fault(w, "has a key twice");
        w->sizes[at / 2] = (uint16_t)n.bytes;
        if (is_branch && i == 0)
            continue;
        if (!check_key(w, n.key, before, r) ||
            (!is_branch && !check_leaf_node(w, &n)))
            return false;
        before = n.key;
    }
    return check_room(w, page);
}

/* ---- trees ---- */

static bool check_head(walk *w, const uint8_t *page, bool is_branch)
{
    size_t lower = dx_page_u16(page + DX_PAGE_LOWER);
    size_t upper = dx_page_u16(page + DX_PAGE_UPPER);

    if (dx_page_u64(page + DX_PAGE_NUMBER) != w->at)
        return fault(w, "is another page");
    if (dx_page_u16(page + DX_PAGE_FLAGS) !=
        (is_branch ? DX_PAGE_IS_BRANCH : DX_PAGE_IS_LEAF))
        return fault(w, "is of another kind");
    if (lower < DX_STORE_PAGE_HEAD || lower % 2 || lower > upper ||
        upper > w->pages->page_bytes)
        return fault(w, "has bounds that make no sense");
    return count_of(page) >= (is_branch ? 2 : 1) || fault(w, "has too few keys");
}

static bool check_page(walk *w, uint64_t number, uint32_t level, range r);

static bool check_children(walk *w, const uint8_t *page, uint32_t level, range r)
{
    uint64_t number = w->at;

    for (size_t i = 0, count = count_of(page); i < count; i++) {
        range child = {i ? key_of(page, i) : r.low,
            i + 1 < count ? key_of(page, i + 1) : r.high};
        if (!w->is_whole && i + 1 < count && compare(w, child.high, w->from) <= 0)
            continue;
        w->at = number;
        if (!check_page(w, dx_page_child(page + place_of(page, i)), level + 1,
                child))
            return false;
    }
    return true;
}

static bool check_page(walk *w, uint64_t number, uint32_t level, range r)
{
    uint8_t *page = w->levels + level * w->pages->page_bytes;
    bool is_branch = level + 1 < w->tree->depth;

    if (!note_used(w, number, 1))
        return false;
    w->at = number;
    if (!read_at(w, number, 0, page, w->pages->page_bytes) ||
        !check_head(w, page, is_branch) || !check_nodes(w, page, is_branch, r))
        return false;
    *(is_branch ? &w->seen.branches : &w->seen.leaves) += 1;
    return !is_branch || check_children(w, page, level, r);
}

static bool is_as_told(const dx_page_tree *a, const dx_page_tree *b)
{
    return a->branches == b->branches && a->leaves == b->leaves &&
           a->overflows == b->overflows && a->entries == b->entries;
}

static bool check_tree(walk *w, const dx_page_tree *tree, bool is_free_list)
{
    w->tree = tree;
    w->is_free_list = is_free_list;
    w->seen = (dx_page_tree){0};
    w->at = 0;
    if (tree->root != UINT64_MAX && !check_page(w, tree->root, 0, (range){{0}, {0}}))
        return false;
    w->at = 0;
    return !w->is_whole || is_as_told(&w->seen, tree) ||
           fault(w, "counts other pages or keys than there are");
}

/* ---- files ---- */

static bool init(walk *w, const dx_pages *p, bool is_whole)
{
    off_t size = lseek(p->fd, 0, SEEK_END);
    uint32_t depth = 1;
    const uint32_t depths[] = {p->now.keys.depth, p->now.free.depth,
        p->before.free.depth};

    for (size_t i = 0; i < sizeof depths / sizeof *depths; i++)
        depth = depths[i] > depth ? depths[i] : depth;
    w->pages = p;
    w->limit = p->now.pages;
    w->file_pages = size > 0 ? (uint64_t)size / p->page_bytes : 0;
    w->levels = dx_calloc(depth, p->page_bytes);
    w->sizes = dx_calloc(p->page_bytes / 2, sizeof *w->sizes);
    if (is_whole)
        w->noted = dx_calloc(w->limit / 8 + 1, 1);
    return w->levels && w->sizes && (!is_whole || w->noted);
}

static void clear(walk *w)
{
    dx_free(w->levels);
    dx_free(w->sizes);
    dx_free(w->noted);
}

static dx_status told(const walk *w, bool is_sound, dx_error *err)
{
    if (is_sound)
        return DX_OK;
    if (w->error)
        return dx_store_fail(err, w->error, w->pages->path, "reading");
    return dx_store_damaged(err, w->pages->path, ": page %llu %s",
        (unsigned long long)w->at, w->fault);
}

/* Every transaction but the first of a file frees pages, and notes them under its
 * number. So the last key tells of which transaction a free list is. */
static bool find_age(walk *w, const dx_page_meta *meta, uint64_t *txn)
{
    static const uint64_t last = UINT64_MAX;

    w->from = (dx_str){(const char *)&last, sizeof last};
    w->limit = meta->pages;
    if (!check_tree(w, &meta->free, true))
        return false;
    *txn = meta->free.root == UINT64_MAX ? meta->txn : w->last_key;
    return true;
}

/* Whether the newest transaction is what its meta page says, and not an older one, and
 * the one before it no newer one. Pages of that may have been written over if another
 * transaction has ended meanwhile. */
static bool check_ages(walk *w)
{
    const dx_pages *p = w->pages;
    dx_pages again;
    uint64_t txn;

    if (find_age(w, &p->before, &txn) && txn > p->before.txn &&
        dx_meta_pages_read(p->fd, p->path, &again, NULL) == DX_OK &&
        again.now.txn == p->now.txn)
        return fault(w, "is not as old as it says");
    w->fault = NULL;
    w->error = 0;
    if (!find_age(w, &p->now, &txn))
        return false;
    return txn == p->now.txn || fault(w, "is not as old as it says");
}

static bool check_trees(walk *w)
{
    return (!w->is_whole || check_tree(w, &w->pages->now.free, true)) &&
           check_tree(w, &w->pages->now.keys, false) &&
           (!w->is_whole || w->noted_count + PAGE_FIRST == w->limit ||
               fault(w, "counts other pages than there are"));
}

static dx_status check(const dx_pages *p, bool is_whole, dx_str from, dx_error *err)
{
    walk w = {.pages = p};

    if (!init(&w, p, is_whole)) {
        clear(&w);
        return dx_fail_nomem(err);
    }
    bool is_sound = check_ages(&w);
    w.is_whole = is_whole;
    w.noted_count = 0;
    w.from = from;
    is_sound = is_sound && check_trees(&w);
    dx_status rc = told(&w, is_sound, err);
    clear(&w);
    return rc;
}

dx_status dx_pages_check_from(const dx_pages *p, dx_str from, dx_error *err)
{
    return check(p, false, from, err);
}

dx_status dx_pages_check_all(const dx_pages *p, dx_error *err)
{
    return check(p, true, (dx_str){"", 0}, err);
}
