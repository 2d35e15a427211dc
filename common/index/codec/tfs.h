/* tfs.h -- the term frequencies of a window or a short list: fields of equal
 * width that hold tf - 1. All ones means "look in the table of escapes", so one
 * large value does not widen its neighbours. */
#ifndef DX_INDEX_CODEC_TFS_H
#define DX_INDEX_CODEC_TFS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/index/codec/bits.h"

#define DX_TFS_HEAD_MAX_BYTES 3u /* says how many bytes follow */
#define DX_TF_ESCAPE_BYTES 4u /* index of the posting, tf: u16 each, ascending */

typedef struct dx_tfs { /* borrows the list's bytes */
    const uint8_t *bits, *escapes, *after;
    uint32_t escape_count;
    uint8_t width;
} dx_tfs;

/** Appends `n` term frequencies, 1..DX_TF_MAX. */
void dx_tfs_put(dx_buf *out, const uint16_t *tfs, uint32_t n);

/** Finds `n` term frequencies at `p`; false when damaged. */
bool dx_tfs_open(const uint8_t *p, const uint8_t *end, uint32_t n, dx_tfs *out);

/** The term frequency of posting `index`, which is in the table of escapes; 1
 *  when it is not. */
uint32_t dx_tfs_escaped(const dx_tfs *t, uint32_t index);

/** The term frequency of posting `index` (below the `n` of dx_tfs_open()):
 *  1..DX_TF_MAX whatever the bytes. Inline: scoring does little else. */
static inline uint32_t dx_tfs_at(const dx_tfs *t, uint32_t index)
{
    uint32_t v = dx_bits_get(t->bits, t->escapes, index, t->width);
    bool escaped = v == (1u << t->width) - 1 && t->escape_count;

    return escaped ? dx_tfs_escaped(t, index) : v + 1;
}

#endif
