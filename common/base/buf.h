/* buf.h -- growable byte buffer with a latched error and a hard ceiling.
 *
 * The first failed append latches `status`; later appends do nothing. So an
 * encoder appends freely and tests once at the end. */
#ifndef DX_BASE_BUF_H
#define DX_BASE_BUF_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "common/base/status.h"
#include "common/base/str.h"

typedef struct dx_buf {
    uint8_t *data; /* owned; NULL iff cap == 0 */
    size_t len, cap;
    size_t max;       /* len <= cap; growing past max latches DX_ERR_LIMIT */
    dx_status status; /* DX_OK until the first failure */
} dx_buf;

/** `max` is the largest size in bytes that makes sense to the caller, so that
 *  hostile input cannot eat the machine. */
void dx_buf_init(dx_buf *b, size_t max);
void dx_buf_free(dx_buf *b);  /* empty and reusable afterwards */
void dx_buf_clear(dx_buf *b); /* keeps memory, clears the error */

/* The slow path of dx_buf_extend(): there is no room yet. */
uint8_t *dx_buf_extend_slowly(dx_buf *b, size_t n);

/** Makes room for `n` more bytes and returns where they go, or NULL (latched).
 *  `len` grows by `n`; the bytes are not initialised. Inline, like the
 *  functions built on it: decoding a text does little else. */
static inline uint8_t *dx_buf_extend(dx_buf *b, size_t n)
{
    if (b->status != DX_OK || n >= b->cap - b->len)
        return dx_buf_extend_slowly(b, n);
    uint8_t *at = b->data + b->len;
    b->len += n;
    return at;
}

static inline void dx_buf_put(dx_buf *b, const void *src, size_t n)
{
    uint8_t *at = dx_buf_extend(b, n);
    if (at && n)
        memcpy(at, src, n);
}

/** Latches the failure of `piece`, of which something was to go into `b`. */
static inline void dx_buf_latch(dx_buf *b, const dx_buf *piece)
{
    if (b->status == DX_OK)
        b->status = piece->status;
}

static inline void dx_buf_putc(dx_buf *b, char c)
{
    uint8_t *at = dx_buf_extend(b, 1);
    if (at)
        *at = (uint8_t)c;
}

static inline void dx_buf_puts(dx_buf *b, const char *s)
{
    dx_buf_put(b, s, strlen(s));
}

static inline void dx_buf_put_str(dx_buf *b, dx_str s)
{
    dx_buf_put(b, s.ptr, s.len);
}

void dx_buf_printf(dx_buf *b, const char *fmt, ...) DX_PRINTF(2, 3);

/* Little-endian fixed width and LEB128; the readers are in base/bytes.h. */
void dx_buf_put_u8(dx_buf *b, unsigned v);
void dx_buf_put_u16(dx_buf *b, unsigned v);
void dx_buf_put_u32(dx_buf *b, uint32_t v);
void dx_buf_put_u64(dx_buf *b, uint64_t v);
void dx_buf_put_varint(dx_buf *b, uint64_t v);

/** The bytes so far as a NUL-terminated string, "" when memory is short; valid
 *  until the next call on `b`. */
const char *dx_buf_cstr(dx_buf *b);

#endif
