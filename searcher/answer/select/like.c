/* The query that an article makes: its most telling words and pairs. */
#include "searcher/answer/select/like.h"

#include <stdlib.h>

#include "common/base/mem.h"
#include "common/index/codec/bm25.h"
#include "common/index/codec/list.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/pairs.h"
#include "common/index/segment/segment.h"
#include "searcher/answer/select/same_article.h"

/* A syllable of the article, or two that stand side by side in it. */
typedef struct telling {
    uint32_t first, second; /* exact ids; `second` of a pair, else NONE */
    double weight;
} telling;

typedef struct picker {
    const dx_generation *g;
    const dx_segment *home; /* of the article */
    dx_query *query;
    telling best[DX_LIKE_TERMS]; /* the most telling ones so far, in order */
    uint32_t count;
} picker;

static int by_key(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static uint64_t key_of(uint32_t first, uint32_t second)
{
    return (uint64_t)first << 32 | second;
}

/* Every syllable and every pair as often as it counts. */
static size_t collect(const dx_doc *doc, uint64_t *keys)
{
    const dx_token *before = NULL;
    size_t count = 0;

    for (size_t i = 0; i < doc->token_count && i < DX_LIKE_TOKENS_MAX; i++) {
        const dx_token *t = &doc->tokens[i];
        if (t->overlay)
            continue;
        keys[count++] = key_of(t->exact_id, DX_ID_NONE);
        if (t->field == DX_FIELD_TITLE)
            keys[count++] = key_of(t->exact_id, DX_ID_NONE);
        if (before && before->field == t->field && before->pos + 1 == t->pos)
            keys[count++] = key_of(before->exact_id, t->exact_id);
        before = t;
    }
    return count;
}

/* ---- how telling a term is ---- */

/* Ids of the home segment's term `exact` in `s`. */
static void ids_in(const picker *p, const dx_segment *s, uint32_t exact,
    uint32_t *folded_id, uint32_t *exact_id)
{
    uint32_t at_home = dx_segment_folded_of(p->home, exact);

    *folded_id = at_home;
    *exact_id = exact;
    if (s == p->home)
        return;
    *folded_id = dx_segment_find_folded(s,
        dx_segment_folded_string(p->home, at_home));
    *exact_id = *folded_id == DX_ID_NONE
                    ? DX_ID_NONE
                    : dx_segment_find_exact(s, *folded_id,
                          dx_segment_exact_string(p->home, exact));
}

static dx_status count_in(const picker *p, const dx_segment *s,
    const telling *t, uint64_t *df)
{
    uint32_t folded, exact, second, unused;
    dx_list list = {0};

    ids_in(p, s, t->first, &folded, &exact);
    if (t->second == DX_ID_NONE && exact != DX_ID_NONE)
        DX_TRY(dx_segment_exact_list(s, exact, &list));
    if (t->second != DX_ID_NONE && folded != DX_ID_NONE) {
        ids_in(p, s, t->second, &second, &unused);
        if (second != DX_ID_NONE)
            DX_TRY(dx_segment_pair_list(s, folded, second, &list));
    }
    *df += list.df;
    return DX_OK;
}

/* A term that no other document has finds nothing. */
static dx_status weigh(const picker *p, uint32_t tf, telling *t)
{
    uint64_t df = 0;

    for (size_t s = 0; s < p->g->segment_count; s++)
        DX_TRY(count_in(p, p->g->segments[s], t, &df));
    t->weight = df < 2 ? 0.0 : tf * dx_bm25_idf(p->g->docs, df);
    return DX_OK;
}

static void keep(picker *p, telling t)
{
    uint32_t at = p->count < DX_LIKE_TERMS ? p->count++ : DX_LIKE_TERMS - 1;

    for (; at > 0 && p->best[at - 1].weight < t.weight; at--)
        p->best[at] = p->best[at - 1];
    p->best[at] = t;
}

/* What could not get among the best if it were as rare as can be is not looked
 * up. */
static dx_status offer(picker *p, uint64_t key, uint32_t tf)
{
    telling t = {(uint32_t)(key >> 32), (uint32_t)key, 0.0};
    double least = p->count < DX_LIKE_TERMS
                       ? 0.0
                       : p->best[DX_LIKE_TERMS - 1].weight;

    if (tf * dx_bm25_idf(p->g->docs, 2) <= least)
        return DX_OK;
    DX_TRY(weigh(p, tf, &t));
    if (t.weight > least)
        keep(p, t);
    return DX_OK;
}

/* Terms that stand in the article once, or the others. */
static dx_status offer_all(picker *p, const uint64_t *keys, size_t count,
    bool once)
{
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && keys[end] == keys[i];)
            end++;
        if ((end - i == 1) == once)
            DX_TRY(offer(p, keys[i], (uint32_t)(end - i)));
    }
    return DX_OK;
}

