/* The texts are counted anew. To keep all their postings would take as much
 * memory as the index, so each list is known by a sum: of mixed (document, tf)
 * over its postings, which does not depend on their order. A row of pairs has
 * one sum for all its lists.
 *
 * Attributes do not follow from the texts alone: of their lists it is checked
 * that a folded one has what its exact ones have, each document once. */
#include <string.h>

#include "common/base/arena.h"
#include "common/base/mem.h"
#include "common/index/codec/list.h"
#include "common/index/codec/list_decode.h"
#include "common/index/field/attribute.h"
#include "common/index/codec/bm25.h"
#include "common/index/check/check_internal.h"
#include "common/index/codec/cursor.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/id.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/pairs.h"
#include "common/index/segment/segment.h"

#define STEP_DOCS 256u
#define TF_BITS 16u
#define SECOND_SHIFT 36u /* above TF_BITS and the 20 of a document */

typedef struct tally {
    uint64_t sum;
    uint64_t count; /* postings */
} tally;

/* How often each list is named in one document. Open addressing; `used` lets a
 * short document after a long one be cleared quickly. */
typedef struct bag_slot {
    uint64_t key;
    uint32_t times; /* 0: free */
} bag_slot;

typedef struct bag {
    bag_slot *slots; /* owned; room for a power of two, at most half full */
    uint32_t *used;  /* owned; places of the slots in use */
    size_t cap, count;
} bag;

typedef struct counter {
    dx_checker *c;
    const dx_segment *s;
    tally *exacts, *foldeds, *rows, *triples; /* owned; as the texts say */
    uint32_t *exact_folded;         /* owned: folded id of each exact one */
    uint32_t *exact_title;          /* owned: id of its title term, or NONE */
    dx_doc doc;
    bag exact_bag, folded_bag, pair_bag, triple_bag; /* of one document */
    uint32_t *docs; /* owned: of one list */
    uint16_t *tfs;  /* owned: likewise */
    uint64_t *seen; /* owned: documents that have an attribute, as bits */
    dx_arena arena;
} counter;

static uint64_t mix(uint64_t v) /* the finaliser of SplitMix64 */
{
    v = (v ^ v >> 30) * 0xBF58476D1CE4E5B9u;
    v = (v ^ v >> 27) * 0x94D049BB133111EBu;
    return v ^ v >> 31;
}

static void add_posting(tally *t, uint32_t second, uint32_t doc, uint32_t tf)
{
    t->sum += mix(((uint64_t)second << SECOND_SHIFT |
                      (uint64_t)doc << TF_BITS | tf) +
                  0x9E3779B97F4A7C15u);
    t->count++;
}

/* ---- bags ---- */

static bag_slot *bag_find(const bag *b, uint64_t key)
{
    size_t mask = b->cap - 1, at = (size_t)mix(key) & mask;

    while (b->slots[at].times && b->slots[at].key != key)
        at = (at + 1) & mask;
    return &b->slots[at];
}

static dx_status bag_grow(bag *b)
{
    bag bigger = {.cap = b->cap ? b->cap * 2 : 1024, .count = b->count};

    bigger.slots = dx_calloc(bigger.cap, sizeof *bigger.slots);
    bigger.used = dx_calloc(bigger.cap / 2 + 1, sizeof *bigger.used);
    if (!bigger.slots || !bigger.used) {
        dx_free(bigger.slots);
        dx_free(bigger.used);
        return DX_ERR_NOMEM;
    }
    for (size_t i = 0; i < b->count; i++) {
        const bag_slot *from = &b->slots[b->used[i]];
        bag_slot *to = bag_find(&bigger, from->key);
        *to = *from;
        bigger.used[i] = (uint32_t)(to - bigger.slots);
    }
    dx_free(b->slots);
    dx_free(b->used);
    *b = bigger;
    return DX_OK;
}

static dx_status bag_add(bag *b, uint64_t key, unsigned times)
{
    if (b->count * 2 >= b->cap)
        DX_TRY(bag_grow(b));
    bag_slot *s = bag_find(b, key);
    if (!s->times)
        b->used[b->count++] = (uint32_t)(s - b->slots);
    *s = (bag_slot){key, s->times + times};
    return DX_OK;
}

static void bag_free(bag *b)
{
    dx_free(b->slots);
    dx_free(b->used);
}

/* ---- tables ---- */

/* Title terms stand first and in the order of the plain ones, so one walk over
 * both finds which belong together. */
