/* How often two words stand beside one another as they are spelt. */
#include "searcher/understand/typos/spelt_pair.h"

#include <string.h>

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

#define DOCS_MAX 8u /* that are looked at */
/* Of a frequent pair, about so many documents are candidates: those of every so
 * many windows. */
#define CANDIDATES_MAX 512u
#define WINDOW_STEP_MAX 8u

typedef struct pair { /* in one segment */
    const dx_segment *segment;
    dx_arena *arena;
    uint32_t folded[2];
    uint32_t first[2], end[2]; /* ids of the spellings that will do */
    dx_list list;              /* of the pair in any spelling */
    uint64_t *documents;       /* that may have it; whole windows */
    uint64_t document_count;
    uint32_t windows;
} pair;

/* ---- the documents that may have it ---- */

static bool has_any(const uint64_t *window)
{
    uint64_t any = 0;

    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
        any |= window[k];
    return any != 0;
}

/* Looks each document up: mostly there are few. */
static void keep_found(uint64_t *window, dx_cursor *c)
{
    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
        for (uint64_t bits = window[k]; bits; bits &= bits - 1)
            if (!dx_cursor_has(c, k * 64 + dx_ctz64(bits)))
                window[k] &= ~(bits & -bits);
}

static dx_status keep_common(const pair *p, const dx_list *list)
{
    dx_cursor *c = dx_arena_alloc(p->arena, sizeof *c);

    if (!c)
        return DX_ERR_NOMEM;
    DX_TRY(dx_cursor_open(c, list, p->arena));
    for (uint32_t w = 0; w < p->windows; w++) {
        uint64_t *window = p->documents + (size_t)w * DX_WINDOW_WORDS;
        if (!has_any(window))
            continue;
        (void)dx_cursor_seek(c, w);
        keep_found(window, c);
    }
    return c->status;
}

/* The rarer spelling says most; the text will tell about the other. */
static dx_status keep_spellings(const pair *p)
{
    dx_list list, rarer = {.df = UINT32_MAX};

    for (int i = 0; i < 2; i++) {
        if (p->end[i] != p->first[i] + 1)
            continue;
        DX_TRY(dx_segment_exact_list(p->segment, p->first[i], &list));
        if (list.df < rarer.df)
            rarer = list;
    }
    return rarer.df < UINT32_MAX ? keep_common(p, &rarer) : DX_OK;
}

/* Those of every so many windows. */
static dx_status find_documents(pair *p, uint32_t step)
{
    uint32_t docs = dx_segment_docs(p->segment);

    p->windows = dx_window_count(docs);
    p->documents = dx_docset_new(docs, p->arena);
    if (!p->documents)
        return DX_ERR_NOMEM;
    DX_TRY(dx_docset_add_list(p->documents, &p->list, p->arena));
    for (uint32_t w = 0; w < p->windows; w++)
        if (w % step)
            memset(p->documents + (size_t)w * DX_WINDOW_WORDS, 0,
                DX_WINDOW_DOCS / 8);
    DX_TRY(keep_spellings(p));
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
    uint64_t looked, seen, enough;
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
            if (of->seen >= of->enough)
                return DX_OK;
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
static dx_status estimate(const pair *pairs, size_t count, uint64_t enough,
    uint64_t *out)
{
    uint64_t all = 0;
    dx_status rc = DX_OK;
    dx_doc doc;

    for (size_t i = 0; i < count; i++)
        all += pairs[i].document_count;
    if (all == 0)
        return DX_OK;
    sample of = {.step = 1 + (all - 1) / DOCS_MAX, .enough = enough};
    dx_doc_init(&doc);
    for (size_t i = 0; rc == DX_OK && i < count; i++)
        if (pairs[i].document_count > 0)
            rc = look(&pairs[i], &of, &doc);
    dx_doc_free(&doc);
    if (rc == DX_OK && of.looked > 0)
        *out = (of.seen * all + of.looked - 1) / of.looked;
    return rc;
}

static dx_status count_pair(const dx_generation *g,
    const dx_query_word *const words[2], dx_arena *arena, uint64_t enough,
    uint64_t *out)
{
    pair *pairs = dx_arena_calloc(arena, g->segment_count, sizeof *pairs);
    uint64_t in_all = 0;
    size_t count = 0;

    if (!pairs)
        return DX_ERR_NOMEM;
    for (size_t s = 0; s < g->segment_count; s++) {
        pair *p = &pairs[count];
        *p = (pair){.segment = g->segments[s], .arena = arena};
        if (!find_ids(p, words))
            continue;
        DX_TRY(dx_segment_pair_list(p->segment, p->folded[0], p->folded[1],
            &p->list));
        in_all += p->list.df;
        count++;
    }
    uint32_t step = (uint32_t)(1 + in_all / CANDIDATES_MAX);
    if (step > WINDOW_STEP_MAX)
        step = WINDOW_STEP_MAX;
    for (size_t i = 0; i < count; i++)
        DX_TRY(find_documents(&pairs[i], step));
    DX_TRY(estimate(pairs, count, enough, out));
    *out *= step;
    return DX_OK;
}

dx_status dx_count_spelt_pair(const dx_generation *g,
    const dx_query_word *first, const dx_query_word *second, uint64_t enough,
    uint64_t *count)
{
    const dx_query_word *const words[2] = {first, second};
    dx_arena arena = DX_ARENA_INIT;

    *count = 0;
    if (g->segment_count == 0)
        return DX_OK;
    dx_status rc = count_pair(g, words, &arena, enough, count);
    dx_arena_free(&arena);
    return rc;
}
