/* Reading documents for how the words of a query are spelt in them. */
#include "searcher/understand/readings/sightings.h"

#include <string.h>

#include "common/base/arena.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/id_filter.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/pairs.h"
#include "common/index/segment/segment.h"
#include "searcher/match/evaluate/bitset.h"
#include "searcher/match/evaluate/bounds.h"

/* At most so many documents are read, and only those with a pair that has not
 * been seen often enough. More of either did not rank better: see
 * docs/DECISIONS.md, "Understanding a query". */
#define BEST_DOCS 12u
#define ENOUGH_SIGHTINGS 5.0

/* A pair that is still too rare is looked for in so many more documents, from
 * all over the index: a few of each so many that came one after the other. */
#define PAIR_DOCS 4u
#define PAIR_DOCS_A_WINDOW 2u

typedef struct slot_range { /* exact ids, and the slots they belong to */
    uint32_t first, end;
    uint64_t slots; /* as bits */
} slot_range;

typedef struct source { /* a segment, and what it has of the query */
    const dx_segment *segment;
    uint32_t number;
    uint64_t docs_before; /* in the segments before it */
    dx_cursor *pairs[DX_QUERY_MAX_TERMS]; /* of slot i and the one before, or
                                             NULL */
    uint32_t pair_count;
    bool has_ranges; /* they are made when the first document is read: */
    slot_range ranges[DX_QUERY_MAX_TERMS]; /* ascending */
    uint32_t range_count;
    dx_id_filter ids; /* lets those of the ranges through */
} source;

typedef struct reader {
    dx_slot *slots;
    uint32_t count;
    source *sources; /* in `arena`, in the order of the segments */
    size_t source_count;
    dx_doc doc;
    dx_arena *arena;
} reader;

/* ---- which slot an id belongs to ---- */

/* Two slots of one folded word have the same range. */
static void add_range(source *o, uint32_t first, uint32_t end, uint32_t slot)
{
    uint32_t at = o->range_count;

    while (at > 0 && o->ranges[at - 1].first > first)
        at--;
    if (at > 0 && o->ranges[at - 1].first == first) {
        o->ranges[at - 1].slots |= (uint64_t)1 << slot;
        return;
    }
    memmove(&o->ranges[at + 1], &o->ranges[at],
        (o->range_count - at) * sizeof *o->ranges);
    o->ranges[at] = (slot_range){first, end, (uint64_t)1 << slot};
    o->range_count++;
}

static void make_ranges(const reader *r, source *o)
{
    for (uint32_t i = 0; i < r->count; i++) {
        uint32_t folded = r->slots[i].folded[o->number], first, end;
        if (folded == DX_ID_NONE)
            continue;
        dx_segment_exact_range(o->segment, folded, folded + 1, &first, &end);
        if (first < end)
            add_range(o, first, end, i);
        dx_id_filter_add(&o->ids, first, end);
    }
    o->has_ranges = true;
}

