/* Chooses the documents from which spellings are learnt. */
#include "searcher/understand/readings/samples.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/simd.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/pairs.h"
#include "common/index/segment/segment.h"
#include "searcher/match/evaluate/bitset.h"
#include "searcher/match/evaluate/bounds.h"

/* So many documents of each three words in a row, and of a pair that fewer than
 * KNOWN_DOCS of those have. Measured: docs/DECISIONS.md, "Understanding a query". */
#define TRIPLE_DOCS 12u
#define PAIR_DOCS 12u
#define KNOWN_DOCS 6u
#define BEST_MAX 12u

typedef struct candidate {
    uint64_t hash; /* of the article */
    uint32_t worth; /* how many pairs it has */
    dx_sample at;
} candidate;

typedef struct best { /* documents, the best first */
    candidate docs[BEST_MAX];
    uint32_t count, most;
} best;

typedef struct source { /* a segment, and its lists of the pairs */
    const dx_segment *segment;
    const uint64_t *deleted; /* may be NULL */
    uint32_t number;
    dx_cursor *pairs[DX_QUERY_MAX_TERMS]; /* of slot i and the one before, or
                                             NULL */
} source;

typedef struct chooser {
    dx_slots *slots;
    source *sources; /* in the arena of the slots */
    best *triples;   /* likewise: of slot i and the two before, … */
    best *pairs;     /* … and of slot i and the one before */
} chooser;

/* ---- the lists ---- */

static dx_status open_pair(const chooser *c, uint32_t i, source *o)
{
    const dx_slot *s = &c->slots->slots[i];
    dx_arena *arena = &c->slots->arena;
    dx_list list;

    if (!s->follows || s->folded[o->number] == DX_ID_NONE ||
        s[-1].folded[o->number] == DX_ID_NONE)
        return DX_OK;
    DX_TRY(dx_segment_pair_list(o->segment, s[-1].folded[o->number],
        s->folded[o->number], &list));
    if (list.df == 0)
        return DX_OK;
    o->pairs[i] = dx_arena_alloc(arena, sizeof *o->pairs[i]);
    return o->pairs[i] ? dx_cursor_open(o->pairs[i], &list, arena)
                       : DX_ERR_NOMEM;
}

static dx_status open_sources(chooser *c)
{
    const dx_generation *g = c->slots->generation;

    for (size_t i = 0; i < g->segment_count; i++) {
        source *o = &c->sources[i];
        o->segment = g->segments[i];
        o->deleted = dx_segment_deleted(o->segment);
        o->number = (uint32_t)i;
        for (uint32_t k = 1; k < c->slots->count; k++)
            DX_TRY(open_pair(c, k, o));
    }
    return DX_OK;
}

/* ---- the best of some documents ---- */

static bool is_better(const candidate *a, const candidate *b)
{
    return a->worth != b->worth ? a->worth > b->worth : a->hash < b->hash;
}

static bool is_full(const best *b) { return b->count == b->most; }

/* The least that a document needs. */
static const candidate *last_of(const best *b) { return &b->docs[b->count - 1]; }

static void offer(best *b, candidate c)
{
    if (is_full(b) && !is_better(&c, last_of(b)))
        return;
    if (!is_full(b))
        b->count++;
    uint32_t at = b->count - 1;
    for (; at > 0 && is_better(&c, &b->docs[at - 1]); at--)
        b->docs[at] = b->docs[at - 1];
    b->docs[at] = c;
}

/* ---- documents with three words ---- */

typedef struct window {
    source *source;
    uint32_t number;
    dx_bounds worth;
    uint32_t least;         /* the sets are of: */
    dx_bitset enough, above; /* documents with as many pairs, and with more */
    dx_cursor *loaded[DX_QUERY_MAX_TERMS];
    uint32_t loaded_count;
} window;

static bool is_triple(const source *o, uint32_t i)
{
    return i > 1 && i < DX_QUERY_MAX_TERMS && o->pairs[i] && o->pairs[i - 1];
}

static bool is_in_triple(const source *o, uint32_t i, uint32_t count)
{
    return is_triple(o, i) || (i + 1 < count && is_triple(o, i + 1));
}

