/* Finding an article by its id. */
#include "searcher/answer/select/doc_ref.h"

#include "common/base/str.h"
#include "common/index/segment/identity/find.h"

dx_status dx_doc_ref_find(const dx_generation *g, const char *id,
    dx_doc_ref *out, dx_error *err)
{
    if (dx_article_find(g, dx_str_from(id), false, &out->segment,
            &out->doc))
        return DX_OK;
    return dx_fail(err, DX_ERR_INVALID, "%s: no article has this id", id);
}