static uint64_t slots_of(const source *o, uint32_t id)
{
    uint32_t lo = 0, hi = o->range_count;

    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (o->ranges[mid].end <= id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < o->range_count && o->ranges[lo].first <= id
               ? o->ranges[lo].slots
               : 0;
}

/* ---- reading a document ---- */

static uint32_t spelling_of(const dx_slot *s, uint32_t segment, uint32_t id)
{
    uint32_t k = 0;

    while (k < s->count && s->spellings[k].ids[segment] != id)
        k++;
    return k;
}

static void see(dx_slot *s, uint32_t segment, uint32_t before, uint32_t id,
    double weight)
{
    uint32_t a = spelling_of(s - 1, segment, before);
    uint32_t b = spelling_of(s, segment, id);

    s->seen_sum += weight;
    if (a < s[-1].count && b < s->count)
        s->seen[a][b] += weight;
}

/* Rows of slots in running text that are still growing. */
typedef struct rows {
    uint32_t segment;
    uint64_t open;                       /* slots that the last token fits */
    uint8_t length[DX_QUERY_MAX_TERMS];  /* of the row that ends there */
    uint32_t recent[DX_QUERY_MAX_TERMS]; /* ids of the last tokens: a ring */
    uint32_t tokens;
} rows;

/* The row that ends with slot `last` stops growing. The longer it is, the less
 * likely it is chance, and the more each of its pairs counts. */
static void close_row(reader *r, const rows *w, uint32_t last)
{
    uint32_t n = w->length[last];
    double weight = (double)(n - 1) * (double)(n - 1);

    for (uint32_t k = 1; k < n; k++) {
        uint32_t at = w->tokens - n + k;
        see(&r->slots[last + 1 - n + k], w->segment,
            w->recent[(at - 1) % DX_QUERY_MAX_TERMS],
            w->recent[at % DX_QUERY_MAX_TERMS], weight);
    }
}

/* The next token fits the slots `now`, and goes on with a row in those of
 * `grow`. */
static void step(reader *r, rows *w, uint64_t now, uint64_t grow)
{
    for (uint64_t left = w->open & ~(grow >> 1); left; left &= left - 1)
        close_row(r, w, dx_ctz64(left));
    for (uint32_t i = r->count; i-- > 0 && now;)
        if (now >> i & 1)
            w->length[i] = grow >> i & 1 ? (uint8_t)(w->length[i - 1] + 1) : 1;
    w->open = now;
}

static dx_status read_doc(reader *r, source *o, uint32_t doc)
{
    rows w = {.segment = o->number};
    uint64_t joined = 0;
    const dx_token *before = NULL;

    if (!o->has_ranges)
        make_ranges(r, o);
    DX_TRY(dx_segment_find_terms(o->segment, doc, DX_FIELD_BODY, &o->ids,
        &r->doc));
    for (uint32_t i = 0; i < r->count; i++)
        joined |= (uint64_t)r->slots[i].follows << i;
    for (size_t t = 0; t < r->doc.token_count; t++) {
        const dx_token *token = &r->doc.tokens[t];
        if (token->overlay)
            continue;
        uint64_t now = slots_of(o, token->exact_id);
        bool goes_on = before && token->field == before->field &&
                       token->pos == before->pos + 1;
        if (w.open || now)
            step(r, &w, now, goes_on ? w.open << 1 & joined & now : 0);
        w.recent[w.tokens++ % DX_QUERY_MAX_TERMS] = token->exact_id;
        before = token;
    }
    step(r, &w, 0, 0);
    return DX_OK;
}

/* ---- which documents ---- */

typedef struct candidate {
    source *source;
    uint32_t doc, worth; /* how many pairs it has, … */
    uint64_t slots;      /* … and which: bits of the second words */
} candidate;

typedef struct best {
    candidate docs[BEST_DOCS]; /* in falling order, earlier ones first */
    uint32_t count;
} best;

static uint32_t least_worth(const best *b)
{
    return b->count < BEST_DOCS ? 1 : b->docs[BEST_DOCS - 1].worth + 1;
}

static void offer(best *b, source *o, uint32_t window, uint32_t d,
    uint32_t worth)
{
    uint32_t at = b->count < BEST_DOCS ? b->count++ : BEST_DOCS - 1;
    candidate c = {o, window << DX_WINDOW_BITS | d, worth, 0};

    for (uint32_t i = 0; i < DX_QUERY_MAX_TERMS; i++)
        if (o->pairs[i] && o->pairs[i]->window == window &&
            dx_cursor_has(o->pairs[i], d))
            c.slots |= (uint64_t)1 << i;
    for (; at > 0 && b->docs[at - 1].worth < worth; at--)
        b->docs[at] = b->docs[at - 1];
    b->docs[at] = c;
}

/* Offers the window's documents, those with the most pairs first. */
static void offer_window(best *b, source *o, const dx_bounds *worth,
    uint32_t most, uint32_t window)
{
    dx_bitset left;

    memset(&left, 0xFF, sizeof left);
    for (uint32_t now = most; now >= least_worth(b); now--) {
        dx_bitset take = left;
        dx_bounds_keep(worth, now, &take);
        for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++) {
            left.words[k] &= ~take.words[k];
            for (uint64_t m = take.words[k]; m && now >= least_worth(b);
                 m &= m - 1)
                offer(b, o, window, k << 6 | dx_ctz64(m), now);
        }
    }
}

static dx_status open_pair(const reader *r, uint32_t i, source *o)
{
    dx_list list;

    DX_TRY(dx_segment_pair_list(o->segment, r->slots[i - 1].folded[o->number],
        r->slots[i].folded[o->number], &list));
    if (list.df == 0)
        return DX_OK;
    o->pairs[i] = dx_arena_alloc(r->arena, sizeof *o->pairs[i]);
    if (!o->pairs[i])
        return DX_ERR_NOMEM;
    o->pair_count++;
    return dx_cursor_open(o->pairs[i], &list, r->arena);
}

static dx_status open_pairs(const reader *r, source *o)
{
    for (uint32_t i = 1; i < r->count; i++) {
        const dx_slot *s = &r->slots[i];
        if (s->follows && s->folded[o->number] != DX_ID_NONE &&
            s[-1].folded[o->number] != DX_ID_NONE)
            DX_TRY(open_pair(r, i, o));
    }
    return DX_OK;
}

static dx_status open_sources(reader *r, const dx_generation *g)
{
    uint64_t docs = 0;

    r->source_count = g->segment_count;
    r->sources =
        dx_arena_calloc(r->arena, g->segment_count, sizeof *r->sources);
    if (!r->sources)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < g->segment_count; i++) {
        source *o = &r->sources[i];
        o->segment = g->segments[i];
        o->number = (uint32_t)i;
        o->docs_before = docs;
        docs += dx_segment_docs(o->segment);
        DX_TRY(open_pairs(r, o));
    }
    return DX_OK;
}