static void match_titles(counter *n)
{
    const dx_segment *s = n->s;
    uint32_t title = 0, titles = 0;

    while (titles < dx_segment_exact_count(s)) {
        dx_str t = dx_segment_exact_string(s, titles);
        if (!t.len || *t.ptr != DX_TITLE_MARK)
            break;
        titles++;
    }
    for (uint32_t e = titles; e < dx_segment_exact_count(s) && title < titles; e++) {
        dx_str of_title = dx_segment_exact_string(s, title);
        dx_str folded =
            dx_segment_folded_string(s, n->exact_folded[title]);
        dx_str plain = dx_segment_exact_string(s, e);
        of_title = (dx_str){of_title.ptr + 1, of_title.len - 1};
        if (folded.len && dx_str_eq(of_title, plain) &&
            dx_str_eq((dx_str){folded.ptr + 1, folded.len - 1},
                dx_segment_folded_string(s, n->exact_folded[e])))
            n->exact_title[e] = title++;
    }
    if (title < titles)
        dx_check_problem(n->c, "exact term %u: a title's word that no article "
                               "has", title);
}

static size_t seen_words(const dx_segment *s)
{
    return ((size_t)dx_segment_docs(s) + 63) / 64;
}

static dx_status start(counter *n)
{
    const dx_segment *s = n->s;
    size_t exacts = (size_t)dx_segment_exact_count(s) + 1;
    size_t foldeds = (size_t)dx_segment_folded_count(s) + 1;

    dx_doc_init(&n->doc);
    n->exacts = dx_calloc(exacts, sizeof *n->exacts);
    n->foldeds = dx_calloc(foldeds, sizeof *n->foldeds);
    n->rows = dx_calloc(foldeds, sizeof *n->rows);
    n->triples = dx_calloc((size_t)dx_segment_triples_count(s) + 1,
        sizeof *n->triples);
    n->exact_folded = dx_calloc(exacts, sizeof *n->exact_folded);
    n->exact_title = dx_calloc(exacts, sizeof *n->exact_title);
    n->docs = dx_calloc(dx_segment_docs(s), sizeof *n->docs);
    n->tfs = dx_calloc(dx_segment_docs(s), sizeof *n->tfs);
    n->seen = dx_calloc(seen_words(s), sizeof *n->seen);
    if (!n->exacts || !n->foldeds || !n->rows || !n->triples ||
        !n->exact_folded || !n->exact_title || !n->docs || !n->tfs ||
        !n->seen)
        return DX_ERR_NOMEM;
    for (uint32_t f = 0; f < dx_segment_folded_count(s); f++) {
        uint32_t first, end;
        dx_segment_exact_range(s, f, f + 1, &first, &end);
        for (uint32_t e = first; e < end; e++)
            n->exact_folded[e] = f;
    }
    for (uint32_t e = 0; e < dx_segment_exact_count(s); e++)
        n->exact_title[e] = DX_ID_NONE;
    match_titles(n);
    return DX_OK;
}

static void finish(counter *n)
{
    dx_doc_free(&n->doc);
    dx_free(n->exacts);
    dx_free(n->foldeds);
    dx_free(n->rows);
    dx_free(n->triples);
    dx_free(n->exact_folded);
    dx_free(n->exact_title);
    dx_free(n->docs);
    dx_free(n->tfs);
    dx_free(n->seen);
    bag_free(&n->exact_bag);
    bag_free(&n->folded_bag);
    bag_free(&n->pair_bag);
    bag_free(&n->triple_bag);
    dx_arena_free(&n->arena);
}

/* ---- texts ---- */

static unsigned field_weight(uint8_t field)
{
    static const unsigned weights[DX_FIELD_COUNT] = {DX_WEIGHT_TITLE,
        DX_WEIGHT_LEAD, DX_WEIGHT_BODY};

    return weights[field < DX_FIELD_COUNT ? field : DX_FIELD_BODY];
}

/* Number of the pair among those whose triples are kept, or NONE. */
static uint32_t kept_pair(const dx_segment *s, uint32_t first, uint32_t second)
{
    uint32_t lo = 0, hi = dx_segment_triples_count(s), a, b;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        dx_segment_triples_pair(s, mid, &a, &b);
        if (a < first || (a == first && b < second))
            lo = mid + 1;
        else
            hi = mid;
    }
    dx_segment_triples_pair(s, lo, &a, &b);
    return a == first && b == second ? lo : DX_ID_NONE;
}

/* Adds the pair of two neighbours, and the triple that ends with it when
 * `*before`, the pair that it continues, and itself are kept. */
