/* tab_field.h -- a field of tab separated output. */
#ifndef DX_INDEXER_CLI_INSPECT_TAB_FIELD_H
#define DX_INDEXER_CLI_INSPECT_TAB_FIELD_H

#include <stdio.h>

#include "common/base/str.h"

/** Prints `s`: backslash, tab and newline become \\, \t and \n; a title term's
 *  mark becomes "title:", an attribute's "source:" and so on. */
void dx_tab_field_put(FILE *out, dx_str s);

#endif
