/* UTF-16 to UTF-8. */
#include "indexer/input/utf16.h"

#include <string.h>

#include "common/base/mem.h"
#include "indexer/input/chars/chars.h"

#define UNKNOWN 0xFFFDu
#define UNITS_BYTES (256u << 10)

struct dx_utf16_decoder {
    dx_utf16 kind;
    size_t len, cap;             /* of what is in units, and fits */
    size_t text_start, text_end; /* of what is in text */
    bool is_all;                 /* no more units will come */
    char *units, *text;          /* owned */
};

static uint32_t unit_at(dx_utf16 kind, const char *p)
{
    uint32_t a = (unsigned char)p[0], b = (unsigned char)p[1];

    return kind == DX_UTF16_BE ? a << 8 | b : b << 8 | a;
}

static bool is_ascii(uint32_t unit)
{
    return unit < 0x7F && (unit >= 0x20 || unit == '\t' || unit == '\n' ||
                              unit == '\r');
}

dx_utf16 dx_utf16_detect(dx_str first)
{
    if (first.len < 4)
        return DX_UTF16_NOT;
    for (int kind = DX_UTF16_LE; kind <= DX_UTF16_BE; kind++) {
        uint32_t a = unit_at((dx_utf16)kind, first.ptr);
        uint32_t b = unit_at((dx_utf16)kind, first.ptr + 2);
        if (a == 0xFEFF || (is_ascii(a) && is_ascii(b)))
            return (dx_utf16)kind;
    }
    return DX_UTF16_NOT;
}

static bool is_high(uint32_t unit)
{
    return unit >= 0xD800 && unit < 0xDC00;
}

static bool is_low(uint32_t unit)
{
    return unit >= 0xDC00 && unit < 0xE000;
}

/* Decodes what of `in` is whole characters, or all of it; *taken are the bytes read. */
static size_t decode(dx_utf16 kind, dx_str in, bool is_all, char *out,
    size_t *taken)
{
    size_t at = 0, n = 0;

    while (in.len - at >= 2) {
        uint32_t c = unit_at(kind, in.ptr + at);
        size_t step = 2;
        if (is_high(c) && in.len - at < 4 && !is_all)
            break;
        if (is_high(c) && in.len - at >= 4 &&
            is_low(unit_at(kind, in.ptr + at + 2))) {
            c = 0x10000 + ((c - 0xD800) << 10) +
                (unit_at(kind, in.ptr + at + 2) - 0xDC00);
            step = 4;
        } else if (is_high(c) || is_low(c)) {
            c = UNKNOWN;
        }
        n += dx_char_put(out + n, c);
        at += step;
    }
    if (is_all && at < in.len) {
        n += dx_char_put(out + n, UNKNOWN);
        at = in.len;
    }
    *taken = at;
    return n;
}

dx_utf16_decoder *dx_utf16_decoder_new(dx_utf16 kind, dx_str first)
{
    size_t cap = first.len > UNITS_BYTES ? first.len : UNITS_BYTES;
    dx_utf16_decoder *d = dx_calloc(1, sizeof *d);

    if (!d)
        return NULL;
    *d = (dx_utf16_decoder){.kind = kind, .len = first.len, .cap = cap,
        .units = dx_malloc(cap), .text = dx_malloc(cap / 2 * 3 + 6)};
    if (!d->units || !d->text) {
        dx_utf16_decoder_free(d);
        return NULL;
    }
    memcpy(d->units, first.ptr, first.len);
    return d;
}

void dx_utf16_decoder_free(dx_utf16_decoder *d)
{
    if (!d)
        return;
    dx_free(d->units);
    dx_free(d->text);
    dx_free(d);
}

const char *dx_utf16_name(const dx_utf16_decoder *d)
{
    return d->kind == DX_UTF16_BE ? "UTF-16BE" : "UTF-16LE";
}

dx_status dx_utf16_read(dx_utf16_decoder *d,
    dx_status (*read)(void *ctx, void *to, size_t room, size_t *got, dx_error *err),
    void *ctx, char *to, size_t room, size_t *got, dx_error *err)
{
    while (d->text_start == d->text_end && !d->is_all) {
        size_t left = d->cap - d->len, n = 0, taken;
        if (left > 0) { /* what it began with may fill it */
            DX_TRY(read(ctx, d->units + d->len, left, &n, err));
            d->len += n;
            d->is_all = n == 0;
        }
        d->text_end = decode(d->kind, (dx_str){d->units, d->len}, d->is_all,
            d->text, &taken);
        d->text_start = 0;
        d->len -= taken;
        memmove(d->units, d->units + taken, d->len);
    }
    *got = d->text_end - d->text_start < room ? d->text_end - d->text_start : room;
    memcpy(to, d->text + d->text_start, *got);
    d->text_start += *got;
    return DX_OK;
}
