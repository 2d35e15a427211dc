/* utf16.h -- UTF-16 to UTF-8, as it comes in. */
#ifndef DX_INDEXER_INPUT_UTF16_H
#define DX_INDEXER_INPUT_UTF16_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/status.h"
#include "common/base/str.h"

typedef enum dx_utf16 { DX_UTF16_NOT, DX_UTF16_LE, DX_UTF16_BE } dx_utf16;

/** Whether bytes that begin a text are UTF-16: by a byte order mark, or because
 *  their first two characters are ASCII. */
dx_utf16 dx_utf16_detect(dx_str first);

/* Takes bytes in, gives text out. One thread at a time uses it. */
typedef struct dx_utf16_decoder dx_utf16_decoder;

/** `first` are the first bytes. NULL: no memory. */
dx_utf16_decoder *dx_utf16_decoder_new(dx_utf16 kind, dx_str first);
void dx_utf16_decoder_free(dx_utf16_decoder *d); /* NULL is a no-op */

const char *dx_utf16_name(const dx_utf16_decoder *d); /* "UTF-16LE", "UTF-16BE" */

/** Writes at most `room` > 0 bytes of UTF-8 to `to`, *got of them; 0 at the end. What
 *  they are made of is taken from `read`, which gives at most `room` bytes and 0 at
 *  the end. Halves of surrogate pairs and an odd last byte become U+FFFD. Fails as
 *  `read` does. */
DX_NODISCARD dx_status dx_utf16_read(dx_utf16_decoder *d,
    dx_status (*read)(void *ctx, void *to, size_t room, size_t *got, dx_error *err),
    void *ctx, char *to, size_t room, size_t *got, dx_error *err);

#endif
