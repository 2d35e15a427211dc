/* What was typed, word by word. */
#include "searcher/suggest/typed.h"

#include "common/index/segment/dictionary.h"
#include "common/text/analyzer.h"
#include "common/text/lexer.h"
#include "common/text/term.h"

static dx_status add_word(dx_typed *t, dx_str word, const dx_term *term)
{
    dx_typed_word *w = &t->words[t->count];
    char *exact = dx_arena_strndup(t->arena, term->exact.ptr, term->exact.len);
    char *folded =
        dx_arena_strndup(t->arena, term->folded.ptr, term->folded.len);

    if (!exact || !folded)
        return DX_ERR_NOMEM;
    uint32_t at = (uint32_t)(word.ptr - t->text.ptr);
    *w = (dx_typed_word){.exact = {exact, term->exact.len},
        .folded = {folded, term->folded.len},
        .start = at + term->start,
        .end = at + term->end,
        .marked = dx_term_is_marked(term)};
    t->count++;
    return DX_OK;
}

static dx_status read_words(dx_typed *t, dx_analyzer *analyzer)
{
    dx_lexer lx = dx_lexer_new(t->text);
    dx_str gap, word;
    const dx_term *terms;
    size_t count;

    while (dx_lexer_next(&lx, &gap, &word)) {
        DX_TRY(dx_analyzer_word(analyzer, word, &terms, &count));
        for (size_t i = 0; i < count; i++)
            if (!terms[i].overlay && t->count < DX_TYPED_WORDS_MAX)
                DX_TRY(add_word(t, word, &terms[i]));
    }
    t->unfinished = t->count > 0 && t->words[t->count - 1].end == t->text.len;
    return DX_OK;
}

/* An unfinished word is not looked up, as any that begin like it may be meant.
 */
static void look_up(dx_typed *t)
{
    for (uint32_t i = 0; i < t->count; i++) {
        dx_typed_word *w = &t->words[i];
        w->folded_id = i + 1 == t->count && t->unfinished
                           ? DX_ID_NONE
                           : dx_segment_find_folded(t->segment, w->folded);
        if (w->folded_id == DX_ID_NONE)
            continue;
        uint32_t exact = w->marked ? dx_segment_find_exact(t->segment,
                                         w->folded_id, w->exact)
                                   : DX_ID_NONE;
        if (exact != DX_ID_NONE)
            w->exacts = (dx_id_span){exact, exact + 1};
        else
            dx_segment_exact_range(t->segment, w->folded_id, w->folded_id + 1,
                &w->exacts.first, &w->exacts.end);
    }
}

dx_status dx_typed_read(dx_typed *t)
{
    dx_analyzer *analyzer = dx_analyzer_new();

    if (!analyzer)
        return DX_ERR_NOMEM;
    dx_status rc = read_words(t, analyzer);
    dx_analyzer_free(analyzer);
    if (rc == DX_OK)
        look_up(t);
    return rc;
}
