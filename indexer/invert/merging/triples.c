/* Joins lists of triples, and finds those that a segment has no lists of. */
#include "indexer/invert/merging/triples.h"

#include <stdlib.h>

#include "common/base/mem.h"
#include "common/base/stop.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/form_table.h"
#include "common/index/segment/write/segment_writer.h"
#include "indexer/invert/merging/postings.h"
#include "indexer/invert/merging/rows.h"
#include "indexer/invert/merging/text.h"

#define NONE UINT32_MAX       /* the end of a field: no pair has it */
#define SKIP (UINT32_MAX - 1) /* a form without a running term */
#define MANY (UINT32_MAX - 2) /* or not just one */

typedef struct item { /* found in a text */
    uint32_t pair, third, doc;
} item;

typedef struct side { /* of a source */
    uint64_t *known; /* owned: the pairs that it has triples of */
    dx_frequent_pairs unknown; /* the others */
    uint32_t at;     /* entry of its table of triples that comes next */
} side;

typedef struct merger {
    const dx_merge_sources *m;
    const dx_frequent_pairs *pairs;
    const atomic_bool *stop;
    dx_list_builder *builder; /* owned, as is what follows */
    side *sides;
    dx_merge_row *rows;
    uint64_t *counts; /* items of each pair */
    uint64_t counted; /* all of them */
    bool is_counting; /* texts are read for the first time */
    item *items;      /* of pairs [first, end), sorted in the end */
    size_t item_count, item_room;
    uint32_t first, end;
    dx_merge_postings postings;
    dx_merge_text text;
} merger;

/* ---- what each source has ---- */

/* The merged number of entry `i` of a source's table, or NONE. */
static uint32_t pair_of(const merger *g, const dx_merge_source *s, uint32_t i)
{
    uint32_t first, second, foldeds = dx_segment_folded_count(s->s);

    dx_segment_triples_pair(s->s, i, &first, &second);
    if (first >= foldeds || second >= foldeds)
        return DX_FREQUENT_PAIR_NONE;
    first = s->folded_to[first];
    second = s->folded_to[second];
    return first == DX_MERGE_GONE || second == DX_MERGE_GONE
               ? DX_FREQUENT_PAIR_NONE
               : dx_frequent_pairs_find(g->pairs, first, second);
}

static bool is_known(const side *d, uint32_t pair)
{
    return d->known[pair / 64] >> pair % 64 & 1;
}

static dx_status find_known(merger *g, size_t i)
{
    const dx_merge_source *s = &g->m->at[i];
    side *d = &g->sides[i];

    d->known = dx_calloc(g->pairs->count / 64 + 1, sizeof *d->known);
    if (!d->known)
        return DX_ERR_NOMEM;
    for (uint32_t k = 0; k < dx_segment_triples_count(s->s); k++) {
        uint32_t pair = pair_of(g, s, k);
        if (pair != DX_FREQUENT_PAIR_NONE)
            d->known[pair / 64] |= (uint64_t)1 << pair % 64;
    }
    for (uint32_t pair = 0; pair < g->pairs->count; pair++)
        if (!is_known(d, pair))
            DX_TRY(dx_frequent_pairs_add(&d->unknown, g->pairs->at[pair]));
    return dx_frequent_pairs_end(&d->unknown);
}

/* ---- texts ---- */

typedef struct scan { /* of the texts of a source */
    merger *g;
    const dx_merge_source *s;
    const side *side;
    const dx_form_table *forms;
    uint32_t *folded; /* owned: of each form its merged term, SKIP or MANY */
    uint32_t doc;     /* merged number */
    uint32_t *terms;  /* owned: of the text under way; NONE ends a field */
    uint32_t *hits;   /* owned: where in it a pair may begin that has no triples */
    size_t terms_cap, hits_cap;
} scan;

static uint32_t folded_of(const scan *c, uint32_t exact)
{
    if (exact >= dx_segment_exact_count(c->s->s))
        return SKIP;
    exact = c->s->exact_to[exact];
    return exact == DX_MERGE_GONE ? SKIP : c->g->m->exact_folded[exact];
}

