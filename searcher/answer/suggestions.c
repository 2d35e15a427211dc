/* Suggestions, as dx/search.h shows them. */
#include <assert.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/base/mem.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "searcher/answer/call.h"
#include "searcher/answer/open/collection.h"
#include "searcher/answer/open/index.h"
#include "searcher/include/dx/search.h"
#include "searcher/suggest/list.h"
#include "searcher/suggest/suggest.h"

struct dx_suggestions {
    dx_arena arena;
    dx_suggest_list list;
};

dx_status dx_suggest(dx_index *ix, const char *typed, uint32_t limit,
    dx_suggestions **out, dx_error *err)
{
    dx_call_begin(err);
    if (out)
        *out = NULL;
    DX_TRY(DX_CALL_CHECK("dx_suggest", err, ix, typed, out));
    if (limit > DX_SUGGESTIONS_MAX)
        return dx_fail(err, DX_ERR_INVALID,
            "limit %lu: at most %d (DX_SUGGESTIONS_MAX)",
            (unsigned long)limit, DX_SUGGESTIONS_MAX);
    assert(out);
    dx_suggestions *s = dx_calloc(1, sizeof *s);
    if (!s)
        return dx_fail_nomem(err);
    s->list.limit = limit;
    s->list.arena = &s->arena;
    dx_str text = {typed, strnlen(typed, DX_QUERY_MAX_BYTES)};
    dx_collection *collection = dx_index_collection(ix);
    dx_status rc = dx_suggest_from(&collection->generation, text, &s->list);
    rc = dx_collection_settle(collection, rc, err);
    dx_collection_release(collection);
    if (rc == DX_OK)
        *out = s;
    else
        dx_suggestions_free(s);
    return dx_call_end(rc, err);
}

uint32_t dx_suggestions_count(const dx_suggestions *s)
{
    return s ? s->list.count : 0;
}

const char *dx_suggestions_text(const dx_suggestions *s, uint32_t i)
{
    return i < dx_suggestions_count(s) ? s->list.text[i] : "";
}

void dx_suggestions_free(dx_suggestions *s)
{
    if (!s)
        return;
    dx_arena_free(&s->arena);
    dx_free(s);
}
