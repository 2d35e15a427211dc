/* context.h -- where in HTML a template stands: this decides how a value is escaped there, so
 * that its writer cannot get it wrong. After the tokenizer of the HTML standard
 * (html.spec.whatwg.org, 13.2.5), for HTML as people write it. */
#ifndef DX_SEARCHER_OUTPUT_HTML_TEMPLATE_CONTEXT_H
#define DX_SEARCHER_OUTPUT_HTML_TEMPLATE_CONTEXT_H

#include <stdbool.h>

#include "common/base/str.h"

typedef enum dx_place {
    DX_PLACE_TEXT,
    DX_PLACE_ATTRIBUTE, /* within quotation marks */
    DX_PLACE_ADDRESS,   /* likewise, at the start of href, src … */
    DX_PLACE_PARAMETER, /* likewise, further on: after "?q=" */
    DX_PLACE_TAG,       /* between attributes: no values, but conditions */
    DX_PLACE_CLOSED     /* scripts, styles, handlers, comments, names, attributes without
                           quotation marks: no values, no conditions */
} dx_place;

#define DX_CONTEXT_NAME_BYTES 16

typedef struct dx_context {
    int state;
    bool started;                     /* there is something of the attribute */
    char tag[DX_CONTEXT_NAME_BYTES];  /* lower-case, cut */
    char name[DX_CONTEXT_NAME_BYTES]; /* likewise, of the attribute */
} dx_context;

void dx_context_init(dx_context *c);

/** Goes on over `html`. */
void dx_context_read(dx_context *c, dx_str html);

/** Goes on over a value. */
void dx_context_pass(dx_context *c);

dx_place dx_context_place(const dx_context *c);

/** Whether both go on in the same way. */
bool dx_context_eq(const dx_context *a, const dx_context *b);

#endif
