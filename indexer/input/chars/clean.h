/* clean.h -- text fit for an article: well-formed UTF-8 without control
 * characters, as its reader saw it (repair.h). */
#ifndef DX_INDEXER_INPUT_CHARS_CLEAN_H
#define DX_INDEXER_INPUT_CHARS_CLEAN_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"

typedef enum dx_clean_form {
    DX_CLEAN_TEXT, /* keeps '\n', '\t' and blanks inside as they are */
    DX_CLEAN_LINE  /* any run of white space, also NBSP, is one blank */
} dx_clean_form;

/** Drops ill-formed bytes, control characters, byte order marks, soft hyphens
 *  and zero-width spaces; line ends become '\n'; both ends are trimmed. When
 *  nothing has to change, *out borrows from `in` (the common case, found in
 *  one pass); otherwise it is in `arena`. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_clean(dx_str in, dx_clean_form form, dx_arena *arena,
    dx_str *out, dx_error *err);

/** The same without a repair: for text in which dx_repair() found no letters to
 *  repair. */
DX_NODISCARD dx_status dx_clean_sound(dx_str in, dx_clean_form form,
    dx_arena *arena, dx_str *out, dx_error *err);

/** As dx_clean(), but *out is always in `arena`: one pass to look, one to copy. */
DX_NODISCARD dx_status dx_clean_copy(dx_str in, dx_clean_form form,
    dx_arena *arena, dx_str *out, dx_error *err);

#endif
