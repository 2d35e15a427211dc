/* settle.h -- what records of exports owe, be they JSON objects or rows of a table,
 * beside what every article gets (finish.h). */
#ifndef DX_INDEXER_INPUT_SETTLE_H
#define DX_INDEXER_INPUT_SETTLE_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/article.h"

/** Looks at an article whose fields have all been taken, `extra` and where they came
 *  from (a->from.field) as well. A lead that the body repeats counts once; what a
 *  document is about (trích yếu) is its title, and its day of issue, else its last
 *  change, the date, where there are none. A document's number that its text lacks
 *  stands before it, as on paper, so that words find it. Fails with NOMEM.
 *
 *  A record that is no article has a->left_out say what it is:
 *
 *      a name, figures, no text                          DX_LEFT_TABLE
 *      a title that is a small part of settings          DX_LEFT_TABLE
 *      an address without title and text                 DX_LEFT_METADATA
 *      nothing at all                                    DX_LEFT_EMPTY */
DX_NODISCARD dx_status dx_article_settle(dx_article *a, dx_arena *arena,
    dx_error *err);

/** A value that no field has taken, called `name`: if it seems to be meant for a field
 *  that the article lacks, that is noted in a->missed, whose names are borrowed. Call
 *  it when all fields have been taken. */
void dx_article_note_missed(dx_article *a, dx_str name, dx_str value);

#endif
