/* Memory for rows of form numbers. */
#include "indexer/gather/form_stream.h"

#include "common/base/mem.h"

dx_status dx_form_stream_reserve(dx_form_stream *s, size_t units)
{
    void *p = s->units;

    if (dx_grow(&p, &s->cap, s->count + units, sizeof *s->units) != 0)
        return DX_ERR_NOMEM;
    s->units = p;
    return DX_OK;
}
