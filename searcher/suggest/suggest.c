/* Suggestions: phrases first, then titles. */
#include "searcher/suggest/suggest.h"

#include "searcher/suggest/phrase.h"
#include "searcher/suggest/title.h"
#include "searcher/suggest/typed.h"

/* At most one in so many is a title, as long as there are phrases. */
#define TITLE_SHARE 3u

dx_status dx_suggest_from(const dx_generation *g, dx_str text,
    dx_suggest_list *out)
{
    dx_typed typed = {
        .segment = dx_generation_largest(g), .arena = out->arena, .text = text};

    if (!typed.segment)
        return DX_OK;
    DX_TRY(dx_typed_read(&typed));
    if (typed.count == 0)
        return DX_OK;
    DX_TRY(dx_suggest_phrases(&typed, out->limit - out->limit / TITLE_SHARE,
        out));
    return dx_suggest_titles(&typed, out->limit, out);
}
