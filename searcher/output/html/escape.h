/* escape.h -- text and addresses made safe to stand in a page. Whatever the bytes
 * are, what comes out is valid UTF-8 that ends no element and no attribute. */
#ifndef DX_SEARCHER_OUTPUT_HTML_ESCAPE_H
#define DX_SEARCHER_OUTPUT_HTML_ESCAPE_H

#include <stdbool.h>

#include "common/base/buf.h"

/** Appends `text` for an element's content or a quoted attribute. Control
 *  characters and ill-formed bytes become U+FFFD. */
void dx_html_put(dx_buf *out, const char *text);

/** Whether `url` may be linked to: http or https with something behind it. Any
 *  other scheme could run a script. */
bool dx_url_is_web(const char *url);

/** Appends `url` for a quoted href: escaped, with bytes that no address may
 *  contain percent-encoded. */
void dx_html_put_url(dx_buf *out, const char *url);

/** Appends `text` as the value of a parameter in an address. */
void dx_html_put_parameter(dx_buf *out, const char *text);

/** The host that a web address names, without "www.", appended escaped. */
void dx_html_put_host(dx_buf *out, const char *url);

#endif
