/* properties.h -- what a portal says of a legal document beside its text. */
#ifndef DX_INDEXER_INPUT_HTML_FACTS_PROPERTIES_H
#define DX_INDEXER_INPUT_HTML_FACTS_PROPERTIES_H

#include "indexer/input/html/facts/page.h"

/** Reads the table of properties ("Số ký hiệu", "Ngày ban hành", "Trích yếu" …),
 *  given as cells, as terms of a list or as lines with a colon. A page that has a
 *  number and something else of these is a document's: number, type, issuer,
 *  signer, days and status become its fields, the day of issue its date, and the
 *  trích yếu its title, unless the title says it already. Fails only with
 *  NOMEM. */
DX_NODISCARD dx_status dx_properties_find(const dx_page *p);

#endif
