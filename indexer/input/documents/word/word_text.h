/* word_text.h -- the text of a Word file of 6.0 (1993) to 2003, in process.
 *
 * The text lies in pieces, some of a byte a letter, some of two; a table says which
 * comes when. Marks within it end paragraphs, cells, fields.
 *
 * Source: Microsoft, [MS-DOC] Word (.doc) Binary File Format; for 6.0 and 95,
 * Microsoft Word Binary File Format of 1997 by the same. */
#ifndef DX_INDEXER_INPUT_DOCUMENTS_WORD_WORD_TEXT_H
#define DX_INDEXER_INPUT_DOCUMENTS_WORD_WORD_TEXT_H

#include "common/base/buf.h"
#include "indexer/input/documents/word/compound.h"

/** Appends the main text, without notes, headers and what fields are made of, to
 *  `text`, in UTF-8 with the marks of written.h; letters of fonts from before Unicode
 *  as they show in another font. *encoding is what its letters were in, static: UTF-16 if
 *  any piece of it was, else windows-1252. Fails with FORMAT when it is no such file, or
 *  encrypted; with NOMEM; and with LIMIT as `text` does. Damaged files give what can
 *  be read. */
DX_NODISCARD dx_status dx_word_text(dx_compound *file, dx_buf *text,
    const char **encoding, dx_error *err);

#endif
