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
#include "common/index/segment/id.h"
#include "common/index/segment/pairs.h"
#include "common/index/segment/segment.h"
#include "searcher/match/evaluate/bitset.h"
#include "searcher/match/evaluate/bounds.h"

/* At most so many documents are read, and only those with a pair that has not
 * been seen often enough. More of either did not rank better: see
 * docs/ARCHITECTURE.md, "Understanding". */
#define BEST_DOCS 12u
#define ENOUGH_SIGHTINGS 5.0

/* A pair that is still too rare is looked for in so many more documents, from
 * all over the segment. */
#define PAIR_DOCS 4u
#define PAIR_DOCS_A_WINDOW 2u

typedef struct slot_range { /* exact ids, and the slots they belong to */
    uint32_t first, end;
    uint64_t slots; /* as bits */
} slot_range;

typedef struct reader {
    const dx_segment *segment;
    dx_slot *slots;
    uint32_t count;
    slot_range ranges[DX_QUERY_MAX_TERMS]; /* ascending */
    uint32_t range_count;
    dx_id_filter ids; /* lets those of the ranges through */
    dx_doc doc;
    dx_arena *arena;
} reader;

/* ---- which slot an id belongs to ---- */

/* Two slots of one folded word have the same range. */
static void add_range(reader *r, uint32_t first, uint32_t end, uint32_t slot)
{
    uint32_t at = r->range_count;

    while (at > 0 && r->ranges[at - 1].first > first)
        at--;
    if (at > 0 && r->ranges[at - 1].first == first) {
        r->ranges[at - 1].slots |= (uint64_t)1 << slot;
        return;
    }
    memmove(&r->ranges[at + 1], &r->ranges[at],
        (r->range_count - at) * sizeof *r->ranges);
    r->ranges[at] = (slot_range){first, end, (uint64_t)1 << slot};
    r->range_count++;
}

static void make_ranges(reader *r)
{
    for (uint32_t i = 0; i < r->count; i++) {
        uint32_t folded = r->slots[i].folded, first, end;
        if (folded == DX_ID_NONE)
            continue;
        dx_segment_exact_range(r->segment, folded, folded + 1, &first, &end);
        if (first < end)
            add_range(r, first, end, i);
        dx_id_filter_add(&r->ids, first, end);
    }
}

