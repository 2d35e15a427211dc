/* stdout.h -- standard output, gathered and written with write(2), so that
 * every failure is seen and its reason known. */
#ifndef DX_SEARCHER_CLI_STDOUT_H
#define DX_SEARCHER_CLI_STDOUT_H

#include <stdbool.h>

#include "common/base/buf.h"
#include "searcher/output/messages.h"

/** Writes all that is in `text` to standard output and clears it. False when
 *  that failed or an append had failed before, having said why (unless the
 *  reader has just gone away, which is no news to whoever started us). */
bool dx_output_flush(dx_buf *text, dx_language language);

#endif
