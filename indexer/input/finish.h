/* finish.h -- what every article gets in the end, whatever it was read from. */
#ifndef DX_INDEXER_INPUT_FINISH_H
#define DX_INDEXER_INPUT_FINISH_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/article.h"

/** Copies to `arena` all strings but the body's, each as one clean line: for a
 *  reader whose strings are of an arena or a record that goes. Fails with
 *  NOMEM. */
DX_NODISCARD dx_status dx_article_own(dx_article *a, dx_arena *arena,
    dx_error *err);

/** Takes of `other` what `a` lacks, and where it came from. */
void dx_article_take_absent(dx_article *a, const dx_article *other);

/** Where a value came from, `origin`, a static string, for those fields that have one
 *  and of which nobody has said it yet; the path needs none. */
void dx_article_note_origin(dx_article *a, const char *origin);

/** Fills what every reader owes: a title, an id (article_id.h), the path, the
 *  date in the url when there is no other, and the content hash. `is_whole_file`:
 *  it is all that is in the file at `path`. A record that says `deleted` gets an id
 *  only; DX_ERR_FORMAT when there is none for that. What has neither title nor text
 *  is left out as empty (a->left_out), without an id. Fails with NOMEM. */
DX_NODISCARD dx_status dx_article_finish(dx_article *a, dx_str path,
    bool is_whole_file, dx_arena *arena, dx_error *err);

#endif
