/* formats.h -- which formats there are. */
#ifndef DX_SEARCHER_OUTPUT_FORMATS_H
#define DX_SEARCHER_OUTPUT_FORMATS_H

#include "searcher/output/format.h"

/** The format called `name` that serves `use`, or NULL. */
const dx_format *dx_format_named(const char *name, dx_format_use use);

/** The format of `use` where none is named. */
const dx_format *dx_format_default(dx_format_use use);

/** Appends the names of a use's formats to `out`, each after a blank but the
 *  first: for messages. */
void dx_format_names(dx_format_use use, dx_buf *out);

#endif