static dx_status find_in_window(const reader *r, source *o, uint32_t window,
    best *out)
{
    dx_bounds worth = {.most = 0};
    uint32_t there = 0;

    for (uint32_t i = 1; i < r->count; i++)
        there += o->pairs[i] && dx_cursor_peek(o->pairs[i], window) > 0;
    if (there < least_worth(out))
        return DX_OK;
    for (uint32_t i = 1; i < r->count; i++) {
        dx_cursor *c = o->pairs[i];
        if (c && dx_cursor_load(c, window) > 0)
            dx_bounds_add(&worth, c->bits, NULL, 1);
        if (c && c->status != DX_OK)
            return c->status;
    }
    offer_window(out, o, &worth, there, window);
    return DX_OK;
}

static bool is_of_use(const reader *r, const candidate *c)
{
    for (uint64_t left = c->slots; left; left &= left - 1)
        if (r->slots[dx_ctz64(left)].seen_sum < ENOUGH_SIGHTINGS)
            return true;
    return false;
}

/* Reads the documents with the most pairs of the query. Ranking all of them by
 * score costs three times as much and teaches less. */
static dx_status read_best(reader *r)
{
    best found = {.count = 0};

    for (size_t i = 0; i < r->source_count; i++) {
        source *o = &r->sources[i];
        uint32_t windows = dx_window_count(dx_segment_docs(o->segment));
        for (uint32_t w = 0;
             w < windows && least_worth(&found) <= o->pair_count; w++)
            DX_TRY(find_in_window(r, o, w, &found));
    }
    for (uint32_t i = 0; i < found.count; i++)
        if (is_of_use(r, &found.docs[i]))
            DX_TRY(read_doc(r, found.docs[i].source, found.docs[i].doc));
    return DX_OK;
}

/* ---- documents that have one pair ----
 *
 * A few of each window, no two of them neighbours: the first of 64 documents.
 * Windows are counted over all segments as if they were one. */

typedef struct spread {
    uint64_t word, window; /* that the last document read is in */
    uint32_t here, read;   /* documents read of the window; of all */
} spread;
#define NOWHERE UINT64_MAX

static bool is_done(const spread *s, uint64_t window)
{
    return s->read >= PAIR_DOCS &&
           (s->here == PAIR_DOCS_A_WINDOW || window != s->window);
}

static dx_status read_next(reader *r, source *o, uint32_t doc, spread *s)
{
    uint64_t number = o->docs_before + doc;
    uint64_t word = number >> 6, window = number >> DX_WINDOW_BITS;

    if (word == s->word || is_done(s, window))
        return DX_OK;
    if (window != s->window)
        s->here = 0;
    s->window = window;
    if (s->here == PAIR_DOCS_A_WINDOW)
        return DX_OK;
    s->word = word;
    s->here++;
    s->read++;
    return read_doc(r, o, doc);
}

static dx_status read_window(reader *r, source *o, const dx_cursor *c,
    uint32_t window, spread *s)
{
    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
        for (uint64_t left = c->bits[k]; left; left &= left - 1)
            DX_TRY(read_next(r, o,
                window << DX_WINDOW_BITS | k << 6 | dx_ctz64(left), s));
    return DX_OK;
}

static dx_status read_pair(reader *r, uint32_t pair)
{
    spread s = {.word = NOWHERE, .window = NOWHERE};

    for (size_t i = 0; i < r->source_count; i++) {
        source *o = &r->sources[i];
        dx_cursor *c = o->pairs[pair];
        uint32_t windows = dx_window_count(dx_segment_docs(o->segment));
        for (uint32_t w = 0; c && w < windows; w++) {
            uint64_t first = o->docs_before + ((uint64_t)w << DX_WINDOW_BITS);
            if (is_done(&s, first >> DX_WINDOW_BITS))
                return c->status;
            if (dx_cursor_peek(c, w) > 0 && dx_cursor_load(c, w) > 0)
                DX_TRY(read_window(r, o, c, w, &s));
        }
        if (c && c->status != DX_OK)
            return c->status;
    }
    return DX_OK;
}

/* ---- what has to be seen ---- */

static bool seen_enough(const reader *r, uint32_t i)
{
    return i < r->count && r->slots[i].seen_sum >= ENOUGH_SIGHTINGS;
}

/* Whether both words of a pair are known from their other neighbours. */
static bool seen_beside_others(const reader *r, uint32_t i)
{
    return i > 1 && seen_enough(r, i - 1) && seen_enough(r, i + 1);
}

static bool has_pair(const reader *r, uint32_t i)
{
    for (size_t k = 0; k < r->source_count; k++)
        if (r->sources[k].pairs[i])
            return true;
    return false;
}

static dx_status collect(reader *r, const dx_generation *g)
{
    DX_TRY(open_sources(r, g));
    DX_TRY(read_best(r));
    for (uint32_t i = 1; i < r->count; i++)
        if (!seen_enough(r, i) && !seen_beside_others(r, i) && has_pair(r, i))
            DX_TRY(read_pair(r, i));
    return DX_OK;
}

dx_status dx_sightings_collect(dx_slots *slots)
{
    reader r = {.slots = slots->slots, .count = slots->count,
        .arena = &slots->arena};

    dx_doc_init(&r.doc);
    dx_status rc = collect(&r, slots->generation);
    dx_doc_free(&r.doc);
    return rc;
}
