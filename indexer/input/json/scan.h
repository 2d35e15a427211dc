/* scan.h -- walking over JSON text that is not parsed. Nothing is checked but what is
 * needed to find where values end. */
#ifndef DX_INDEXER_INPUT_JSON_SCAN_H
#define DX_INDEXER_INPUT_JSON_SCAN_H

#include <stdbool.h>

#include "common/base/str.h"

/** Past blanks and line ends. */
const char *dx_json_skip_blanks(const char *p, const char *end);

/** Past the value that starts at `p`; NULL when it does not end before `end`. */
const char *dx_json_value_end(const char *p, const char *end);

/* A member of an object, or an item of an array. */
typedef struct dx_json_scan {
    const char *p, *end; /* what is left: behind the '{' or '[' at first */
    dx_str key;          /* without quotes, as it is escaped; empty in an array */
    dx_str value;
} dx_json_scan;

/** At the start of an object or array, which `text` is. */
dx_json_scan dx_json_scan_start(dx_str text);

/** Goes to the next member or item; false at the end, and where the text is none. */
bool dx_json_scan_next(dx_json_scan *scan);

#endif
