/* Memory for rows of form numbers. */
#include "indexer/gather/form_stream.h"

#include "common/base/mem.h"

dx_status dx_form_stream_grow(dx_form_stream *s)
{
    void *p = s->units;

    if (dx_grow(&p, &s->cap, s->count + 2, sizeof *s->units) != 0)
        return DX_ERR_NOMEM;
    s->units = p;
    return DX_OK;
}
