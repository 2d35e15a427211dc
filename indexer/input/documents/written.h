/* written.h -- paragraphs of what a word processor has written: each is one already.
 *
 *     '\n' ends a paragraph, '\v' a line within one, '\f' a page, DX_WRITTEN_CELL
 *     and DX_WRITTEN_ROW those of a table
 *
 * A row of a table is a line. But letterheads and signatures are tables, too, whose
 * cells are read one by one: those with several lines, or with what only they have. */
#ifndef DX_INDEXER_INPUT_DOCUMENTS_WRITTEN_H
#define DX_INDEXER_INPUT_DOCUMENTS_WRITTEN_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"

#define DX_WRITTEN_ROW '\x1E'
#define DX_WRITTEN_CELL '\x1F'

/** Cleans `text`, in `arena`, to the form that dx_document has, and repairs what was
 *  typed in fonts from before Unicode: *encoding is then what it was in (repair.h), else
 *  unchanged. Fails with NOMEM. Linear; thread-safe. */
DX_NODISCARD dx_status dx_written_read(dx_str text, dx_arena *arena, dx_str *out,
    const char **encoding, dx_error *err);

#endif
