/* What all who look for names in a query share. */
#include "searcher/understand/names/finder.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/text/term.h"
#include "common/text/utf8.h"
#include "searcher/understand/count.h"

#define NOTE_MAX_BYTES (4u * DX_QUERY_MAX_BYTES)

const dx_query_word *dx_finder_word(const dx_finder *f, uint32_t i)
{
    return &f->query->words[f->query->nodes[f->row[i]].first];
}

dx_status dx_finder_analyse(dx_finder *f, dx_str text, dx_name_words *out)
{
    if (!f->analyzer)
        f->analyzer = dx_analyzer_new();
    return f->analyzer ? dx_name_words_of(f->analyzer, text, out)
                       : DX_ERR_NOMEM;
}

static bool is_marked(const dx_name_words *words, size_t i)
{
    dx_term term = {.exact = words->exact[i], .folded = words->folded[i]};

    return dx_term_is_marked(&term);
}

dx_status dx_finder_index_has(const dx_finder *f, const dx_name_words *words,
    bool *has)
{
    uint64_t documents;

    *has = true;
    for (size_t i = 0; i < words->count && *has; i++) {
        DX_TRY(is_marked(words, i)
                   ? dx_count_spelling(f->generation, words->folded[i],
                         words->exact[i], &documents)
                   : dx_count_word(f->generation, words->folded[i],
                         &documents));
        *has = documents > 0;
    }
    return DX_OK;
}

dx_status dx_finder_add_node(dx_finder *f, const dx_name_words *words,
    double boost, uint32_t *out)
{
    dx_query *q = f->query;
    uint32_t count = (uint32_t)words->count, word;

    if (q->word_cap - q->word_count < count)
        return DX_ERR_LIMIT;
    DX_TRY(dx_query_add_node(q, count > 1 ? DX_NODE_PHRASE : DX_NODE_WORD,
        out));
    dx_node *node = &q->nodes[*out];
    node->first = q->word_count;
    node->count = count;
    node->boost = boost;
    node->by_pairs = count > 1;
    for (uint32_t i = 0; i < count; i++) {
        bool marked = is_marked(words, i);
        DX_TRY(dx_query_add_word(q, words->exact[i], words->folded[i], marked,
            &word));
        q->words[word].strict = marked;
    }
    return DX_OK;
}

dx_status dx_finder_note(dx_finder *f, dx_note_kind kind, uint32_t start,
    uint32_t end, dx_str shown, const char *detail)
{
    dx_str text = f->query->text;
    dx_arena *arena = f->notes->arena;
    const char *query = NULL;
    dx_buf out;

    dx_buf_init(&out, NOTE_MAX_BYTES);
    dx_buf_put(&out, text.ptr, start);
    dx_buf_put_str(&out, shown);
    dx_buf_put(&out, text.ptr + end, text.len - end);
    dx_utf8_clean((char *)out.data, out.len);
    if (out.status == DX_OK)
        query = dx_arena_strndup(arena, (const char *)out.data, out.len);
    dx_buf_free(&out);
    const char *copy = dx_arena_strndup(arena, shown.ptr, shown.len);
    if (!query || !copy)
        return DX_ERR_NOMEM;
    dx_notes_add(f->notes, (dx_note){kind, copy, detail, query});
    return DX_OK;
}
