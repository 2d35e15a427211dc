/* language.h -- in which language does this reader get the page? */
#ifndef DX_SEARCHER_SERVE_REQUEST_LANGUAGE_H
#define DX_SEARCHER_SERVE_REQUEST_LANGUAGE_H

#include "common/cli/language.h"

/** Of a list as browsers send it, "en-US,en;q=0.7,vi;q=0.3" (RFC 9110, 12.5.4), the one of
 *  ours that weighs most; `usual` where there is none, or `header` is NULL. */
dx_language dx_language_accepted(const char *header, dx_language usual);

#endif