static dx_status take_forms(scan *c)
{
    c->folded = dx_calloc((size_t)c->forms->count + 1, sizeof *c->folded);
    if (!c->folded)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < c->forms->count; i++) {
        uint32_t meaning = dx_form_meaning(c->forms, i);
        c->folded[i] = meaning == DX_FORM_GAP    ? SKIP
                       : meaning < DX_FORM_EXTRA ? folded_of(c, meaning)
                                                 : MANY;
    }
    return DX_OK;
}

/* DX_FORM_TERMS_MAX at most. */
static size_t put_many(const scan *c, uint32_t form, uint32_t *to)
{
    const uint8_t *extras;
    uint32_t count = dx_form_extras(c->forms,
        dx_form_meaning(c->forms, form) - DX_FORM_EXTRA, &extras);
    size_t n = 0;

    for (uint32_t i = 0; i < count && n < DX_FORM_TERMS_MAX; i++) {
        dx_form_term t = dx_form_extra(extras, i);
        uint32_t folded = t.overlay ? SKIP : folded_of(c, t.exact_id);
        if (folded != SKIP)
            to[n++] = folded;
    }
    return n;
}

static dx_status terms_room(scan *c, size_t count)
{
    void *terms = c->terms, *hits = c->hits;

    if (dx_grow(&terms, &c->terms_cap, count, sizeof *c->terms) != 0)
        return DX_ERR_NOMEM;
    c->terms = terms;
    if (dx_grow(&hits, &c->hits_cap, count, sizeof *c->hits) != 0)
        return DX_ERR_NOMEM;
    c->hits = hits;
    return DX_OK;
}

static dx_status take_terms(scan *c, const dx_merge_text *t, size_t *count)
{
    size_t n = 0;

    DX_TRY(terms_room(c, t->count + DX_FORM_TERMS_MAX));
    for (size_t i = 0; i < t->count; i++) {
        uint32_t form = t->forms[i];
        uint32_t folded = form == DX_MERGE_FIELD_END ? NONE : c->folded[form];
        if (folded == MANY) {
            n += put_many(c, form, c->terms + n);
            DX_TRY(terms_room(c, n + t->count - i + DX_FORM_TERMS_MAX));
            continue;
        }
        c->terms[n] = folded;
        n += folded != SKIP;
    }
    *count = n;
    return DX_OK;
}

static void add_item(merger *g, uint32_t pair, uint32_t third, uint32_t doc)
{
    if (g->is_counting) {
        g->counts[pair]++;
        g->counted++;
    }
    if (pair >= g->first && pair < g->end && g->item_count < g->item_room)
        g->items[g->item_count++] = (item){pair, third, doc};
}

/* The triples of a pair that has none in this segment: the one that it begins, and the
 * one that it ends, unless the pair before has none either and began that. */
static void add_triples(const scan *c, uint32_t at, size_t count)
{
    merger *g = c->g;
    const uint32_t *t = c->terms;
    uint32_t pair = dx_frequent_pairs_find(g->pairs, t[at], t[at + 1]);

    if (pair == DX_FREQUENT_PAIR_NONE || is_known(c->side, pair))
        return;
    if (at > 0) {
        uint32_t before = dx_frequent_pairs_find(g->pairs, t[at - 1], t[at]);
        if (before != DX_FREQUENT_PAIR_NONE && is_known(c->side, before))
            add_item(g, before, t[at + 1], c->doc);
    }
    if (at + 2 < count && dx_frequent_pairs_find(g->pairs, t[at + 1], t[at + 2]) !=
                              DX_FREQUENT_PAIR_NONE)
        add_item(g, pair, t[at + 2], c->doc);
}

/* Few pairs have no triples here: what may be one is found without a branch. */
static dx_status scan_text(scan *c, const dx_merge_text *text)
{
    const dx_frequent_pairs *unknown = &c->side->unknown;
    size_t count, hits = 0;

    DX_TRY(take_terms(c, text, &count));
    for (uint32_t i = 0; i + 1 < count; i++) {
        c->hits[hits] = i;
        hits += dx_frequent_pairs_may_have(unknown, c->terms[i], c->terms[i + 1]);
    }
    for (size_t i = 0; i < hits; i++)
        add_triples(c, c->hits[i], count);
    return DX_OK;
}

