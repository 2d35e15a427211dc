#include "searcher/suggest/suggest.h"

#include <string.h>
#include <strings.h>

#include "common/base/mem.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/id.h"
#include "common/index/segment/segment.h"
#include "common/text/analyzer.h"
#include "common/text/utf8.h"
#include "searcher/answer/index.h"
#include "searcher/suggest/suggest_internal.h"

/* At most one in so many is a title, as long as there are phrases. */
#define TITLE_SHARE 3u

dx_status dx_suggest_add(dx_suggester *s, dx_str text)
{
    dx_suggest_list *out = s->out;

    if (out->count == out->limit)
        return DX_OK;
    char *copy = dx_arena_strndup(s->arena, text.ptr, text.len);
    if (!copy)
        return DX_ERR_NOMEM;
    dx_utf8_clean(copy, text.len); /* some of it stays as it was typed */
    for (uint32_t i = 0; i < out->count; i++)
        if (strcasecmp(out->text[i], copy) == 0)
            return DX_OK;
    out->text[out->count++] = copy;
    return DX_OK;
}

static const dx_segment *largest_segment(const dx_generation *g)
{
    const dx_segment *best = NULL;

    for (size_t i = 0; i < g->segment_count; i++)
        if (!best || dx_segment_docs(g->segments[i]) > dx_segment_docs(best))
            best = g->segments[i];
    return best;
}

/* ---- what was typed ---- */

static dx_status add_word(dx_suggester *s, dx_str word, const dx_term *t)
{
    dx_typed_word *w = &s->words[s->count];
    char *exact = dx_arena_strndup(s->arena, t->exact.ptr, t->exact.len);
    char *folded = dx_arena_strndup(s->arena, t->folded.ptr, t->folded.len);

    if (!exact || !folded)
        return DX_ERR_NOMEM;
    uint32_t at = (uint32_t)(word.ptr - s->typed.ptr);
    *w = (dx_typed_word){.exact = {exact, t->exact.len},
        .folded = {folded, t->folded.len},
        .start = at + t->start,
        .end = at + t->end,
        .marked = dx_term_is_marked(t)};
    s->count++;
    return DX_OK;
}

static dx_status read_words(dx_suggester *s, dx_analyzer *analyzer)
{
    dx_lexer lx = dx_lexer_new(s->typed);
    dx_str gap, word;
    const dx_term *terms;
    size_t count;

    while (dx_lexer_next(&lx, &gap, &word)) {
        DX_TRY(dx_analyzer_word(analyzer, word, &terms, &count));
        for (size_t i = 0; i < count; i++)
            if (!terms[i].overlay && s->count < DX_SUGGEST_WORDS_MAX)
                DX_TRY(add_word(s, word, &terms[i]));
    }
    s->unfinished = s->count > 0 && s->words[s->count - 1].end == s->typed.len;
    return DX_OK;
}

/* An unfinished word is not looked up, as any that begin like it may be meant.
 */
static void look_up(dx_suggester *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        dx_typed_word *w = &s->words[i];
        w->folded_id = i + 1 == s->count && s->unfinished
                           ? DX_ID_NONE
                           : dx_segment_find_folded(s->segment, w->folded);
        if (w->folded_id == DX_ID_NONE)
            continue;
        uint32_t exact = w->marked ? dx_segment_find_exact(s->segment,
                                         w->folded_id, w->exact)
                                   : DX_ID_NONE;
        if (exact != DX_ID_NONE)
            w->exacts = (dx_id_span){exact, exact + 1};
        else
            dx_segment_exact_range(s->segment, w->folded_id, w->folded_id + 1,
                &w->exacts.first, &w->exacts.end);
    }
}

dx_status dx_suggest_from(const dx_generation *g, dx_str typed, dx_arena *arena,
    dx_suggest_list *out)
{
    dx_suggester s = {.segment = largest_segment(g),
        .arena = arena,
        .typed = typed,
        .out = out};
    dx_analyzer *analyzer = s.segment ? dx_analyzer_new() : NULL;

    if (!s.segment)
        return DX_OK;
    if (!analyzer)
        return DX_ERR_NOMEM;
    dx_status rc = read_words(&s, analyzer);
    dx_analyzer_free(analyzer);
    if (rc != DX_OK || s.count == 0)
        return rc;
    look_up(&s);
    DX_TRY(dx_suggest_phrases(&s, out->limit - out->limit / TITLE_SHARE));
    return dx_suggest_titles(&s, out->limit);
}

/* ---- as dx/search.h shows it ---- */

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
    dx_status rc = dx_suggest_from(&ix->generation, (dx_str){typed, len},
        &s->arena, &s->list);
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
