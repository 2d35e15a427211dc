/* Finding an article by its id. */
#include "searcher/answer/select/doc_ref.h"

#include <string.h>

#include "common/base/hash.h"
#include "common/index/segment/hidden.h"
#include "common/index/segment/id.h"
#include "common/index/segment/ids.h"
#include "common/index/segment/segment.h"

dx_status dx_doc_ref_find(const dx_generation *g, const char *id,
    dx_doc_ref *out, dx_error *err)
{
    dx_hash128 hash = dx_hash128_of(id, strlen(id));

    for (size_t i = g->segment_count; i-- > 0;) {
        const dx_segment *s = g->segments[i];
        const uint64_t *withheld = dx_segment_withheld(s);
        uint32_t d = dx_segment_find_id(s, hash);
        while (d != DX_ID_NONE && dx_deleted_at(withheld, d))
            d = dx_segment_find_id_after(s, hash, d);
        if (d != DX_ID_NONE) {
            *out = (dx_doc_ref){(uint32_t)i, d};
            return DX_OK;
        }
    }
    return dx_fail(err, DX_ERR_INVALID, "%s: no article has this id", id);
}
