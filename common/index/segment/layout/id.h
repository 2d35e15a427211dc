/* id.h -- how a segment numbers its terms and documents.
 *
 *   folded id  0.. in byte order of the folded strings
 *   exact id   0.. in order of (folded string, exact string), so the exact
 *              forms of one folded term, and of one folded prefix, are a range
 *   doc        0.. in order of arrival */
#ifndef DX_INDEX_SEGMENT_LAYOUT_ID_H
#define DX_INDEX_SEGMENT_LAYOUT_ID_H

#include <stdbool.h>
#include <stdint.h>

#define DX_ID_NONE UINT32_MAX

typedef struct dx_id_span { /* exact ids [first, end); may be empty */
    uint32_t first, end;
} dx_id_span;

typedef struct dx_id_spans { /* ascending, none of them empty but an only one */
    const dx_id_span *at;
    uint32_t count;
} dx_id_spans;

static inline bool dx_id_spans_have(dx_id_spans spans, uint32_t id)
{
    uint32_t low = 0, high = spans.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (id >= spans.at[middle].end)
            low = middle + 1;
        else if (id < spans.at[middle].first)
            high = middle;
        else
            return true;
    }
    return false;
}

#endif
