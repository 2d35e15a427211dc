/* document.h -- a converted document, and the article that is in it.
 *
 *     PDF, DOC, RTF ── child ──┐
 *                              ├─▶ dx_document ──▶ article
 *     DOCX, ODT ──── zip, XML ─┘
 *
 * What stands in the text comes before what the file says about itself: that was
 * written by whatever program the writer had, and is often of another document. */
#ifndef DX_INDEXER_INPUT_DOCUMENTS_DOCUMENT_H
#define DX_INDEXER_INPUT_DOCUMENTS_DOCUMENT_H

#include <stddef.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/article.h"

typedef struct dx_document { /* all strings borrowed */
    dx_str text; /* clean lines, a paragraph each; an empty one between blocks */
    const size_t *page_starts; /* offsets in `text`, ascending, one a page; or NULL */
    size_t pages;              /* 0: not known */
    const char *encoding;      /* as dx_provenance has it; or NULL */
    /* What the file says of itself, as it stands there; empty: nothing. */
    dx_str title, author;
    dx_str created, modified; /* in any form that dx_date_parse() reads */
} dx_document;

/** Makes an article of it, all of whose strings are in `arena`. What has no text is
 *  left out as EMPTY. Fails with NOMEM. */
DX_NODISCARD dx_status dx_document_article(const dx_document *document,
    dx_arena *arena, dx_article *out, dx_error *err);

#endif
