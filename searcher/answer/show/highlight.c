/* Which words of a document a query's words are. */
#include "searcher/answer/show/highlight.h"

#include "common/index/segment/dictionary.h"
#include "common/index/segment/layout/id.h"
#include "searcher/match/lookup/expand.h"

static bool doc_has(const dx_doc *doc, uint32_t exact_id)
{
    for (size_t i = 0; i < doc->token_count; i++)
        if (doc->tokens[i].exact_id == exact_id)
            return true;
    return false;
}

static bool has_range(const dx_id_range *ranges, size_t count, uint32_t exact)
{
    for (size_t i = 0; i < count; i++)
        if (exact >= ranges[i].first && exact < ranges[i].end)
            return true;
    return false;
}

typedef struct ranges {
    const dx_segment *segment;
    const dx_query *query;
    const dx_doc *doc;
    bool exact_accents;
    dx_id_range *at;
    size_t count;
} ranges;

static void add_expanded(ranges *r, uint32_t word)
{
    const dx_query_word *w = &r->query->words[word];
    bool by_exact = dx_word_goes_by_exact(w, r->exact_accents);

    for (size_t i = 0; i < r->doc->token_count; i++) {
        uint32_t exact = r->doc->tokens[i].exact_id;
        if (r->count == DX_HIGHLIGHT_RANGES_MAX)
            return;
        if (has_range(r->at, r->count, exact))
            continue;
        dx_str folded = dx_segment_folded_string(r->segment,
            dx_segment_folded_of(r->segment, exact));
        dx_str spelling = dx_segment_exact_string(r->segment, exact);
        if (folded.ptr && spelling.ptr &&
            dx_word_stands_for(w, by_exact, folded, spelling))
            r->at[r->count++] = (dx_id_range){exact, exact + 1, word};
    }
}

static bool word_range(const dx_segment *s, const dx_query_word *w, bool strict,
    const dx_doc *doc, dx_id_range *out)
{
    uint32_t folded = dx_segment_find_folded(s, w->folded);
    uint32_t exact = DX_ID_NONE;

    if (folded == DX_ID_NONE)
        return false;
    if (strict || w->marked)
        exact = dx_segment_find_exact(s, folded, w->exact);
    if (exact != DX_ID_NONE && (strict || doc_has(doc, exact))) {
        out->first = exact;
        out->end = exact + 1;
        return true;
    }
    if (strict)
        return false;
    dx_segment_exact_range(s, folded, folded + 1, &out->first, &out->end);
    return true;
}

static void add_words(ranges *r, const dx_node *n)
{
    for (uint32_t w = n->first; w < n->first + n->count; w++) {
        const dx_query_word *word = &r->query->words[w];
        if (word->kind != DX_WORD_TERM)
            add_expanded(r, w);
        else if (r->count < DX_HIGHLIGHT_RANGES_MAX &&
                 word_range(r->segment, word,
                     r->exact_accents || word->strict, r->doc,
                     &r->at[r->count]))
            r->at[r->count++].word = w;
    }
}

static void add_below(ranges *r, uint32_t first)
{
    const dx_node *nodes = r->query->nodes;

    for (uint32_t c = first; c != DX_NODE_NONE; c = nodes[c].next) {
        if (nodes[c].kind == DX_NODE_NOT)
            continue;
        add_words(r, &nodes[c]);
        add_below(r, nodes[c].child);
        add_below(r, nodes[c].alternative);
    }
}

size_t dx_highlight_ranges(const dx_segment *s, const dx_query *q,
    bool exact_accents, const dx_doc *doc, dx_id_range *out)
{
    ranges r = {s, q, doc, exact_accents, out, 0};

    add_below(&r, q->nodes[0].child);
    return r.count;
}

/* A word that the document may have in any spelling, or only in this one. */
static bool filter_words(const dx_segment *s, const dx_query *q,
    bool exact_accents, const dx_node *n, dx_id_filter *out)
{
    for (uint32_t w = n->first; w < n->first + n->count; w++) {
        const dx_query_word *word = &q->words[w];
        uint32_t folded = dx_segment_find_folded(s, word->folded), first, end;
        if (word->kind != DX_WORD_TERM)
            return false;
        if (folded == DX_ID_NONE)
            continue;
        dx_segment_exact_range(s, folded, folded + 1, &first, &end);
        if (exact_accents || word->strict) {
            first = dx_segment_find_exact(s, folded, word->exact);
            end = first + (first != DX_ID_NONE);
        }
        dx_id_filter_add(out, first, end);
    }
    return true;
}

static bool filter_below(const dx_segment *s, const dx_query *q,
    bool exact_accents, uint32_t first, dx_id_filter *out)
{
    const dx_node *nodes = q->nodes;
    bool all = true;

    for (uint32_t c = first; c != DX_NODE_NONE && all; c = nodes[c].next)
        if (nodes[c].kind != DX_NODE_NOT)
            all = filter_words(s, q, exact_accents, &nodes[c], out) &&
                  filter_below(s, q, exact_accents, nodes[c].child, out) &&
                  filter_below(s, q, exact_accents, nodes[c].alternative, out);
    return all;
}

bool dx_highlight_filter(const dx_segment *s, const dx_query *q, bool exact_accents,
    dx_id_filter *out)
{
    *out = (dx_id_filter){{0}};
    return filter_below(s, q, exact_accents, q->nodes[0].child, out);
}