static dx_status gather_pair(counter *n, uint32_t first, uint32_t second,
    uint32_t *before)
{
    uint32_t kept = kept_pair(n->s, first, second);

    DX_TRY(bag_add(&n->pair_bag, (uint64_t)first << 32 | second, 1));
    if (*before != DX_ID_NONE && kept != DX_ID_NONE)
        DX_TRY(bag_add(&n->triple_bag, (uint64_t)*before << 32 | second, 1));
    *before = kept;
    return DX_OK;
}

/* Fills the bags from a document; `*length` is what its column should say. */
static dx_status gather(counter *n, uint64_t *length)
{
    const dx_token *before = NULL;
    uint32_t pair = DX_ID_NONE; /* that ends with `before`, if it is kept */

    *length = 0;
    for (size_t i = 0; i < n->doc.token_count; i++) {
        const dx_token *t = &n->doc.tokens[i];
        unsigned weight = field_weight(t->field);
        uint32_t folded = n->exact_folded[t->exact_id];
        uint32_t title = n->exact_title[t->exact_id];
        DX_TRY(bag_add(&n->exact_bag, t->exact_id, weight));
        DX_TRY(bag_add(&n->folded_bag, folded, weight));
        if (t->field == DX_FIELD_TITLE && title == DX_ID_NONE)
            return DX_ERR_CORRUPT;
        if (t->field == DX_FIELD_TITLE) {
            DX_TRY(bag_add(&n->exact_bag, title, 1));
            DX_TRY(bag_add(&n->folded_bag, n->exact_folded[title], 1));
        }
        if (t->overlay)
            continue;
        if (before && before->field == t->field)
            DX_TRY(gather_pair(n, n->exact_folded[before->exact_id], folded,
                &pair));
        else
            pair = DX_ID_NONE;
        *length += weight;
        before = t;
    }
    return DX_OK;
}

/* A bag's keys name lists; those of pairs and triples name the row in the upper
 * half. How often a triple stands in a document is not kept. */
static void bag_empty(bag *b, uint32_t doc, bool rows, bool once,
    tally *tallies)
{
    for (size_t i = 0; i < b->count; i++) {
        bag_slot *s = &b->slots[b->used[i]];
        uint32_t tf = s->times < DX_TF_MAX ? s->times : DX_TF_MAX;
        add_posting(&tallies[rows ? s->key >> 32 : s->key],
            rows ? (uint32_t)s->key : 0, doc, once ? 1 : tf);
        s->times = 0;
    }
    b->count = 0;
}

static dx_status count_doc(counter *n, uint32_t doc)
{
    uint64_t length;
    dx_status rc = dx_segment_read_doc(n->s, doc, false, &n->doc);

    if (rc == DX_OK)
        rc = gather(n, &length);
    if (rc == DX_ERR_CORRUPT)
        dx_check_problem(n->c, "article %u: its text does not decode", doc);
    if (rc != DX_OK)
        return rc == DX_ERR_NOMEM ? rc : DX_OK;
    uint32_t stored = dx_length_at(dx_segment_lengths(n->s), doc);
    if (stored != (length < UINT16_MAX ? length : UINT16_MAX))
        dx_check_problem(n->c,
            "article %u: its length is %u, its text has %llu", doc, stored,
            (unsigned long long)length);
    bag_empty(&n->exact_bag, doc, false, false, n->exacts);
    bag_empty(&n->folded_bag, doc, false, false, n->foldeds);
    bag_empty(&n->pair_bag, doc, true, false, n->rows);
    bag_empty(&n->triple_bag, doc, true, true, n->triples);
    return DX_OK;
}

static dx_status count_texts(counter *n)
{
    for (uint32_t doc = 0; doc < dx_segment_docs(n->s); doc++) {
        DX_TRY(count_doc(n, doc));
        if ((doc + 1) % STEP_DOCS == 0)
            dx_check_step(n->c, STEP_DOCS);
    }
    return DX_OK;
}

/* ---- lists ---- */

/* A window's bound may not be below any impact in it, or the best hits could
 * be passed over. */
static dx_status bounds_hold(counter *n, const dx_list *list, bool *hold)
{
    const dx_segment *s = n->s;
    double average =
        dx_segment_length_sum(s) ? (double)dx_segment_length_sum(s) / dx_segment_docs(s) : 1.0;
    dx_cursor cursor;

    *hold = true;
    if (!dx_list_is_windowed(list->df, dx_segment_docs(s)))
        return DX_OK;
    DX_TRY(dx_cursor_open(&cursor, list, &n->arena));
    for (uint32_t i = 0; i < list->df && *hold; i++) {
        uint32_t length = dx_length_at(dx_segment_lengths(s), n->docs[i]);
        *hold = dx_bm25_bound(n->tfs[i], length, average) <=
                dx_cursor_bound(&cursor, n->docs[i] >> DX_WINDOW_BITS);
    }
    return DX_OK;
}

