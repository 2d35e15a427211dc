/* dom.h -- an HTML page as a flat array of nodes in document order.
 *
 *     index   0     1     2     3      4     5
 *     node    html  body  div   "text" p     "text"
 *     end     6     6     4     4      6     6
 *
 * A node's subtree is [i, nodes[i].end), so every walk is a loop: a page of a
 * million nested elements costs no stack. Node 0 is the root element. */
#ifndef DX_INDEXER_INPUT_HTML_DOM_H
#define DX_INDEXER_INPUT_HTML_DOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"

#define DX_DOM_NONE UINT32_MAX

typedef enum dx_dom_kind {
    DX_DOM_INLINE, /* what no table of tags names */
    DX_DOM_TEXT,
    DX_DOM_BLOCK,  /* starts and ends a paragraph */
    DX_DOM_CELL,   /* table cell: a blank before it */
    DX_DOM_ASIDE,  /* seldom holds text of the article: nav, footer … */
    DX_DOM_SKIP    /* never holds text of the page: script, style … */
} dx_dom_kind;

typedef struct dx_dom_attr {
    const char *name, *value; /* borrowed from the dom's arena */
} dx_dom_attr;

typedef struct dx_dom_node {
    dx_str text;              /* of a DX_DOM_TEXT node, entities resolved */
    const char *tag;          /* small letters; "" for text and unknown tags */
    const dx_dom_attr *attrs;
    uint32_t attr_count;
    uint32_t parent, end;
    uint8_t kind; /* dx_dom_kind */
} dx_dom_node;

#define DX_DOM_NAME_WORDS 64u

typedef struct dx_dom { /* everything in the arena given to dx_dom_parse() */
    dx_dom_node *nodes;
    uint32_t count;
    uint64_t names[DX_DOM_NAME_WORDS]; /* a bit for each tag, id, class and
                                          attribute name, by its hash */
} dx_dom;

/** Fills `names` from the nodes, so that a search for what is not on the page
 *  costs nothing: it is searched for a hundred selectors. */
void dx_dom_note_names(dx_dom *dom);

/** Value of an attribute, or NULL. */
const char *dx_dom_attr_of(const dx_dom_node *node, const char *name);

/** First node in [from, to) that matches `selector`, or DX_DOM_NONE. The CSS
 *  subset: tag, #id, .class, [attr], [attr=v], [attr$=v], [attr*=v] in one
 *  compound, and "a b c" for c within b within a. */
uint32_t dx_dom_find(const dx_dom *dom, const char *selector, uint32_t from,
    uint32_t to);

/** All text within node i in one line, as dx_clean() makes it, in `arena`. */
DX_NODISCARD dx_status dx_dom_line(const dx_dom *dom, uint32_t i,
    dx_arena *arena, dx_str *out, dx_error *err);

#endif
