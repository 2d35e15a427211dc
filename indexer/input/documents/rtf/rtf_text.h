/* rtf_text.h -- the text of an RTF file, in process. */
#ifndef DX_INDEXER_INPUT_DOCUMENTS_RTF_TEXT_H
#define DX_INDEXER_INPUT_DOCUMENTS_RTF_TEXT_H

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/documents/document.h"

#define DX_RTF_DEPTH_MAX 256u /* groups within groups; what is deeper has no text */

/** Appends the text of `rtf` to `text`: UTF-8, not cleaned, with the marks of
 *  written.h. Bytes are of the code page that is named, letters of
 *  fonts from before Unicode stay as they show in another font. Title, author, dates,
 *  the name of the code page and the number of pages go to *out, with strings in
 *  `arena`. Damaged files give what can be read. Fails with NOMEM, and with LIMIT as
 *  `text` does. Linear; thread-safe.
 *
 *  Source: Microsoft, Rich Text Format Specification 1.9.1. */
DX_NODISCARD dx_status dx_rtf_text(dx_str rtf, dx_arena *arena, dx_buf *text,
    dx_document *out, dx_error *err);

#endif
