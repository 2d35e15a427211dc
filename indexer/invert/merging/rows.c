/* Walks rows of pairs or triples of several segments side by side. */
#include "indexer/invert/merging/rows.h"

dx_status dx_merge_row_next(dx_merge_row *r)
{
    uint32_t last;
    dx_status rc = DX_OK;

    r->last = DX_MERGE_GONE;
    while (r->last == DX_MERGE_GONE &&
           dx_pair_walk_next(&r->walk, &last, &r->list, &rc))
        r->last = r->source->folded_to[last];
    return rc;
}

uint32_t dx_merge_rows_least(const dx_merge_row *rows, size_t count)
{
    uint32_t least = DX_MERGE_GONE;

    for (size_t i = 0; i < count; i++)
        least = rows[i].last < least ? rows[i].last : least;
    return least;
}

dx_status dx_merge_rows_take(dx_merge_row *rows, size_t count, uint32_t last,
    dx_merge_postings *to)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].last == last) {
            DX_TRY(dx_merge_postings_add(to, rows[i].source, &rows[i].list));
            DX_TRY(dx_merge_row_next(&rows[i]));
            if (rows[i].last <= last) /* out of order */
                return DX_ERR_CORRUPT;
        }
    return DX_OK;
}
