/* headline.h -- telling headlines, and making one for a text without. */
#ifndef DX_INDEXER_INPUT_TEXT_HEADLINE_H
#define DX_INDEXER_INPUT_TEXT_HEADLINE_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"

/** Whether a line looks like a headline: at least three words, at most 200
 *  bytes, a capital, digit or quote first, no full stop, colon or comma
 *  last. */
bool dx_looks_like_headline(dx_str line);

/** A title for an article that came without: the first line of the body that
 *  looks like a heading of ten words or more over a longer paragraph, else the
 *  first sentence, at most about 120 characters, cut between words. Empty only
 *  when lead and body are. */
DX_NODISCARD dx_status dx_title_from_text(dx_str lead, dx_str body,
    dx_arena *arena, dx_str *out, dx_error *err);

#endif
