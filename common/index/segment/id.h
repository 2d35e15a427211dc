/* id.h -- how a segment numbers its terms and documents.
 *
 *   folded id  0.. in byte order of the folded strings
 *   exact id   0.. in order of (folded string, exact string), so the exact
 *              forms of one folded term, and of one folded prefix, are a range
 *   doc        0.. in order of arrival */
#ifndef DX_INDEX_SEGMENT_ID_H
#define DX_INDEX_SEGMENT_ID_H

#include <stdint.h>

#define DX_ID_NONE UINT32_MAX

typedef struct dx_id_span { /* exact ids [first, end); may be empty */
    uint32_t first, end;
} dx_id_span;

#endif