/* Adds a list's postings to `t`. `*fault` says what is wrong, or is NULL. */
static dx_status add_list(counter *n, const dx_list *list, uint32_t second,
    tally *t, const char **fault)
{
    bool hold;

    dx_arena_reset(&n->arena);
    *fault = "does not decode";
    dx_status rc = dx_list_after(list)
                       ? dx_list_decode(list, n->docs, n->tfs, &n->arena)
                       : DX_ERR_CORRUPT;
    if (rc == DX_OK)
        rc = bounds_hold(n, list, &hold);
    if (rc != DX_OK)
        return rc == DX_ERR_NOMEM ? rc : DX_OK;
    *fault = hold ? NULL : "has a bound that is too low";
    for (uint32_t i = 0; i < list->df; i++)
        add_posting(t, second, n->docs[i], n->tfs[i]);
    return DX_OK;
}

/* ---- attributes ---- */

/* What does not decode is told when the list is checked. */
static dx_status count_attribute(counter *n, uint32_t exact, tally *folded)
{
    dx_list list;

    dx_arena_reset(&n->arena);
    dx_status rc = dx_segment_exact_list(n->s, exact, &list);
    if (rc == DX_OK)
        rc = dx_list_decode(&list, n->docs, n->tfs, &n->arena);
    if (rc != DX_OK)
        return rc == DX_ERR_NOMEM ? rc : DX_OK;
    for (uint32_t i = 0; i < list.df; i++) {
        uint32_t doc = n->docs[i];
        add_posting(&n->exacts[exact], 0, doc, 1);
        if (!(n->seen[doc / 64] >> doc % 64 & 1))
            add_posting(folded, 0, doc, 1);
        n->seen[doc / 64] |= (uint64_t)1 << doc % 64;
    }
    return DX_OK;
}

static dx_status count_attributes(counter *n)
{
    static const char mark[] = {DX_ATTRIBUTE_MARK};
    uint32_t first, end, exact, exact_end;

    dx_segment_find_prefix(n->s, (dx_str){mark, 1}, &first, &end);
    for (uint32_t f = first; f < end; f++) {
        dx_segment_exact_range(n->s, f, f + 1, &exact, &exact_end);
        memset(n->seen, 0, seen_words(n->s) * sizeof *n->seen);
        for (; exact < exact_end; exact++)
            DX_TRY(count_attribute(n, exact, &n->foldeds[f]));
    }
    return DX_OK;
}

/* ---- telling ---- */

/* Title terms and attributes as `dxindex dump` writes them. */
static void tell_term(counter *n, const char *kind, dx_str term,
    const char *fault)
{
    const char *of = "";

    if (term.len && *term.ptr == DX_TITLE_MARK) {
        of = "title:";
        term = (dx_str){term.ptr + 1, term.len - 1};
    } else if (dx_term_is_attribute(term) &&
               term.len >= DX_ATTRIBUTE_PREFIX_BYTES) {
        of = dx_attribute_prefix((dx_attribute)term.ptr[1]);
        term = (dx_str){term.ptr + DX_ATTRIBUTE_PREFIX_BYTES,
            term.len - DX_ATTRIBUTE_PREFIX_BYTES};
    }
    dx_check_problem(n->c, "%s list of “%s%.*s” %s", kind, of, (int)term.len,
        term.ptr, fault);
}

static dx_status check_list(counter *n, const char *kind, dx_str term,
    dx_status opened, const dx_list *list, const tally *expected)
{
    tally found = {0, 0};
    const char *fault = "has no sound place";

    n->c->totals->lists++;
    if (opened == DX_OK)
        DX_TRY(add_list(n, list, 0, &found, &fault));
    if (!fault && (found.count != expected->count ||
                      found.sum != expected->sum))
        fault = "differs from the texts";
    if (fault)
        tell_term(n, kind, term, fault);
    return DX_OK;
}

typedef struct row_check { /* of pairs, or of triples */
    counter *n;
    tally found;
    uint32_t first, second; /* second NONE: of pairs */
    uint32_t before;
    bool some;
} row_check;

