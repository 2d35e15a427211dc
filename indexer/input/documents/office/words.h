/* words.h -- the text in the XML of word processors, presentations and tables of
 * OpenDocument.
 *
 * Of all their tags a dozen are about text; the rest is looks. What was deleted but
 * kept for review, notes, comments and what fields are made of are no text. */
#ifndef DX_INDEXER_INPUT_DOCUMENTS_OFFICE_WORDS_H
#define DX_INDEXER_INPUT_DOCUMENTS_OFFICE_WORDS_H

#include <stdbool.h>

#include "common/base/buf.h"
#include "indexer/input/xml/xml.h"

typedef enum dx_words_format {
    DX_WORDS_OOXML, /* word/document.xml, ppt/slides/… */
    DX_WORDS_ODF    /* content.xml */
} dx_words_format;

typedef struct dx_words {
    dx_words_format format;
    dx_buf *text; /* borrowed */
    unsigned inside;  /* elements whose text counts */
    unsigned skipped; /* elements that count for nothing */
    bool paragraph_ended; /* its '\n' is not written yet */
    bool is_spreadsheet;
} dx_words;

/** What reads the XML into w->text, with the marks of written.h; `w` is set but for
 *  `format` and `text` to zero. Fails with what the buffer fails with. */
dx_xml_reader dx_words_reader(dx_words *w);

#endif
