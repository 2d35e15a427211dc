/* printed.h -- paragraphs of what was printed on pages: lines that end at the
 * margin, page numbers, headers, stamps.
 *
 *     lines, '\f' ends a page ──▶ paragraphs, where each page begins in them
 *
 * A converter knows where letters lie on a page, not what belongs together. So
 * lines are joined by how far they reach and how the next one begins, and what
 * stands on most pages alike is no part of the text. */
#ifndef DX_INDEXER_INPUT_DOCUMENTS_PRINTED_H
#define DX_INDEXER_INPUT_DOCUMENTS_PRINTED_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/documents/document.h"

typedef struct dx_printed {
    dx_str text; /* as dx_document has it; in the arena */
    const size_t *page_starts; /* [pages], in the arena */
    size_t pages;
    const char *encoding; /* that was repaired (repair.h), or NULL */
    bool is_scan; /* nothing but a stamp, a watermark, a few words a page */
} dx_printed;

/** Reads the pages in `text`, well-formed or not. Linear in its length but for a
 *  sort of its lines. Fails with NOMEM. Thread-safe. */
DX_NODISCARD dx_status dx_printed_read(dx_str text, dx_arena *arena,
    dx_printed *out, dx_error *err);

#endif
