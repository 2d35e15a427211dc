/* layout.h -- what the search for a page's article needs to know of each node.
 *
 * A node's subtree lies in one piece, so what it holds is the difference of two
 * running sums. */
#ifndef DX_INDEXER_INPUT_HTML_BODY_LAYOUT_H
#define DX_INDEXER_INPUT_HTML_BODY_LAYOUT_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/stop.h"
#include "indexer/input/html/dom.h"

enum { /* flags of a node */
    DX_IN_LINK = 1,   /* within an <a> that leads to another page */
    DX_IN_NOISE = 2,  /* within what is no part of an article, by name or tag */
    DX_IN_DOUBT = 4,  /* within what is named so and holds most of the text */
    DX_IN_CAPTION = 8, /* within what is marked as standing under a picture */
    DX_IN_EMPHASIS = 16 /* within <em> or <i> */
};

typedef enum dx_layout_of {
    DX_LAYOUT_OF_ARTICLE, /* links and noise are told from text */
    DX_LAYOUT_OF_ALL      /* all that is shown is text */
} dx_layout_of;

typedef struct dx_layout { /* all in the arena given to dx_layout_make() */
    const dx_dom *dom;
    const atomic_bool *stop; /* borrowed; NULL: nobody will ask */
    uint32_t *block;  /* [count]: nearest block element at or above */
    uint8_t *within;  /* [count]: flags */
    uint32_t *plain;  /* [count + 1]: bytes of text before node i outside
                         links, noise and captions */
    uint32_t *linked; /* [count + 1]: likewise within links */
    uint32_t *prose;  /* [count + 1]: of plain, what is in long texts */
} dx_layout;

/** Lays out the page, in a few passes over its nodes. Fails with NOMEM, and with
 *  INTERRUPTED when `stop`, which may be NULL, asks. */
DX_NODISCARD dx_status dx_layout_make(const dx_dom *dom, dx_layout_of of,
    const atomic_bool *stop, dx_arena *arena, dx_layout *out, dx_error *err);

/** Fails with INTERRUPTED when asked to; to be called for each i of a long loop. */
DX_NODISCARD static inline dx_status dx_layout_check_stop(const dx_layout *lay,
    uint32_t i, dx_error *err)
{
    return i % 1024 ? DX_OK : dx_stop_check(lay->stop, err);
}

/** Bytes of text in node i outside links and noise. */
static inline uint32_t dx_layout_plain(const dx_layout *lay, uint32_t i)
{
    return lay->plain[lay->dom->nodes[i].end] - lay->plain[i];
}

/** Bytes of text in the links of node i. */
static inline uint32_t dx_layout_linked(const dx_layout *lay, uint32_t i)
{
    return lay->linked[lay->dom->nodes[i].end] - lay->linked[i];
}

/** The nearest block above node i's own; i itself at the root. */
static inline uint32_t dx_layout_above(const dx_layout *lay, uint32_t i)
{
    uint32_t parent = lay->dom->nodes[i].parent;

    return parent == DX_DOM_NONE ? i : lay->block[parent];
}

#endif
