/* links.h -- which links of a page lead to other articles. */
#ifndef DX_INDEXER_INPUT_HTML_BODY_LINKS_H
#define DX_INDEXER_INPUT_HTML_BODY_LINKS_H

#include "indexer/input/html/dom.h"

/** Sets `flag` in within[i] of all nodes within an <a> that leads to another
 *  page. None is one without href, to a place in the page or to a file, nor one
 *  left open or wrapped around the text itself: what is in it is too long for a
 *  link. text[i]: bytes of text before node i, for [0, dom->count]. */
void dx_links_find(const dx_dom *dom, const uint32_t *text, uint8_t flag,
    uint8_t *within);

#endif
