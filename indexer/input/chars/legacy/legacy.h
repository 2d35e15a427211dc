/* legacy.h -- bytes of a known encoding to UTF-8. Letters come out composed.
 *
 * VNI writes a mark as a byte of its own behind the letter; its ỷ and ỹ are
 * "y\xFB" and "y\xF5", as vni.h of xvnkb and the VNI table of recode have it. */
#ifndef DX_INDEXER_INPUT_CHARS_LEGACY_LEGACY_H
#define DX_INDEXER_INPUT_CHARS_LEGACY_LEGACY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"

typedef enum dx_charset {
    DX_CHARSET_UTF8,    /* also damaged UTF-8: bad bytes are dropped later */
    DX_CHARSET_UTF16LE,
    DX_CHARSET_UTF16BE,
    DX_CHARSET_CP1258, /* also the guess for other 8-bit Western text */
    DX_CHARSET_TCVN3,
    DX_CHARSET_VNI,
    DX_CHARSET_VISCII
} dx_charset;

/** Decodes `in` (not DX_CHARSET_UTF8) to `out`, which has room for 3 bytes for
 *  each of `in`, or is NULL; returns the length either way. `as_shown`: bytes
 *  without a meaning come out as windows-1252 shows them. */
size_t dx_legacy_decode(dx_charset charset, dx_str in, bool as_shown, char *out);

/** The byte that `c` stands for where bytes of an old encoding were taken for
 *  windows-1252 or Latin-1: 0xB8 for "¸", 0x93 for "“"; -1 when none does. */
int dx_legacy_byte_shown_as(uint32_t c);

#endif
