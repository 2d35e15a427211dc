/* selectors.h -- an operator's own file that says where a site's articles are.
 *
 *     # The newspaper of the province
 *     [baomau.example]
 *     body   = #noidung .text, .phuluc
 *     title  = h1.tieude
 *     date   = .ngaydang
 *     ignore = .quangcao
 *
 *     [*]
 *     ignore = .chia-se
 *
 * A section is for a host and those below it; the nearest one counts, "*" where
 * none does. Left of '=' stands a field (common/index/field/field.h) or
 * `ignore`, right of it selectors as dx_dom_find() knows them, with commas
 * between. Of a body's all that match are the text, of another field's the
 * first that has some, in their order. */
#ifndef DX_INDEXER_INPUT_HTML_MARKS_SELECTORS_H
#define DX_INDEXER_INPUT_HTML_MARKS_SELECTORS_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/field/field.h"

typedef struct dx_selector {
    dx_field field; /* DX_FIELDS: to be ignored */
    const char *css;
    struct dx_selector *next;
} dx_selector;

typedef struct dx_site_selectors {
    dx_str host; /* small letters, or "*" */
    dx_selector *first, **last;
    struct dx_site_selectors *next;
} dx_site_selectors;

typedef struct dx_selectors { /* start from {0}; free with dx_selectors_free()
                               */
    dx_arena arena;
    dx_site_selectors *first;
    uint64_t hash; /* of the file's bytes */
} dx_selectors;    /* constant once read: any thread may look into it */

/** Adds what `text` says; `name` is the file's, for messages, and need not
 * stay. Fails with INVALID and "name:line: reason", or NOMEM. */
DX_NODISCARD dx_status dx_selectors_parse(dx_selectors *s, dx_str text,
    const char *name, dx_error *err);

/** The same from the file at `path`; fails with IO, too. */
DX_NODISCARD dx_status dx_selectors_read(dx_selectors *s, const char *path,
    dx_error *err);

void dx_selectors_free(dx_selectors *s);

/** The section for a page of `host`, which may be empty; NULL for none. */
const dx_site_selectors *dx_selectors_of(const dx_selectors *s, dx_str host);

#endif
