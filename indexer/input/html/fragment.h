/* fragment.h -- HTML and entities within a field of an export. */
#ifndef DX_INDEXER_INPUT_HTML_FRAGMENT_H
#define DX_INDEXER_INPUT_HTML_FRAGMENT_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/chars/clean.h"

/** What a field says, where exports may have left HTML in it: the text outside tags,
 *  scripts and styles, entities resolved, a line a paragraph (DX_CLEAN_TEXT) or all
 *  in one (DX_CLEAN_LINE); also of HTML that was escaped once more. A data: URI goes.
 *  Text that has neither tags nor entities comes back as it is, a "<" or "&" within it
 *  too. `text` is clean UTF-8 (clean.h); *out is `text` itself or in `arena`, and
 *  clean. DX_ERR_LIMIT for more elements than a page can have; NOMEM. */
DX_NODISCARD dx_status dx_html_field_text(dx_str text, dx_clean_form form,
    dx_arena *arena, dx_str *out, dx_error *err);

/** Whether it is a whole page, which begins with <!doctype or <html. */
bool dx_html_is_page(dx_str text);

#endif
