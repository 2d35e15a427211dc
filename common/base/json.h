/* json.h -- writing JSON strings; reading is the input readers' business. */
#ifndef DX_BASE_JSON_H
#define DX_BASE_JSON_H

#include "common/base/buf.h"
#include "common/base/str.h"

/** Appends `s` in quotes, escaped (RFC 8259). Ill-formed UTF-8 becomes U+FFFD,
 *  so the output is always valid. Also escapes '<', as \u003c, so that it may
 *  stand within an HTML script. */
void dx_json_put(dx_buf *out, dx_str s);

#endif
