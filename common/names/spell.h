/* spell.h -- names as the analyzer spells them, for the tables. */
#ifndef DX_NAMES_SPELL_H
#define DX_NAMES_SPELL_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/text/analyzer.h"

#define DX_NAME_WORDS_MAX 16u
#define DX_NAME_TEXT_BYTES 256u

typedef struct dx_name_words { /* the running terms of a name */
    dx_str exact[DX_NAME_WORDS_MAX], folded[DX_NAME_WORDS_MAX]; /* in text */
    size_t count;
    char text[2 * DX_NAME_TEXT_BYTES];
    size_t text_len;
} dx_name_words;

/** The words of `name`. Fails with LIMIT when there are too many, or NOMEM. */
DX_NODISCARD dx_status dx_name_words_of(dx_analyzer *a, dx_str name,
    dx_name_words *out);

/** The next of several names separated by '|'; {NULL,0} at the end. */
dx_str dx_names_next(const char **at);

/** Whether `folded` (words separated by a blank) is `name` or one of `aliases`
 *  (a '+' or '=' before one is ignored). Fails with NOMEM or LIMIT. */
DX_NODISCARD dx_status dx_names_same(dx_analyzer *a, const char *name,
    const char *aliases, dx_str folded, bool *same);

#endif
