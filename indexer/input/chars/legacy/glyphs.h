/* glyphs.h -- Vietnamese typed in fonts of an old encoding and kept as the
 * characters that Latin-1 or windows-1252 has for its bytes: "HuyÖn miÒn nói" is
 * "Huyện miền núi" in .VnTime.
 *
 * A piece of text is such when, decoded, nearly all its words with marks can be
 * Vietnamese, and clearly more of them than before. That needs some words; pieces
 * with fewer follow the others of their text. */
#ifndef DX_INDEXER_INPUT_CHARS_LEGACY_GLYPHS_H
#define DX_INDEXER_INPUT_CHARS_LEGACY_GLYPHS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/str.h"
#include "indexer/input/chars/legacy/legacy.h"

#define DX_GLYPHS_MAX_BYTES 16384u /* of a piece */

#define DX_GLYPHS_FONTS 4 /* VNI, TCVN3, VISCII, windows-1258 */

/* What the pieces of a text have in common; start from {0}. */
typedef struct dx_glyphs {
    unsigned valid[DX_GLYPHS_FONTS]; /* words decoded */
    bool has_unicode; /* letters that only Unicode has */
    char bytes[DX_GLYPHS_MAX_BYTES]; /* scratch, as all below */
    char judged[DX_GLYPHS_MAX_BYTES];
    char text[3 * DX_GLYPHS_MAX_BYTES + 4];
} dx_glyphs;

/** Notes what `piece`, of at most DX_GLYPHS_MAX_BYTES in UTF-8, says about its
 *  text. All pieces must be noted before the first is decoded. */
void dx_glyphs_note(dx_glyphs *g, dx_str piece);

/** Writes `piece` to `out`, which has room for half as many bytes again and 4,
 *  and returns its length; *changed becomes true when anything was decoded. */
size_t dx_glyphs_decode(dx_glyphs *g, dx_str piece, char *out, bool *changed);

/** The encoding that most words were in, or DX_CHARSET_UTF8. */
dx_charset dx_glyphs_usual(const dx_glyphs *g);

#endif
