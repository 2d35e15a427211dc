/* made_documents.h -- small documents for tests, made of their text. */
#ifndef DX_TESTS_MADE_DOCUMENTS_H
#define DX_TESTS_MADE_DOCUMENTS_H

#include <stddef.h>

#include "common/base/buf.h"

/** A PDF of `count` pages; a page is its lines, '\n' between them. Any letters. `info`
 *  goes into its information dictionary: "/Title (Ke hoach)"; "" for none. */
void made_pdf(dx_buf *out, const char *const *pages, size_t count,
    const char *info);

typedef struct made_part {
    const char *name, *content;
} made_part;

/** A zip file of these parts, deflated. */
void made_zip(dx_buf *out, const made_part *parts, size_t count);

/** A Word document of version 97, of two-byte letters; `text` in UTF-8, with Word's own
 *  marks: \r, \x07, \x13 … */
void made_doc(dx_buf *out, const char *text);

/** One of version 6.0, of the bytes in `text`. */
void made_doc_6(dx_buf *out, const char *text);

#endif
