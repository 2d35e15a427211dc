/* links.h -- which links of a page lead to other articles. */
#ifndef DX_INDEXER_INPUT_HTML_BODY_LINKS_H
#define DX_INDEXER_INPUT_HTML_BODY_LINKS_H

#include "indexer/input/html/body/layout.h"

/** Sets DX_IN_LINK in all nodes within an <a> that leads to another page. None
 *  is one without href, to a place in the page or to a file, nor one left open
 *  or wrapped around the text itself: what is in it is too long for a link.
 *  lay->plain must hold all text of the page. */
void dx_links_find(dx_layout *lay);

#endif
