/* pdf_output.h -- what `pdftotext -htmlmeta` writes: a page of HTML with the file's
 * metadata in its head and the text in one <pre>, '\f' at the end of each page. */
#ifndef DX_INDEXER_INPUT_DOCUMENTS_PDF_OUTPUT_H
#define DX_INDEXER_INPUT_DOCUMENTS_PDF_OUTPUT_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/documents/document.h"

/** Takes title, author and dates into *out, and the text of all pages into *pages;
 *  in `arena`. Fails with NOMEM. Thread-safe. */
DX_NODISCARD dx_status dx_pdf_output_read(dx_str output, dx_arena *arena,
    dx_document *out, dx_str *pages, dx_error *err);

#endif
