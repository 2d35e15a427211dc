/* lines.h -- an HTML page as the lines that a reader sees, and how they look.
 *
 * A line is the text of one block (a paragraph, a cell, what stands between two
 * <br>), in which elements within the line are set apart by a blank where a
 * number would grow together with what is beside it: calendars set "12", "Tháng 3"
 * and "2024" into elements of their own. */
#ifndef DX_INDEXER_INPUT_HTML_FACTS_LINES_H
#define DX_INDEXER_INPUT_HTML_FACTS_LINES_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "indexer/input/html/dom.h"

enum { /* how a line looks */
    DX_LINE_LINK = 1,    /* all of it leads elsewhere */
    DX_LINE_BOLD = 2,    /* all of it is bold, or a heading */
    DX_LINE_RIGHT = 4,   /* set to the right */
    DX_LINE_HEADING = 8, /* h1 to h6 */
    DX_LINE_ASIDE = 16,  /* in a menu, a list of other articles, comments */
    DX_LINE_HIDDEN = 32, /* not shown, for now */
    DX_LINE_CELL = 64    /* in a cell, term or definition of a list */
};

typedef struct dx_line {
    dx_str text;         /* cleaned; never empty */
    uint32_t first, end; /* its nodes: [first, end) */
    uint32_t block;      /* the element that it is the text of */
    uint8_t looks;
} dx_line;

typedef struct dx_lines { /* all in the arena */
    const dx_dom *dom;
    const dx_line *items;
    uint32_t count;
    const uint8_t *looks; /* of each node: what is said of all lines in it */
} dx_lines;

/** The lines of a page in their order. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_lines_make(const dx_dom *dom, dx_arena *arena,
    dx_lines *out, dx_error *err);

/** The first line at or after node i; count when there is none. */
uint32_t dx_lines_at(const dx_lines *lines, uint32_t node);

/** Whether one of the words of node i's class, id, rel, role or data-role has one
 *  of `parts` in it (small letters, NULL at the end), or an element above it has,
 *  up to `levels` above. */
bool dx_node_is_named(const dx_dom *dom, uint32_t i, const char *const *parts,
    int levels);

#endif
