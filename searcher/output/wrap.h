/* wrap.h -- text broken into lines for a terminal. */
#ifndef DX_SEARCHER_OUTPUT_WRAP_H
#define DX_SEARCHER_OUTPUT_WRAP_H

#include <stdbool.h>

#include "common/base/buf.h"

/* What stands around a highlighted word in the text given to dx_wrap_put():
 * control characters, which no stored article contains. */
#define DX_WRAP_MARK_OPEN "\x0E"
#define DX_WRAP_MARK_CLOSE "\x0F"

typedef struct dx_wrap {
    dx_buf *out;
    unsigned width;  /* columns of the terminal */
    unsigned indent; /* blanks before every line but the first */
    const char *style, *marked, *reset; /* escape sequences; "": no colour */
    unsigned column; /* where the next character goes */
    bool blank;      /* due before the next character */
} dx_wrap;

/** Appends `text`; what does not fit goes to further lines, broken at blanks
 *  and ideographs. A single word that is wider than a line is left whole, so
 *  that an address can be copied. Runs of white space become one blank. Control
 *  characters, which could command the terminal, and ill-formed bytes become
 *  U+FFFD; invisible direction changes are dropped. */
void dx_wrap_put(dx_wrap *w, const char *text);

/** Ends the line. */
void dx_wrap_end(dx_wrap *w);

/** Appends `text` on one line as dx_wrap_put() would clean it. */
void dx_wrap_put_clean(dx_buf *out, const char *text);

#endif
