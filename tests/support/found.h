/* found.h -- a file of examples with a handful of articles, then queries and
 * what they find.
 *
 *     = lu-hue bao-so-5      everything holds; in the order of the articles,
 *                            with --ranked or --newest in the order found
 *     ~ ha-tinh              partial matches, likewise; not with --full
 *     ! Hết thời gian …      what was set aside
 *     ? reading: lũ lụt      a note on how it was understood
 *     * [Lũ] ở Huế           the first title with its marks, with --titles
 *
 * A query may begin with options, as dxsearch has them. How such a file is run:
 * examples.h. */
#ifndef DX_TESTS_SUPPORT_FOUND_H
#define DX_TESTS_SUPPORT_FOUND_H

#include "searcher/include/dx/search.h"

/** What such a file calls a kind of note. */
const char *found_note_kind(const dx_note *note);

/** The main() of a test of the file at `path`. */
int found_main(const char *name, const char *path, int argc, char **argv);

#endif
