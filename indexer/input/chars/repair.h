/* repair.h -- text that is valid UTF-8 and still not what its reader saw:
 *
 *     HuyÖn miÒn nói      typed in a font of TCVN3, VNI, VISCII or windows-1258,
 *                         and kept as the characters of Latin-1 (glyphs.h)
 *     Huyá»‡n miá»n nÃºi   written as UTF-8 twice or three times (mojibake.h)
 *     Huy&amp;#7879;n     escaped once too often, or where nobody reads escapes
 *     Huye^.n mie^`n nu'i VIQR (viqr.h)
 *
 * Each paragraph is judged for itself (line ends and tags end one), so a text may
 * have any of these beside sound ones. dx_clean() does it to all that it cleans:
 * readers call this only to learn what a text was in. Thread-safe. */
#ifndef DX_INDEXER_INPUT_CHARS_REPAIR_H
#define DX_INDEXER_INPUT_CHARS_REPAIR_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"

/** Whether there may be anything to repair: a scan at memory speed that most
 *  texts pass with "no". */
bool dx_repair_needed(dx_str text);

/** *out is `text` itself where nothing is wrong, else in `arena`. *encoding, when
 *  not NULL, becomes what most of the repaired text was in, a static string
 *  ("TCVN3 glyphs", "UTF-8 twice", "VIQR"), and stays where it was as reported.
 *  Fails only with NOMEM. */
DX_NODISCARD dx_status dx_repair(dx_str text, dx_arena *arena, dx_str *out,
    const char **encoding, dx_error *err);

#endif
