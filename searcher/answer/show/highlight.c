/* Which words of a document a query's words are. */
#include "searcher/answer/show/highlight.h"

#include "common/index/codec/bm25.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/layout/id.h"
#include "searcher/match/lookup/expand.h"
#include "searcher/understand/count.h"

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
    const dx_highlight *how;
    const dx_segment *segment;
    const dx_doc *doc;
    dx_id_range *at;
    size_t count;
} ranges;

static void add_expanded(ranges *r, uint32_t word)
{
    const dx_query_word *w = &r->how->query->words[word];
    bool by_exact = dx_word_goes_by_exact(w, r->how->exact_accents);

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
            r->at[r->count++] = (dx_id_range){exact, exact + 1, word, false};
    }
}

/* Other spellings count for less than that share of the one that was meant. */
#define SURE_SHARE 0.5

/* The spelling that was meant; {NULL, 0}: that is not known. */
static dx_str meant(const dx_query_word *w, bool strict)
{
    if (strict || w->marked || !w->reading.len)
        return strict || w->marked ? w->exact : (dx_str){NULL, 0};
    return w->reading;
}

static bool is_sure(const ranges *r, const dx_query_word *w)
{
    return w->marked || (w->reading.len && (r->how->read_surely ||
                                               w->fallback < SURE_SHARE));
}

static bool doc_has_spelling(const ranges *r, uint32_t folded, dx_str spelling,
    uint32_t *exact)
{
    *exact = spelling.len
                 ? dx_segment_find_exact(r->segment, folded, spelling)
                 : DX_ID_NONE;
    return *exact != DX_ID_NONE && doc_has(r->doc, *exact);
}

/* The exact ids that `w` stands for in the document: [*first, *end), none if empty. */
static void find_range(const ranges *r, const dx_query_word *w, uint32_t folded,
    bool strict, uint32_t *first, uint32_t *end)
{
    if (doc_has_spelling(r, folded, meant(w, strict), first) ||
        (!strict && doc_has_spelling(r, folded, w->folded, first) &&
            meant(w, strict).len)) {
        *end = *first + 1;
        return;
    }
    *first = *end = 0;
    if (!strict && !is_sure(r, w))
        dx_segment_exact_range(r->segment, folded, folded + 1, first, end);
}

static void add_word(ranges *r, uint32_t word, bool strict, bool beside)
{
    const dx_query_word *w = &r->how->query->words[word];
    uint32_t folded = dx_segment_find_folded(r->segment, w->folded), first, end;

    if (folded == DX_ID_NONE || r->count == DX_HIGHLIGHT_RANGES_MAX)
        return;
    find_range(r, w, folded, strict, &first, &end);
    if (first < end)
        r->at[r->count++] =
            (dx_id_range){first, end, word, beside || r->how->light[word]};
}

static void add_words(ranges *r, const dx_node *n, bool beside)
{
    for (uint32_t w = n->first; w < n->first + n->count; w++) {
        const dx_query_word *word = &r->how->query->words[w];
        bool strict = r->how->exact_accents || word->strict || n->only_pairs;
        if (word->kind != DX_WORD_TERM)
            add_expanded(r, w);
        else
            add_word(r, w, strict, beside);
    }
}

static void add_below(ranges *r, uint32_t first, bool instead)
{
    const dx_node *nodes = r->how->query->nodes;

    for (uint32_t c = first; c != DX_NODE_NONE; c = nodes[c].next) {
        if (nodes[c].kind == DX_NODE_NOT)
            continue;
        add_words(r, &nodes[c], nodes[c].only_pairs || (instead && nodes[c].count > 1));
        add_below(r, nodes[c].child, false);
        add_below(r, nodes[c].alternative, true);
    }
}

size_t dx_highlight_ranges(const dx_highlight *h, const dx_segment *s,
    const dx_doc *doc, dx_id_range *out)
{
    ranges r = {h, s, doc, out, 0};

    add_below(&r, h->query->nodes[0].child, false);
    return r.count;
}

/* ---- what says next to nothing ---- */

/* Less than so much of what the words that were typed say on average. */
#define LIGHT_SHARE 0.4

static dx_status idf_of(const dx_highlight *h, const dx_generation *g,
    const dx_query_word *w, double *out)
{
    dx_str spelling = meant(w, h->exact_accents || w->strict);
    uint64_t count;

    DX_TRY(spelling.len ? dx_count_spelling(g, w->folded, spelling, &count)
                        : dx_count_word(g, w->folded, &count));
    *out = dx_bm25_idf(g->docs + g->deleted, count);
    return DX_OK;
}

dx_status dx_highlight_weigh(dx_highlight *h, const dx_generation *g)
{
    const dx_query *q = h->query;
    double idf[DX_QUERY_MAX_TERMS + DX_QUERY_MAX_ADDED], sum = 0.0;

    for (uint32_t i = 0; i < q->typed_count; i++) {
        DX_TRY(idf_of(h, g, &q->words[i], &idf[i]));
        sum += idf[i];
    }
    for (uint32_t i = 0; i < q->typed_count; i++)
        h->light[i] = idf[i] * q->typed_count < LIGHT_SHARE * sum;
    return DX_OK;
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
