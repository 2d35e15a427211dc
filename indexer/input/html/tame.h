/* tame.h -- HTML that would cost the parser too much, made harmless. */
#ifndef DX_INDEXER_INPUT_HTML_TAME_H
#define DX_INDEXER_INPUT_HTML_TAME_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"

/** A page that the parser can take in linear time, and reads as it would read
 *  `html`: *out is `html`, or a copy in `arena` without the tags that nest absurdly
 *  deep and without what comments, scripts (but for JSON), styles and drawings
 *  hold. DX_ERR_LIMIT when it has more elements than a page can have. */
DX_NODISCARD dx_status dx_html_tame(dx_str html, dx_arena *arena, dx_str *out,
    dx_error *err);

#endif
