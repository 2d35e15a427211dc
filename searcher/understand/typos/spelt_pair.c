/* How often two words stand beside one another as they are spelt. */
#include "searcher/understand/typos/spelt_pair.h"

#include "common/base/arena.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/id_filter.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/pairs.h"
#include "common/index/segment/segment.h"
#include "searcher/match/lookup/docset.h"

#define DOCS_MAX 16u /* that are looked at */

typedef struct pair { /* in one segment */
    const dx_segment *segment;
    dx_arena *arena;
    uint32_t folded[2];
    uint32_t first[2], end[2]; /* ids of the spellings that will do */
    uint64_t *documents;       /* that may have it; whole windows */
    uint64_t document_count;
    uint32_t windows;
} pair;

/* ---- the documents that may have it ---- */

static dx_status keep_common(const pair *p, const dx_list *list)
{
    dx_cursor *c = dx_arena_alloc(p->arena, sizeof *c);

    if (!c)
        return DX_ERR_NOMEM;
    DX_TRY(dx_cursor_open(c, list, p->arena));
    for (uint32_t w = 0; w < p->windows; w++) {
        (void)dx_cursor_load(c, w);
        for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
            p->documents[(size_t)w * DX_WINDOW_WORDS + k] &= c->bits[k];
    }
    return c->status;
}

static dx_status keep_spelling(const pair *p, int i, const dx_query_word *w)
{
    dx_list list;

    if (!w->marked)
        return DX_OK;
    DX_TRY(dx_segment_exact_list(p->segment, p->first[i], &list));
    return keep_common(p, &list);
}

static dx_status find_documents(pair *p, const dx_query_word *const words[2])
{
    uint32_t docs = dx_segment_docs(p->segment);
    dx_list list;

    p->windows = dx_window_count(docs);
    p->documents = dx_docset_new(docs, p->arena);
    if (!p->documents)
        return DX_ERR_NOMEM;
    DX_TRY(dx_segment_pair_list(p->segment, p->folded[0], p->folded[1], &list));
    DX_TRY(dx_docset_add_list(p->documents, &list, p->arena));
    DX_TRY(keep_spelling(p, 0, words[0]));
    DX_TRY(keep_spelling(p, 1, words[1]));
    p->document_count = dx_docset_count(p->documents, docs);
    return DX_OK;
}

/* Which spellings will do; false when the segment has none. */
static bool find_ids(pair *p, const dx_query_word *const words[2])
{
    for (int i = 0; i < 2; i++) {
        const dx_query_word *w = words[i];
        p->folded[i] = dx_segment_find_folded(p->segment, w->folded);
        if (p->folded[i] == DX_ID_NONE)
            return false;
        if (!w->marked) {
            dx_segment_exact_range(p->segment, p->folded[i], p->folded[i] + 1,
                &p->first[i], &p->end[i]);
            continue;
        }
        p->first[i] =
            dx_segment_find_exact(p->segment, p->folded[i], w->exact);
        if (p->first[i] == DX_ID_NONE)
            return false;
        p->end[i] = p->first[i] + 1;
    }
    return true;
}

/* ---- the text ---- */

static bool is_there(const pair *p, int i, const dx_token *t)
{
    return t->exact_id >= p->first[i] && t->exact_id < p->end[i];
}

static bool has_pair(const pair *p, const dx_doc *doc)
{
    const dx_token *before = NULL;

    for (size_t i = 0; i < doc->token_count; i++) {
        const dx_token *t = &doc->tokens[i];
        if (t->overlay)
            continue;
        if (before && before->field == t->field &&
            before->pos + 1 == t->pos && is_there(p, 0, before) &&
            is_there(p, 1, t))
            return true;
        before = t;
    }
    return false;
}

/* Every so many documents, over all segments as if they were one. */
typedef struct sample {
    uint64_t step, at; /* at: documents passed by */
    uint64_t looked, seen;
} sample;

static dx_status look(const pair *p, sample *of, dx_doc *doc)
{
    size_t words = (size_t)p->windows * DX_WINDOW_WORDS;
    dx_id_filter ids = {{0}};

    for (int i = 0; i < 2; i++)
        dx_id_filter_add(&ids, p->first[i], p->end[i]);
    for (size_t k = 0; k < words; k++) {
        uint64_t bits = p->documents[k];
        for (; bits; bits &= bits - 1) {
            if (of->at++ % of->step)
                continue;
            DX_TRY(dx_segment_find_terms(p->segment,
                (uint32_t)(k * 64 + dx_ctz64(bits)), DX_FIELD_BODY, &ids, doc));
            of->seen += has_pair(p, doc);
            of->looked++;
        }
    }
    return DX_OK;
}

/* What a few documents say about all. */
static dx_status estimate(const pair *pairs, size_t count, uint64_t *out)
{
    uint64_t all = 0;
    dx_status rc = DX_OK;
    dx_doc doc;

    for (size_t i = 0; i < count; i++)
        all += pairs[i].document_count;
    if (all == 0)
        return DX_OK;
    sample of = {.step = 1 + (all - 1) / DOCS_MAX};
    dx_doc_init(&doc);
    for (size_t i = 0; rc == DX_OK && i < count; i++)
        if (pairs[i].document_count > 0)
            rc = look(&pairs[i], &of, &doc);
    dx_doc_free(&doc);
    if (rc == DX_OK)
        *out = (of.seen * all + of.looked - 1) / of.looked;
    return rc;
}

static dx_status count_pair(const dx_generation *g,
    const dx_query_word *const words[2], dx_arena *arena, uint64_t *out)
{
    pair *pairs = dx_arena_calloc(arena, g->segment_count, sizeof *pairs);
    size_t count = 0;

    if (!pairs)
        return DX_ERR_NOMEM;
    for (size_t s = 0; s < g->segment_count; s++) {
        pair *p = &pairs[count];
        *p = (pair){.segment = g->segments[s], .arena = arena};
        if (!find_ids(p, words))
            continue;
        DX_TRY(find_documents(p, words));
        count++;
    }
    return estimate(pairs, count, out);
}

dx_status dx_count_spelt_pair(const dx_generation *g,
    const dx_query_word *first, const dx_query_word *second, uint64_t *count)
{
    const dx_query_word *const words[2] = {first, second};
    dx_arena arena = DX_ARENA_INIT;

    *count = 0;
    if (g->segment_count == 0)
        return DX_OK;
    dx_status rc = count_pair(g, words, &arena, count);
    dx_arena_free(&arena);
    return rc;
}
