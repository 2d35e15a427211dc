/* shell.h -- pages that hold no text, but scripts that fetch it. */
#ifndef DX_INDEXER_INPUT_HTML_KIND_SHELL_H
#define DX_INDEXER_INPUT_HTML_KIND_SHELL_H

#include <stdbool.h>

#include "common/base/str.h"

/** Whether a page, whose source is `html`, has the element into which React, Vue,
 *  Angular and the like put all they show, and `body`, the text that was found on it,
 *  is none, or only says that scripts are to be allowed or that it is loading. */
bool dx_html_is_shell(dx_str html, dx_str body);

#endif