static void tell_row(row_check *r, uint32_t last, const char *fault)
{
    const dx_segment *s = r->n->s;
    dx_str a = dx_segment_folded_string(s, r->first);
    dx_str b = dx_segment_folded_string(s, r->second);
    dx_str c = dx_segment_folded_string(s, last);

    dx_check_problem(r->n->c, "%s of “%.*s %.*s%s%.*s” %s",
        r->second == DX_ID_NONE ? "pair" : "triple", (int)a.len, a.ptr,
        (int)b.len, b.ptr, b.len ? " " : "", (int)c.len, c.ptr, fault);
}

/* Searching finds a list by another way than walking, over a row's groups. */
static bool is_found(const row_check *r, uint32_t last, const dx_list *list)
{
    const dx_segment *s = r->n->s;
    bool known = true;
    dx_list same;
    dx_status rc =
        r->second == DX_ID_NONE
            ? dx_segment_pair_list(s, r->first, last, &same)
            : dx_segment_triple_list(s, r->first, r->second, last, &known,
                  &same);

    return rc == DX_OK && known && same.data == list->data;
}

static dx_status check_row_list(void *ctx, uint32_t last, const dx_list *list)
{
    row_check *r = ctx;
    dx_check_totals *totals = r->n->c->totals;
    const char *fault;

    ++*(r->second == DX_ID_NONE ? &totals->pairs : &totals->triples);
    DX_TRY(add_list(r->n, list, last, &r->found, &fault));
    if (!fault && r->some && last <= r->before)
        fault = "is out of order";
    if (!fault && !is_found(r, last, list))
        fault = "is not found by searching";
    r->before = last;
    r->some = true;
    if (fault)
        tell_row(r, last, fault);
    return DX_OK;
}

static dx_status end_row(row_check *r, dx_status rc, const tally *expected)
{
    if (rc == DX_ERR_NOMEM)
        return rc;
    if (rc != DX_OK)
        tell_row(r, DX_ID_NONE, "…: the row does not decode");
    else if (r->found.count != expected->count || r->found.sum != expected->sum)
        tell_row(r, DX_ID_NONE, "…: the row differs from the texts");
    return DX_OK;
}

static dx_status check_row(counter *n, uint32_t folded)
{
    row_check r = {.n = n, .first = folded, .second = DX_ID_NONE};

    return end_row(&r, dx_segment_each_pair(n->s, folded, check_row_list, &r),
        &n->rows[folded]);
}

static dx_status check_triples(counter *n)
{
    uint64_t before = 0;

    for (uint32_t i = 0; i < dx_segment_triples_count(n->s); i++) {
        row_check r = {.n = n};
        dx_segment_triples_pair(n->s, i, &r.first, &r.second);
        uint64_t pair = (uint64_t)r.first << 32 | r.second;
        if (r.first >= dx_segment_folded_count(n->s) || r.second >= dx_segment_folded_count(n->s) ||
            (i > 0 && pair <= before)) {
            dx_check_problem(n->c, "pair %u with triples is out of order", i);
            return DX_OK;
        }
        before = pair;
        DX_TRY(end_row(&r, dx_segment_each_triple(n->s, i, check_row_list, &r),
            &n->triples[i]));
    }
    return DX_OK;
}

/* Steps as many as there are documents, spread over the dictionary. */
static dx_status check_lists(counter *n)
{
    const dx_segment *s = n->s;
    uint64_t stepped = 0;
    dx_list list;

    for (uint32_t e = 0; e < dx_segment_exact_count(s); e++) {
        dx_status opened = dx_segment_exact_list(s, e, &list);
        DX_TRY(check_list(n, "exact", dx_segment_exact_string(s, e), opened,
            &list, &n->exacts[e]));
    }
    DX_TRY(check_triples(n));
    for (uint32_t f = 0; f < dx_segment_folded_count(s); f++) {
        dx_status opened = dx_segment_folded_list(s, f, &list);
        DX_TRY(check_list(n, "folded", dx_segment_folded_string(s, f), opened,
            &list, &n->foldeds[f]));
        DX_TRY(check_row(n, f));
        uint64_t done = (uint64_t)dx_segment_docs(s) * f / dx_segment_folded_count(s);
        if (f % STEP_DOCS == 0) {
            dx_check_step(n->c, done - stepped);
            stepped = done;
        }
    }
    return DX_OK;
}

dx_status dx_check_postings(dx_checker *c, const dx_segment *s)
{
    counter n = {.c = c, .s = s};
    dx_status rc = start(&n);

    if (rc == DX_OK)
        rc = count_texts(&n);
    if (rc == DX_OK)
        rc = count_attributes(&n);
    if (rc == DX_OK && c->segment_problems == 0)
        rc = check_lists(&n);
    finish(&n);
    return rc;
}
