/* template.h -- parts of pages as their owner may write them: HTML with names in it.
 *
 *     {{title}}                   a value, escaped for where it stands (context.h)
 *     {{text.submit}}             a text in the reader's language (texts.h)
 *     {{#if link}}…{{else}}…{{/if}}   only where there is a value
 *     {{! anything }}             a remark
 *
 * Lines lose the blanks that they begin with. Values of the program's own HTML stand between
 * tags only. An address that does not lead to the web or to the site itself (javascript:,
 * data:) is left out. Scripts, styles, handlers (onclick) and attributes without quotation
 * marks take no values, and a condition ends where it began: within the same tag, attribute
 * or text. All this is told when a template is read, so writing one out cannot fail but for
 * memory. */
#ifndef DX_SEARCHER_OUTPUT_HTML_TEMPLATE_TEMPLATE_H
#define DX_SEARCHER_OUTPUT_HTML_TEMPLATE_TEMPLATE_H

#include <stdint.h>

#include "common/cli/language.h"
#include "searcher/output/html/template/slots.h"

#define DX_TEMPLATE_BYTES_MAX 65536u /* of a file */

typedef enum dx_op_kind {
    DX_OP_LITERAL,   /* `length` bytes from `at` in the text */
    DX_OP_HTML,      /* the slot `at`, as it is */
    DX_OP_TEXT,      /* escaped for text and attributes */
    DX_OP_ADDRESS,   /* an address from its start */
    DX_OP_PARAMETER, /* the value of a parameter in an address */
    DX_OP_MESSAGE,   /* the text (texts.h) `at` */
    DX_OP_UNLESS,    /* when the slot `length` is empty, on to the op `at` */
    DX_OP_JUMP       /* on to the op `at` */
} dx_op_kind;

typedef struct dx_op {
    uint32_t kind, at, length;
} dx_op;

typedef struct dx_template {
    const char *text; /* without remarks and indents */
    const dx_op *ops;
    uint32_t count;
} dx_template;

/** Reads `text` as a template of `part`. Fails with NOMEM, or with INVALID: err->msg is then
 *  "LINE: what is wrong". To be freed by dx_template_free(). */
DX_NODISCARD dx_status dx_template_read(dx_template_id part, dx_str text,
    dx_template *out, dx_error *err);
/** Of one that was read. */
void dx_template_free(dx_template *t);

/** Appends the template with these values. Latches what failed in `out`, also where a value
 *  could not be made. Thread-safe on one template. */
void dx_template_put(const dx_template *t, const dx_values *values,
    dx_language language, dx_buf *out);

/** Whether an address leads to the web, or to a place of the same site: "?q=", "/tin". */
bool dx_address_is_safe(dx_str address);

#endif
