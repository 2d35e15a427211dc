/* Suggestions, as dx/search.h shows them. */
#include <string.h>

#include "common/base/mem.h"
#include "searcher/answer/index.h"
#include "searcher/suggest/suggest.h"

struct dx_suggestions {
    dx_arena arena;
    dx_suggest_list list;
};

dx_status dx_suggest(dx_index *ix, const char *typed, uint32_t limit,
    dx_suggestions **out, dx_error *err)
{
    dx_suggestions *s = dx_calloc(1, sizeof *s);
    size_t len = strnlen(typed, DX_QUERY_MAX_BYTES);

    *out = NULL;
    if (!s)
        return dx_fail_nomem(err);
    s->list.limit = limit < DX_SUGGEST_MAX ? limit : DX_SUGGEST_MAX;
    s->list.arena = &s->arena;
    dx_status rc =
        dx_suggest_from(&ix->generation, (dx_str){typed, len}, &s->list);
    if (rc != DX_OK) {
        dx_suggestions_free(s);
        return rc == DX_ERR_CORRUPT
                   ? dx_fail(err, rc,
                         "the index is damaged; run `dxindex check`")
                   : dx_fail(err, rc, "%s", dx_status_text(rc));
    }
    *out = s;
    return DX_OK;
}

uint32_t dx_suggestions_count(const dx_suggestions *s) { return s->list.count; }

const char *dx_suggestions_text(const dx_suggestions *s, uint32_t i)
{
    return i < s->list.count ? s->list.text[i] : "";
}

void dx_suggestions_free(dx_suggestions *s)
{
    if (!s)
        return;
    dx_arena_free(&s->arena);
    dx_free(s);
}
