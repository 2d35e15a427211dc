/* Searches a table of ids, which is in order of their hashes. */
#include "common/index/segment/ids.h"

#include "common/base/bytes.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/segment_internal.h"

uint32_t dx_segment_id_entry(const dx_segment *s, uint32_t i, dx_hash128 *id)
{
    size_t place = (size_t)i * DX_ID_ENTRY_BYTES;
    const uint8_t *e = s->ids.data + place;
    bool sound = dx_column_is_sound(s->ids, place, DX_ID_ENTRY_BYTES);
    uint32_t doc = dx_load_u32(e + 16);

    *id = (dx_hash128){.lo = dx_load_u64(e + 8), .hi = dx_load_u64(e)};
    return sound && doc < s->docs ? doc : DX_ID_NONE;
}

/* The document of the first entry with this id and a document from `doc` on. */
static uint32_t find_entry(const dx_segment *s, dx_hash128 id, uint32_t doc)
{
    uint32_t lo = 0, hi = s->docs;
    dx_hash128 have;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        uint32_t at = dx_segment_id_entry(s, mid, &have);
        bool less = have.hi != id.hi   ? have.hi < id.hi
                    : have.lo != id.lo ? have.lo < id.lo
                                       : at < doc;
        if (less)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == s->docs)
        return DX_ID_NONE;
    uint32_t found = dx_segment_id_entry(s, lo, &have);
    return have.hi == id.hi && have.lo == id.lo ? found : DX_ID_NONE;
}

uint32_t dx_segment_find_id(const dx_segment *s, dx_hash128 id)
{
    return find_entry(s, id, 0);
}

uint32_t dx_segment_find_id_after(const dx_segment *s, dx_hash128 id,
    uint32_t doc)
{
    uint32_t next = find_entry(s, id, doc + 1);

    return next > doc ? next : DX_ID_NONE; /* ends even on damaged entries */
}
