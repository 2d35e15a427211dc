/* page_bytes.h -- where the fields of LMDB's pages and nodes lie. */
#ifndef DX_INDEX_STORE_PAGE_BYTES_H
#define DX_INDEX_STORE_PAGE_BYTES_H

#include <stdint.h>
#include <string.h>

/* The head of a page, DX_STORE_PAGE_HEAD bytes. */
#define DX_PAGE_NUMBER 0u /* u64 */
#define DX_PAGE_FLAGS 10u /* u16 */
#define DX_PAGE_LOWER 12u /* u16: end of the table of places of nodes */
#define DX_PAGE_UPPER 14u /* u16: where the nodes begin */
#define DX_PAGE_RUN 12u /* u32: pages of a value */
#define DX_PAGE_IS_BRANCH 0x01u
#define DX_PAGE_IS_LEAF 0x02u
#define DX_PAGE_IS_OVERFLOW 0x04u
#define DX_PAGE_IS_META 0x08u

/* A node: its head, its key, its value or the page where that begins. */
#define DX_NODE_SIZE 0u /* u32: bytes of the value */
#define DX_NODE_FLAGS 4u /* u16; of a branch the upper bits of the child's number */
#define DX_NODE_KEY_BYTES 6u /* u16 */
#define DX_NODE_HEAD 8u
#define DX_NODE_IS_BIG 0x01u
#define DX_NODE_KEY_MAX 511u

/* A meta page, after the head of a page. */
#define DX_META_MAGIC 16u /* u32 */
#define DX_META_VERSION 20u /* u32 */
#define DX_META_FREE 40u /* a tree */
#define DX_META_KEYS 88u /* a tree */
#define DX_META_LAST_PAGE 136u /* u64 */
#define DX_META_TXN 144u /* u64 */
#define DX_META_BYTES 152u
#define DX_META_MAGIC_VALUE 0xBEEFC0DEu
#define DX_META_VERSION_VALUE 1u

#define DX_TREE_PAD 0u /* u32; of the free list: bytes of a page */
#define DX_TREE_FLAGS 4u /* u16 */
#define DX_TREE_DEPTH 6u /* u16 */
#define DX_TREE_BRANCHES 8u /* u64, as those that follow */
#define DX_TREE_LEAVES 16u
#define DX_TREE_OVERFLOWS 24u
#define DX_TREE_ENTRIES 32u
#define DX_TREE_ROOT 40u

static inline uint64_t dx_page_u64(const void *p)
{
    uint64_t v;

    memcpy(&v, p, sizeof v);
    return v;
}

static inline uint32_t dx_page_u32(const void *p)
{
    uint32_t v;

    memcpy(&v, p, sizeof v);
    return v;
}

static inline uint16_t dx_page_u16(const void *p)
{
    uint16_t v;

    memcpy(&v, p, sizeof v);
    return v;
}

/** The child that a node of a branch leads to. */
static inline uint64_t dx_page_child(const uint8_t *node)
{
    return dx_page_u32(node + DX_NODE_SIZE) |
           (uint64_t)dx_page_u16(node + DX_NODE_FLAGS) << 32;
}

#endif
