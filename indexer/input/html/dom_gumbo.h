/* dom_gumbo.h -- the HTML parser. */
#ifndef DX_INDEXER_INPUT_HTML_DOM_GUMBO_H
#define DX_INDEXER_INPUT_HTML_DOM_GUMBO_H

#include <stdatomic.h>

#include "indexer/input/html/dom.h"

/** Parses `html` (UTF-8, may be ill-formed HTML) into `arena`, from which
 *  everything in *out is allocated; `html` must stay until the dom is no
 *  longer used. DX_ERR_LIMIT when it has more than DX_DOM_MAX_NODES; INTERRUPTED when
 *  `stop`, which may be NULL, asks. */
#define DX_DOM_MAX_NODES (4u << 20)
DX_NODISCARD dx_status dx_dom_parse(dx_str html, const atomic_bool *stop,
    dx_arena *arena, dx_dom *out, dx_error *err);

#endif