static dx_status scan_doc(scan *c, uint32_t doc)
{
    merger *g = c->g;

    c->doc = dx_merge_doc(c->s, doc);
    if (c->doc == DX_MERGE_GONE)
        return DX_OK;
    if (dx_stop_is_asked(g->stop))
        return DX_ERR_INTERRUPTED;
    dx_work_add(g->m->work, 1);
    if (c->side->unknown.count == 0)
        return DX_OK;
    DX_TRY(dx_merge_text_read(&g->text, c->s->s, doc));
    return scan_text(c, &g->text);
}

static dx_status scan_source(merger *g, size_t i)
{
    scan c = {.g = g, .s = &g->m->at[i], .side = &g->sides[i]};
    dx_status rc;

    c.forms = dx_segment_forms(c.s->s);
    rc = take_forms(&c);
    for (uint32_t doc = 0; rc == DX_OK && doc < dx_segment_docs(c.s->s); doc++)
        rc = scan_doc(&c, doc);
    dx_free(c.folded);
    dx_free(c.terms);
    dx_free(c.hits);
    return rc;
}

static dx_status scan_all(merger *g)
{
    for (size_t i = 0; i < g->m->count; i++)
        DX_TRY(scan_source(g, i));
    return DX_OK;
}

static int compare_items(const void *a, const void *b)
{
    const item *x = a, *y = b;

    if (x->pair != y->pair)
        return x->pair < y->pair ? -1 : 1;
    if (x->third != y->third)
        return x->third < y->third ? -1 : 1;
    return (x->doc > y->doc) - (x->doc < y->doc);
}

/* Looks for the items of pairs [first, end), of which as many as `room` are kept. */
static dx_status find_between(merger *g, uint32_t first, uint32_t end, size_t room)
{
    dx_free(g->items);
    g->first = first;
    g->end = end;
    g->item_count = 0;
    g->item_room = room;
    g->items = dx_realloc_array(NULL, room + 1, sizeof *g->items);
    if (!g->items)
        return DX_ERR_NOMEM;
    if (room > 0 || g->is_counting)
        DX_TRY(scan_all(g));
    if (g->item_count > 0)
        qsort(g->items, g->item_count, sizeof *g->items, compare_items);
    return DX_OK;
}

/* Takes as many pairs from `first` on as there is room for, and finds their
 * items. */
static dx_status find_next(merger *g, uint32_t first, size_t room)
{
    size_t count = 0;
    uint32_t end = first;

    while (end < g->pairs->count &&
           (end == first || count + g->counts[end] <= room))
        count += g->counts[end++];
    return find_between(g, first, end, count);
}

/* ---- rows ---- */

/* Adds the documents of items [from, end). Other segments have them than those
 * that are there; where a list is damaged, one may have both. Fails with
 * CORRUPT or NOMEM. */
static dx_status add_items(dx_merge_postings *p, const item *from,
    const item *end)
{
    const item *last = from;
    uint32_t added = 0;

    for (const item *i = from; i < end; last = i++)
        added += i == from || i->doc != last->doc;
    DX_TRY(dx_merge_postings_reserve(p, added));
    uint32_t old = p->count, to = p->count += added;
    while (to > 0) {
        if (old > 0 && end > from && p->docs[old - 1] == end[-1].doc)
            return DX_ERR_CORRUPT;
        bool is_old = old > 0 && (end == from || p->docs[old - 1] > end[-1].doc);
        uint32_t doc = is_old ? p->docs[--old] : end[-1].doc;
        while (end > from && end[-1].doc == doc)
            end--;
        p->docs[--to] = doc;
    }
    for (uint32_t i = 0; i < p->count; i++)
        p->tfs[i] = 1;
    return DX_OK;
}

