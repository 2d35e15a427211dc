/* noise.h -- which elements of a page their names tell to be no text of it. */
#ifndef DX_INDEXER_INPUT_HTML_BODY_NOISE_H
#define DX_INDEXER_INPUT_HTML_BODY_NOISE_H

#include "indexer/input/html/dom.h"

typedef enum dx_noise {
    DX_NOISE_NOT,
    DX_NOISE_SMALL, /* if little text is in it: "print", "author", "tag" */
    DX_NOISE_ALL    /* however long it is: comments, menus, related articles */
} dx_noise;

/** By tag, class, id, style and hidden, of an element alone. Nobody's name is
 *  proof: what holds most of a page's text must be kept all the same. */
dx_noise dx_noise_of(const dx_dom_node *node);

/** Whether it is marked as what stands under a picture. */
bool dx_noise_is_caption(const dx_dom_node *node);

#endif
