/* escapes.h -- letters that are still escaped where text should be: "&#7841;",
 * "&amp;#7841;", "&aacute;", "\u1ea1". */
#ifndef DX_INDEXER_INPUT_CHARS_ESCAPES_H
#define DX_INDEXER_INPUT_CHARS_ESCAPES_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/str.h"

/** Writes `in` with such letters as letters to `out`, which has room for in.len
 *  bytes, and returns the length. Only what stands for a letter of Vietnamese or
 *  of Latin-1, or for a sign between words, is touched: markup stays markup. With
 *  `markup`, &amp; &lt; &gt; &quot; and &apos; become signs, too: for text that is
 *  no HTML any more. */
size_t dx_escapes_undo(dx_str in, bool markup, char *out);

#endif
