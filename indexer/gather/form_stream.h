/* form_stream.h -- documents as a row of numbers of word forms.
 *
 * In units of 16 bits: nearly all running forms are among the first 61,440
 * seen, and a branch that is nearly never taken is cheaper than LEB128's.
 * Others take two units: 0xF000 | number >> 16, then the low half. */
#ifndef DX_INDEXER_GATHER_FORM_STREAM_H
#define DX_INDEXER_GATHER_FORM_STREAM_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"

#define DX_FORM_STREAM_WIDE 0xF000u

typedef struct dx_form_stream { /* {0} is an empty one */
    uint16_t *units; /* owned */
    size_t count, cap;
} dx_form_stream;

/** The form at *at, which must be where one begins; moves *at behind it. */
static inline uint32_t dx_form_stream_next(const uint16_t **at)
{
    uint32_t v = *(*at)++;

    if (v >= DX_FORM_STREAM_WIDE)
        v = (v & 0x0FFFu) << 16 | *(*at)++;
    return v;
}

/** Makes room for `units` more, of which a form takes two at most. Fails with
 *  NOMEM. */
DX_NODISCARD dx_status dx_form_stream_reserve(dx_form_stream *s, size_t units);

/** Writes a form to where there is room for it; returns what is behind it. */
static inline uint16_t *dx_form_stream_write(uint16_t *to, uint32_t form)
{
    if (form >= DX_FORM_STREAM_WIDE)
        *to++ = (uint16_t)(DX_FORM_STREAM_WIDE | form >> 16);
    *to++ = (uint16_t)form;
    return to;
}

/** Appends a form. Fails with NOMEM. */
DX_NODISCARD static inline dx_status dx_form_stream_put(dx_form_stream *s,
    uint32_t form)
{
    if (s->count + 2 > s->cap)
        DX_TRY(dx_form_stream_reserve(s, 2));
    s->count = (size_t)(dx_form_stream_write(s->units + s->count, form) - s->units);
    return DX_OK;
}

#endif
