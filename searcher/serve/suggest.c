/* Suggestions for browsers. */
#include "searcher/serve/suggest.h"

#include "common/base/escape.h"
#include "searcher/output/xml/description.h"
#include "searcher/serve/site.h"

#define USUAL 8u

static uint32_t count_of(const dx_web_request *request, const dx_view *view)
{
    uint32_t wanted = request->limit ? request->limit : USUAL;

    if (!(view->face->parts & DX_PART_SUGGESTIONS))
        return 0;
    return wanted < DX_SUGGESTIONS_MAX ? wanted : DX_SUGGESTIONS_MAX;
}

dx_status dx_web_suggest(dx_index *ix, const dx_web_request *request,
    const dx_view *view, dx_response *r)
{
    dx_buf *out = &r->body;
    dx_suggestions *s;
    dx_error err = {0};
    dx_status rc = dx_suggest(ix, request->query, count_of(request, view), &s, &err);

    if (rc != DX_OK) {
        dx_site_log_error(&r->log, "DX_INDEX", &err);
        return rc;
    }
    r->mime = DX_SUGGESTIONS_MIME;
    dx_buf_putc(out, '[');
    dx_json_put(out, dx_str_from(request->query));
    dx_buf_puts(out, ",[");
    for (uint32_t i = 0; i < dx_suggestions_count(s); i++) {
        dx_buf_puts(out, i > 0 ? "," : "");
        dx_json_put(out, dx_str_from(dx_suggestions_text(s, i)));
    }
    dx_buf_puts(out, "]]");
    dx_suggestions_free(s);
    return out->status;
}
