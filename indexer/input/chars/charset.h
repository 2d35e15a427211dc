/* charset.h -- bytes of an unknown encoding to UTF-8.
 *
 * Vietnamese files from before Unicode carry no mark of their encoding, and a
 * declared charset is often wrong, so the bytes decide: each candidate decodes
 * a sample, and the one whose marked words are most often possible Vietnamese
 * syllables wins. Thread-safe. */
#ifndef DX_INDEXER_INPUT_CHARS_CHARSET_H
#define DX_INDEXER_INPUT_CHARS_CHARSET_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/chars/legacy/legacy.h"

/** "UTF-8", "TCVN3" …: a static string. */
const char *dx_charset_name(dx_charset charset);

/** Judges `bytes`; *skip is the length of a byte order mark to pass over. */
DX_NODISCARD dx_status dx_charset_detect(dx_str bytes, dx_charset *out,
    size_t *skip, dx_error *err);

/** Decodes `bytes` (no byte order mark) into `arena`; letters come out
 *  composed. DX_CHARSET_UTF8 returns `bytes` itself. */
DX_NODISCARD dx_status dx_charset_decode(dx_charset charset, dx_str bytes,
    dx_arena *arena, dx_str *out, dx_error *err);

/** Both steps. *out borrows from `bytes` when they are UTF-8. */
DX_NODISCARD dx_status dx_charset_to_utf8(dx_str bytes, dx_arena *arena,
    dx_str *out, dx_error *err);

/** Offset of the first ill-formed byte, or s.len. */
size_t dx_utf8_valid_prefix(dx_str s);

#endif
