/* A byte buffer: growing it and writing numbers into it. */
#include "common/base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/base/bytes.h"
#include "common/base/mem.h"

void dx_buf_init(dx_buf *b, size_t max)
{
    *b = (dx_buf){.max = max, .status = DX_OK};
}

void dx_buf_free(dx_buf *b)
{
    dx_free(b->data);
    dx_buf_init(b, b->max);
}

void dx_buf_clear(dx_buf *b)
{
    b->len = 0;
    b->status = DX_OK;
}

uint8_t *dx_buf_extend_slowly(dx_buf *b, size_t n)
{
    if (b->status != DX_OK)
        return NULL;
    if (n > b->max || b->len > b->max - n) {
        b->status = DX_ERR_LIMIT;
        return NULL;
    }
    if (b->len + n > b->cap || !b->data) {
        void *p = b->data;
        if (dx_grow(&p, &b->cap, b->len + n + 1, 1) != 0) {
            b->status = DX_ERR_NOMEM;
            return NULL;
        }
        b->data = p;
        if (b->cap > b->max) /* the fast path looks at cap alone */
            b->cap = b->max;
    }
    uint8_t *at = b->data + b->len;
    b->len += n;
    return at;
}

void dx_buf_printf(dx_buf *b, const char *fmt, ...)
{
    va_list args;
    char small[256];

    va_start(args, fmt);
    int n = vsnprintf(small, sizeof small, fmt, args);
    va_end(args);
    if (n < 0)
        return;
    if ((size_t)n < sizeof small) {
        dx_buf_put(b, small, (size_t)n);
        return;
    }
    uint8_t *at = dx_buf_extend(b, (size_t)n + 1);
    if (!at)
        return;
    va_start(args, fmt);
    vsnprintf((char *)at, (size_t)n + 1, fmt, args);
    va_end(args);
    b->len--;
}

void dx_buf_put_u8(dx_buf *b, unsigned v)
{
    uint8_t *at = dx_buf_extend(b, 1);
    if (at)
        *at = (uint8_t)v;
}

void dx_buf_put_u16(dx_buf *b, unsigned v)
{
    uint8_t *at = dx_buf_extend(b, 2);
    if (at)
        dx_store_u16(at, (uint16_t)v);
}

void dx_buf_put_u32(dx_buf *b, uint32_t v)
{
    uint8_t *at = dx_buf_extend(b, 4);
    if (at)
        dx_store_u32(at, v);
}

void dx_buf_put_u64(dx_buf *b, uint64_t v)
{
    uint8_t *at = dx_buf_extend(b, 8);
    if (at)
        dx_store_u64(at, v);
}

void dx_buf_put_varint(dx_buf *b, uint64_t v)
{
    uint8_t tmp[DX_VARINT_MAX];
    dx_buf_put(b, tmp, dx_varint_write(tmp, v));
}

const char *dx_buf_cstr(dx_buf *b)
{
    uint8_t *end = dx_buf_extend(b, 1);

    if (!end)
        return "";
    *end = '\0';
    b->len--;
    return (const char *)b->data;
}
