/* cells.h -- the text in the XML of spreadsheets (.xlsx). Most cells name a text by
 * its number in a list that all sheets share; so that is read before them. */
#ifndef DX_INDEXER_INPUT_DOCUMENTS_OFFICE_CELLS_H
#define DX_INDEXER_INPUT_DOCUMENTS_OFFICE_CELLS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/buf.h"
#include "indexer/input/xml/xml.h"

typedef struct dx_cells {
    dx_buf *text;   /* borrowed */
    dx_buf shared;  /* the texts that sheets share, one after another … */
    size_t *starts; /* … where each begins; owned */
    size_t count, cap;
    dx_buf value; /* of the cell at hand */
    bool is_shared, is_value;
    unsigned skipped;
} dx_cells;

void dx_cells_init(dx_cells *c, dx_buf *text);
void dx_cells_free(dx_cells *c);

/** What reads xl/sharedStrings.xml, and what reads a sheet into c->text, with the
 *  marks of written.h. Fail with NOMEM, and with LIMIT as the text does. */
dx_xml_reader dx_cells_shared_reader(dx_cells *c);
dx_xml_reader dx_cells_sheet_reader(dx_cells *c);

/** Whether rows and cells in `text` are a table of figures or names, and not sentences
 *  that somebody wrote into a spreadsheet. Thread-safe. */
bool dx_cells_are_table(dx_str text);

#endif