/* Those that stand there more often first, which spares most of the others. */
static dx_status pick(picker *p, uint64_t *keys, size_t count)
{
    qsort(keys, count, sizeof *keys, by_key);
    DX_TRY(offer_all(p, keys, count, false));
    return offer_all(p, keys, count, true);
}

/* ---- the query ---- */

/* A syllable alone is that spelling; pairs are kept of folded ones only. */
static dx_status add_word(picker *p, uint32_t exact, bool strict,
    uint32_t *out)
{
    dx_str folded = dx_segment_folded_string(p->home,
        dx_segment_folded_of(p->home, exact));
    dx_str spelling = dx_segment_exact_string(p->home, exact);

    if (!folded.ptr || !spelling.ptr)
        return DX_ERR_CORRUPT;
    DX_TRY(dx_query_add_word(p->query, spelling, folded, false, out));
    p->query->words[*out].strict = strict;
    return DX_OK;
}

static dx_status add_node(picker *p, const telling *t)
{
    bool is_pair = t->second != DX_ID_NONE;
    dx_query *q = p->query;
    uint32_t node, word;

    DX_TRY(dx_query_add_node(q, is_pair ? DX_NODE_PHRASE : DX_NODE_WORD,
        &node));
    DX_TRY(add_word(p, t->first, !is_pair, &q->nodes[node].first));
    q->nodes[node].count = 1 + is_pair;
    q->nodes[node].only_pairs = is_pair;
    if (is_pair)
        DX_TRY(add_word(p, t->second, false, &word));
    q->nodes[node].next = q->nodes[0].child;
    q->nodes[0].child = node;
    return DX_OK;
}

dx_status dx_like_query(const dx_generation *g, dx_doc_ref a, dx_query *q)
{
    picker p = {.g = g, .home = g->segments[a.segment], .query = q};
    dx_doc doc;

    dx_doc_init(&doc);
    dx_status rc = dx_segment_find_terms(p.home, a.doc, DX_FIELD_BODY,
        NULL, &doc);
    uint64_t *keys = dx_realloc_array(NULL, 3 * DX_LIKE_TOKENS_MAX, sizeof *keys);
    if (rc == DX_OK)
        rc = keys ? pick(&p, keys, collect(&doc, keys)) : DX_ERR_NOMEM;
    dx_free(keys);
    dx_doc_free(&doc);
    for (uint32_t i = p.count; i-- > 0 && rc == DX_OK;)
        rc = add_node(&p, &p.best[i]);
    return rc;
}

/* Sets *same to whether `b` is `a`, or published twice. */
static dx_status is_same(dx_same_reader *r, dx_doc_ref a, dx_doc_ref b,
    bool *same)
{
    *same = b.segment == a.segment && b.doc == a.doc;
    if (*same || !dx_same_signature(r->generation, a, b))
        return DX_OK;
    return dx_same_article(r, a, b, same);
}

dx_status dx_like_drop(const dx_generation *g, dx_doc_ref a, dx_ranked *hits,
    uint32_t *count)
{
    dx_same_reader reader;
    dx_status rc = DX_OK;
    uint32_t kept = 0;
    bool same;

    dx_same_reader_init(&reader, g);
    for (uint32_t i = 0; i < *count && rc == DX_OK; i++) {
        dx_doc_ref other = {hits[i].segment, hits[i].doc};
        rc = is_same(&reader, a, other, &same);
        if (!same)
            hits[kept++] = hits[i];
    }
    dx_same_reader_free(&reader);
    *count = kept;
    return rc;
}