static uint64_t slots_of(const reader *r, uint32_t id)
{
    uint32_t lo = 0, hi = r->range_count;

    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (r->ranges[mid].end <= id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < r->range_count && r->ranges[lo].first <= id
               ? r->ranges[lo].slots
               : 0;
}

/* ---- reading a document ---- */

static uint32_t spelling_of(const dx_slot *s, uint32_t id)
{
    uint32_t k = 0;

    while (k < s->count && s->spellings[k].id != id)
        k++;
    return k;
}

static void see(dx_slot *s, uint32_t before, uint32_t id, double weight)
{
    uint32_t a = spelling_of(s - 1, before), b = spelling_of(s, id);

    s->seen_sum += weight;
    if (a < s[-1].count && b < s->count)
        s->seen[a][b] += weight;
}

/* Rows of slots in running text that are still growing. */
typedef struct rows {
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
        see(&r->slots[last + 1 - n + k],
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

static dx_status read_doc(reader *r, uint32_t doc)
{
    rows w = {0};
    uint64_t joined = 0;
    const dx_token *before = NULL;

    DX_TRY(dx_segment_find_terms(r->segment, doc, DX_FIELD_BODY, &r->ids,
        &r->doc));
    for (uint32_t i = 0; i < r->count; i++)
        joined |= (uint64_t)r->slots[i].follows << i;
    for (size_t t = 0; t < r->doc.token_count; t++) {
        const dx_token *token = &r->doc.tokens[t];
        if (token->overlay)
            continue;
        uint64_t now = slots_of(r, token->exact_id);
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

typedef struct pairs { /* of the query, that are in the segment */
    dx_cursor *lists[DX_QUERY_MAX_TERMS]; /* of slot i and the one before, or
                                             NULL */
    uint32_t count;
} pairs;

typedef struct candidate {
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

static void offer(best *b, const pairs *p, uint32_t window, uint32_t d,
    uint32_t worth)
{
    uint32_t at = b->count < BEST_DOCS ? b->count++ : BEST_DOCS - 1;
    candidate c = {window << DX_WINDOW_BITS | d, worth, 0};

    for (uint32_t i = 0; i < DX_QUERY_MAX_TERMS; i++)
        if (p->lists[i] && p->lists[i]->window == window &&
            dx_cursor_has(p->lists[i], d))
            c.slots |= (uint64_t)1 << i;
    for (; at > 0 && b->docs[at - 1].worth < worth; at--)
        b->docs[at] = b->docs[at - 1];
    b->docs[at] = c;
}

/* Offers the window's documents, those with the most pairs first. */
static void offer_window(best *b, const pairs *p, const dx_bounds *worth,
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
                offer(b, p, window, k << 6 | dx_ctz64(m), now);
        }
    }
}

static dx_status open_pair(reader *r, uint32_t i, pairs *p)
{
    dx_list list;

    DX_TRY(dx_segment_pair_list(r->segment, r->slots[i - 1].folded,
        r->slots[i].folded, &list));
    if (list.df == 0)
        return DX_OK;
    p->lists[i] = dx_arena_alloc(r->arena, sizeof *p->lists[i]);
    if (!p->lists[i])
        return DX_ERR_NOMEM;
    p->count++;
    return dx_cursor_open(p->lists[i], &list, r->arena);
}

static dx_status open_pairs(reader *r, pairs *p)
{
    for (uint32_t i = 1; i < r->count; i++) {
        const dx_slot *s = &r->slots[i];
        if (s->follows && s->folded != DX_ID_NONE && s[-1].folded != DX_ID_NONE)
            DX_TRY(open_pair(r, i, p));
    }
    return DX_OK;
}

static dx_status find_in_window(reader *r, pairs *p, uint32_t window, best *out)
{
    dx_bounds worth = {.most = 0};
    uint32_t there = 0;

    for (uint32_t i = 1; i < r->count; i++)
        there += p->lists[i] && dx_cursor_peek(p->lists[i], window) > 0;
    if (there < least_worth(out))
        return DX_OK;
    for (uint32_t i = 1; i < r->count; i++) {
        dx_cursor *c = p->lists[i];
        if (c && dx_cursor_load(c, window) > 0)
            dx_bounds_add(&worth, c->bits, NULL, 1);
        if (c && c->status != DX_OK)
            return c->status;
    }
    offer_window(out, p, &worth, there, window);
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
static dx_status read_best(reader *r, pairs *p)
{
    uint32_t windows = dx_window_count(dx_segment_docs(r->segment));
    best found = {.count = 0};

    for (uint32_t w = 0; w < windows && least_worth(&found) <= p->count; w++)
        DX_TRY(find_in_window(r, p, w, &found));
    for (uint32_t i = 0; i < found.count; i++)
        if (is_of_use(r, &found.docs[i]))
            DX_TRY(read_doc(r, found.docs[i].doc));
    return DX_OK;
}

static dx_status read_window(reader *r, const dx_cursor *c, uint32_t window,
    uint32_t *read)
{
    uint32_t here = 0;

    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++) {
        if (!c->bits[k])
            continue;
        DX_TRY(read_doc(r,
            window << DX_WINDOW_BITS | k << 6 | dx_ctz64(c->bits[k])));
        if (++here == PAIR_DOCS_A_WINDOW)
            break;
    }
    *read += here;
    return DX_OK;
}

/* Reads documents that have one pair. */
static dx_status read_pair(reader *r, dx_cursor *c)
{
    uint32_t windows = dx_window_count(dx_segment_docs(r->segment)), read = 0;

    for (uint32_t w = 0; w < windows && read < PAIR_DOCS; w++)
        if (dx_cursor_peek(c, w) > 0 && dx_cursor_load(c, w) > 0)
            DX_TRY(read_window(r, c, w, &read));
    return c->status;
}

static bool seen_enough(const reader *r, uint32_t i)
{
    return i < r->count && r->slots[i].seen_sum >= ENOUGH_SIGHTINGS;
}

/* Whether both words of a pair are known from their other neighbours. */
static bool seen_beside_others(const reader *r, uint32_t i)
{
    return i > 1 && seen_enough(r, i - 1) && seen_enough(r, i + 1);
}

static dx_status collect(reader *r)
{
    pairs p = {.count = 0};

    make_ranges(r);
    DX_TRY(open_pairs(r, &p));
    DX_TRY(read_best(r, &p));
    for (uint32_t i = 1; i < r->count; i++)
        if (p.lists[i] && !seen_enough(r, i) && !seen_beside_others(r, i))
            DX_TRY(read_pair(r, p.lists[i]));
    return DX_OK;
}

dx_status dx_sightings_collect(dx_slots *slots)
{
    reader r = {.segment = slots->segment,
        .slots = slots->slots,
        .count = slots->count,
        .arena = &slots->arena};

    dx_doc_init(&r.doc);
    dx_status rc = collect(&r);
    dx_doc_free(&r.doc);
    return rc;
}