static uint32_t worth_of(const window *w, uint32_t d)
{
    uint32_t worth = 0;

    for (uint32_t i = 0; i < w->loaded_count; i++)
        worth += (uint32_t)(w->loaded[i]->bits[d >> 6] >> (d & 63) & 1);
    return worth;
}

static void offer_doc(best *b, const window *w, uint32_t d, bool above)
{
    uint32_t doc = w->number << DX_WINDOW_BITS | d;
    uint64_t hash = dx_segment_content_hash(w->source->segment, doc);

    if (above || !is_full(b) || hash < last_of(b)->hash)
        offer(b, (candidate){hash, worth_of(w, d), {w->source->number, doc}});
}

/* Documents with fewer pairs than the last of the best are passed over. */
static void keep_enough(const best *b, window *w, dx_bitset *in_both)
{
    uint32_t least = is_full(b) ? last_of(b)->worth : 0;

    if (least != w->least) {
        memset(&w->enough, 0xFF, sizeof w->enough);
        memset(&w->above, 0xFF, sizeof w->above);
        dx_bounds_keep(&w->worth, least, &w->enough);
        dx_bounds_keep(&w->worth, least + 1, &w->above);
        w->least = least;
    }
    for (uint32_t k = 0; k < DX_WINDOW_WORDS && least > 2; k++)
        in_both->words[k] &= w->enough.words[k];
}

DX_SIMD_CLONES static uint64_t intersect(const uint64_t *restrict a,
    const uint64_t *restrict b, dx_bitset *restrict out)
{
    uint64_t any = 0;

    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++) {
        out->words[k] = a[k] & b[k];
        any |= out->words[k];
    }
    return any;
}

static void offer_triple(best *b, window *w, uint32_t i)
{
    const uint64_t *first = w->source->pairs[i - 1]->bits;
    const uint64_t *second = w->source->pairs[i]->bits;
    const uint64_t *deleted = w->source->deleted;
    dx_bitset in_both;

    if (!intersect(first, second, &in_both))
        return;
    for (uint32_t k = 0; k < DX_WINDOW_WORDS && deleted; k++)
        in_both.words[k] &= ~deleted[(size_t)w->number * DX_WINDOW_WORDS + k];
    if (w->loaded_count > 2)
        keep_enough(b, w, &in_both);
    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
        for (uint64_t left = in_both.words[k]; left; left &= left - 1)
            offer_doc(b, w, k << 6 | dx_ctz64(left),
                w->above.words[k] >> dx_ctz64(left) & 1);
}

/* Pairs of triples that the window may have, as bits. */
static uint64_t pairs_within(const chooser *c, const source *o, uint32_t number)
{
    uint64_t pairs = 0;

    for (uint32_t i = 1; i < c->slots->count; i++)
        pairs |= (uint64_t)(o->pairs[i] &&
                            is_in_triple(o, i, c->slots->count) &&
                            dx_cursor_peek(o->pairs[i], number) > 0)
                 << i;
    return pairs;
}

/* Triples of which the window may have better documents than the best so far. */
static uint64_t triples_within(const chooser *c, uint64_t pairs)
{
    uint32_t most = dx_popcount64(pairs);
    uint64_t triples = 0;

    for (uint64_t left = pairs & pairs << 1; left; left &= left - 1) {
        const best *b = &c->triples[dx_ctz64(left)];
        if (!is_full(b) || last_of(b)->worth <= most)
            triples |= left & (0 - left);
    }
    return triples;
}

static dx_status load(const source *o, uint64_t pairs, window *w)
{
    for (; pairs; pairs &= pairs - 1) {
        dx_cursor *pair = o->pairs[dx_ctz64(pairs)];
        if (dx_cursor_load(pair, w->number) > 0) {
            dx_bounds_add(&w->worth, pair->bits, NULL, 1);
            w->loaded[w->loaded_count++] = pair;
        }
        if (pair->status != DX_OK)
            return pair->status;
    }
    return DX_OK;
}

static dx_status choose_in_window(chooser *c, source *o, uint32_t number)
{
    uint64_t pairs = pairs_within(c, o, number);
    uint64_t triples = triples_within(c, pairs);

    if (!triples)
        return DX_OK;
    window w = {.source = o, .number = number, .least = UINT32_MAX};
    DX_TRY(load(o, pairs, &w));
    for (; triples; triples &= triples - 1)
        offer_triple(&c->triples[dx_ctz64(triples)], &w, dx_ctz64(triples));
    return DX_OK;
}

