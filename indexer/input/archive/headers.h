/* headers.h -- lines of "Name: value" before something: of WARC, HTTP and mail. */
#ifndef DX_INDEXER_INPUT_ARCHIVE_HEADERS_H
#define DX_INDEXER_INPUT_ARCHIVE_HEADERS_H

#include <stdbool.h>

#include "common/base/str.h"

/** Takes the first line off *rest, without its end. */
dx_str dx_headers_line(dx_str *rest);

/** Takes the next header off *rest. A value that goes on in further lines, which begin
 *  with blanks, has these with their ends. False behind the empty line that ends
 *  headers: *rest is the body. What is no header is passed over. */
bool dx_headers_next(dx_str *rest, dx_str *name, dx_str *value);

/** "text/html" of "text/html; charset=utf-8". */
dx_str dx_headers_first(dx_str value);

/** The parameter of that name (small letters), quotes gone; empty: there is none. */
dx_str dx_headers_parameter(dx_str value, const char *name);

#endif