/* Goes to the rows of a pair in all sources that have one. */
static dx_status open_rows(merger *g, uint32_t pair, size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < g->m->count; i++) {
        const dx_merge_source *s = &g->m->at[i];
        side *d = &g->sides[i];
        dx_merge_row *r = &g->rows[*count];
        if (!is_known(d, pair))
            continue;
        while (d->at < dx_segment_triples_count(s->s) &&
               pair_of(g, s, d->at) != pair)
            d->at++;
        r->source = s;
        DX_TRY(dx_segment_walk_triples(s->s, d->at, &r->walk));
        DX_TRY(dx_merge_row_next(r));
        ++*count;
    }
    return DX_OK;
}

static dx_status put_row(merger *g, uint32_t pair, const item **next,
    uint32_t *row)
{
    const item *all = g->items + g->item_count;
    uint32_t second = g->pairs->at[pair].second;
    dx_merge_postings *p = &g->postings;
    size_t count;

    DX_TRY(open_rows(g, pair, &count));
    for (;;) {
        uint32_t third = dx_merge_rows_least(g->rows, count);
        const item *from = *next, *end = from;
        if (from < all && from->pair == pair && from->third < third)
            third = from->third;
        if (third == DX_MERGE_GONE)
            break;
        while (end < all && end->pair == pair && end->third == third)
            end++;
        *next = end;
        p->count = 0;
        DX_TRY(dx_merge_rows_take(g->rows, count, third, p));
        DX_TRY(add_items(p, from, end));
        if (p->count > 0 && dx_frequent_pairs_find(g->pairs, second, third) !=
                                DX_FREQUENT_PAIR_NONE)
            dx_list_builder_pair(g->builder, third, p->docs, p->tfs, p->count);
    }
    *row = dx_list_builder_row_end(g->builder);
    return DX_OK;
}

static dx_status put_found(merger *g, dx_segment_writer *w)
{
    const item *next = g->items;

    for (uint32_t pair = g->first; pair < g->end; pair++) {
        const dx_frequent_pair *at = &g->pairs->at[pair];
        uint32_t row;
        DX_TRY(put_row(g, pair, &next, &row));
        dx_segment_writer_triples(w, at->first, at->second, row);
    }
    return DX_OK;
}

/* All that there is to find is kept while it is counted. If that is too much, texts
 * are read again for some pairs at a time. */
static dx_status put_all(merger *g, size_t room, dx_segment_writer *w)
{
    uint32_t pairs = (uint32_t)g->pairs->count;

    for (size_t i = 0; i < g->m->count; i++)
        DX_TRY(find_known(g, i));
    g->is_counting = true;
    DX_TRY(find_between(g, 0, pairs, room));
    g->is_counting = false;
    if (g->counted <= room)
        return put_found(g, w);
    for (g->end = 0; g->end < pairs;) {
        DX_TRY(find_next(g, g->end, room));
        DX_TRY(put_found(g, w));
    }
    return DX_OK;
}

dx_status dx_merge_triples_put(const dx_merge_sources *m,
    const dx_frequent_pairs *pairs, size_t room_bytes, dx_segment_writer *w,
    const atomic_bool *stop)
{
    merger g = {.m = m, .pairs = pairs, .stop = stop};
    dx_status rc = DX_ERR_NOMEM;

    if (pairs->count == 0)
        return DX_OK;
    g.builder = dx_list_builder_new(w);
    g.sides = dx_calloc(m->count, sizeof *g.sides);
    g.rows = dx_calloc(m->count, sizeof *g.rows);
    g.counts = dx_calloc(pairs->count, sizeof *g.counts);
    if (g.builder && g.sides && g.rows && g.counts)
        rc = put_all(&g, room_bytes / (2 * sizeof *g.items), w);
    for (size_t i = 0; g.sides && i < m->count; i++) {
        dx_free(g.sides[i].known);
        dx_frequent_pairs_free(&g.sides[i].unknown);
    }
    dx_free(g.sides);
    dx_free(g.rows);
    dx_free(g.counts);
    dx_free(g.items);
    dx_list_builder_free(g.builder);
    dx_merge_postings_free(&g.postings);
    dx_merge_text_free(&g.text);
    return rc;
}