static dx_status choose_triples(chooser *c)
{
    for (size_t i = 0; i < c->slots->generation->segment_count; i++) {
        source *o = &c->sources[i];
        uint32_t windows = dx_window_count(dx_segment_docs(o->segment));
        for (uint32_t w = 0; w < windows; w++)
            DX_TRY(choose_in_window(c, o, w));
    }
    return DX_OK;
}

/* ---- documents with a pair ---- */

static bool is_known(const chooser *c, uint32_t i)
{
    return (i > 1 && c->triples[i].count >= KNOWN_DOCS) ||
           (i + 1 < c->slots->count && c->triples[i + 1].count >= KNOWN_DOCS);
}

static dx_status choose_pair_in_window(best *b, source *o, uint32_t i,
    uint32_t number)
{
    dx_cursor *pair = o->pairs[i];
    window w = {.source = o, .number = number, .loaded = {pair},
        .loaded_count = 1};

    if (dx_cursor_peek(pair, number) == 0 || dx_cursor_load(pair, number) == 0)
        return pair->status;
    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++) {
        uint64_t left = pair->bits[k];
        if (left && o->deleted)
            left &= ~o->deleted[(size_t)number * DX_WINDOW_WORDS + k];
        for (; left; left &= left - 1)
            offer_doc(b, &w, k << 6 | dx_ctz64(left), false);
    }
    return pair->status;
}

static dx_status choose_pair(chooser *c, uint32_t i)
{
    for (size_t k = 0; k < c->slots->generation->segment_count; k++) {
        source *o = &c->sources[k];
        uint32_t windows = dx_window_count(dx_segment_docs(o->segment));
        for (uint32_t w = 0; w < windows && o->pairs[i]; w++)
            DX_TRY(choose_pair_in_window(&c->pairs[i], o, i, w));
    }
    return DX_OK;
}

/* ---- all of them ---- */

static int by_place(const void *a, const void *b)
{
    const dx_sample *x = a, *y = b;

    if (x->segment != y->segment)
        return x->segment < y->segment ? -1 : 1;
    return (x->doc > y->doc) - (x->doc < y->doc);
}

static dx_status gather(const chooser *c, const dx_sample **samples,
    size_t *count)
{
    size_t room = (size_t)c->slots->count * 2 * BEST_MAX, found = 0;
    dx_sample *all = dx_arena_alloc(&c->slots->arena, room * sizeof *all);

    if (!all)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < c->slots->count; i++) {
        for (uint32_t k = 0; k < c->triples[i].count; k++)
            all[found++] = c->triples[i].docs[k].at;
        for (uint32_t k = 0; k < c->pairs[i].count; k++)
            all[found++] = c->pairs[i].docs[k].at;
    }
    qsort(all, found, sizeof *all, by_place);
    *count = 0;
    for (size_t i = 0; i < found; i++)
        if (*count == 0 || by_place(&all[*count - 1], &all[i]) != 0)
            all[(*count)++] = all[i];
    *samples = all;
    return DX_OK;
}

dx_status dx_samples_choose(dx_slots *slots, const dx_sample **samples,
    size_t *count)
{
    chooser c = {.slots = slots};
    dx_arena *arena = &slots->arena;

    c.sources = dx_arena_calloc(arena, slots->generation->segment_count,
        sizeof *c.sources);
    c.triples = dx_arena_calloc(arena, slots->count, sizeof *c.triples);
    c.pairs = dx_arena_calloc(arena, slots->count, sizeof *c.pairs);
    if (!c.sources || !c.triples || !c.pairs)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < slots->count; i++) {
        c.triples[i].most = TRIPLE_DOCS;
        c.pairs[i].most = PAIR_DOCS;
    }
    DX_TRY(open_sources(&c));
    DX_TRY(choose_triples(&c));
    for (uint32_t i = 1; i < slots->count; i++)
        if (!is_known(&c, i))
            DX_TRY(choose_pair(&c, i));
    return gather(&c, samples, count);
}
