/* Counts the texts anew, and adds up the postings that they make. */
#include "common/index/check/expected.h"

#include <string.h>

#include "common/base/arena.h"
#include "common/base/mem.h"
#include "common/index/codec/bm25.h"
#include "common/index/codec/list.h"
#include "common/index/codec/list_decode.h"
#include "common/index/field/attribute.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/pairs.h"

typedef struct counter {
    dx_checker *c;
    const dx_segment *s;
    dx_expected *sums;
    uint32_t *exact_folded; /* owned: folded id of each exact one */
    /* Owned: ids of each exact term with a mark before it, or NONE. */
    uint32_t *title, *outside, *outside_spelt;
    /* Owned: the last document, + 1, whose body had the exact or folded term, or that
     * was found to be outside the body. */
    uint32_t *exact_seen, *folded_seen;
    uint32_t *triples_of; /* owned: of each folded term, the first entry of the table of
                             triples that begins with it; and the end */
    dx_doc doc;
    dx_bag exact_bag, folded_bag, pair_bag, triple_bag; /* of one document */
    uint32_t *docs; /* owned: of one list */
    uint16_t *tfs;  /* owned: likewise */
    uint64_t *seen; /* owned: documents that have an attribute, as bits */
    dx_arena arena;
} counter;

/* ---- tables ---- */

/* The exact terms whose folded form begins with a mark. */
static void marked_range(const dx_segment *s, char mark, uint32_t *first,
    uint32_t *end)
{
    uint32_t folded, folded_end;

    dx_segment_find_prefix(s, (dx_str){&mark, 1}, &folded, &folded_end);
    dx_segment_exact_range(s, folded, folded_end, first, end);
}

static bool is_marked(dx_str marked, dx_str plain)
{
    return marked.len > 0 &&
           dx_str_eq((dx_str){marked.ptr + 1, marked.len - 1}, plain);
}

/* Terms with one mark are in the same order as the plain ones, so one walk over
 * both matches them up. */
static void match_marked(counter *n, char mark, uint32_t *ids)
{
    const dx_segment *s = n->s;
    uint32_t marked, end;

    for (uint32_t e = 0; e < dx_segment_exact_count(s); e++)
        ids[e] = DX_ID_NONE;
    marked_range(s, mark, &marked, &end);
    for (uint32_t e = end; e < dx_segment_exact_count(s) && marked < end; e++)
        if (is_marked(dx_segment_exact_string(s, marked),
                dx_segment_exact_string(s, e)) &&
            is_marked(dx_segment_folded_string(s, n->exact_folded[marked]),
                dx_segment_folded_string(s, n->exact_folded[e])))
            ids[e] = marked++;
    if (marked < end)
        dx_check_problem(n->c, "exact term %u: a marked word that no article "
                               "has", marked);
}

static size_t seen_words(const dx_segment *s)
{
    return ((size_t)dx_segment_docs(s) + 63) / 64;
}

static dx_status make_sums(dx_expected *e, const dx_segment *s)
{
    size_t exacts = (size_t)dx_segment_exact_count(s) + 1;
    size_t foldeds = (size_t)dx_segment_folded_count(s) + 1;

    e->exacts = dx_calloc(exacts, sizeof *e->exacts);
    e->foldeds = dx_calloc(foldeds, sizeof *e->foldeds);
    e->rows = dx_calloc(foldeds, sizeof *e->rows);
    e->triples = dx_calloc((size_t)dx_segment_triples_count(s) + 1,
        sizeof *e->triples);
    return e->exacts && e->foldeds && e->rows && e->triples ? DX_OK
                                                            : DX_ERR_NOMEM;
}

/* The table is in order. */
static void find_triples(counter *n)
{
    uint32_t foldeds = dx_segment_folded_count(n->s), entry = 0;
    uint32_t entries = dx_segment_triples_count(n->s), first, second;

    for (uint32_t f = 0; f < foldeds; f++) {
        n->triples_of[f] = entry;
        for (; entry < entries; entry++) {
            dx_segment_triples_pair(n->s, entry, &first, &second);
            if (first != f)
                break;
        }
    }
    n->triples_of[foldeds] = entry;
}

/* The entry of a pair, or NONE. A text has many more pairs than have triples. */
static uint32_t triples_of(const counter *n, uint32_t first, uint32_t second)
{
    uint32_t low = n->triples_of[first], high = n->triples_of[first + 1];

    while (low < high) {
        uint32_t middle = low + (high - low) / 2, a, b;
        dx_segment_triples_pair(n->s, middle, &a, &b);
        if (b == second)
            return middle;
        if (b < second)
            low = middle + 1;
        else
            high = middle;
    }
    return DX_ID_NONE;
}

static dx_status start(counter *n)
{
    const dx_segment *s = n->s;
    uint32_t exacts = dx_segment_exact_count(s), docs = dx_segment_docs(s);

    dx_doc_init(&n->doc);
    n->triples_of = dx_calloc((size_t)dx_segment_folded_count(s) + 1,
        sizeof *n->triples_of);
    n->exact_folded = dx_calloc((size_t)exacts + 1, sizeof *n->exact_folded);
    n->title = dx_calloc((size_t)exacts + 1, sizeof *n->title);
    n->outside = dx_calloc((size_t)exacts + 1, sizeof *n->outside);
    n->outside_spelt = dx_calloc((size_t)exacts + 1, sizeof *n->outside_spelt);
    n->exact_seen = dx_calloc((size_t)exacts + 1, sizeof *n->exact_seen);
    n->folded_seen = dx_calloc((size_t)dx_segment_folded_count(s) + 1,
        sizeof *n->folded_seen);
    n->docs = dx_calloc(docs, sizeof *n->docs);
    n->tfs = dx_calloc(docs, sizeof *n->tfs);
    n->seen = dx_calloc(seen_words(s), sizeof *n->seen);
    if (!n->exact_folded || !n->title || !n->outside || !n->outside_spelt ||
        !n->triples_of || !n->exact_seen || !n->folded_seen || !n->docs ||
        !n->tfs || !n->seen)
        return DX_ERR_NOMEM;
    for (uint32_t f = 0; f < dx_segment_folded_count(s); f++) {
        uint32_t first, end;
        dx_segment_exact_range(s, f, f + 1, &first, &end);
        for (uint32_t e = first; e < end; e++)
            n->exact_folded[e] = f;
    }
    match_marked(n, DX_TITLE_MARK, n->title);
    match_marked(n, DX_OUTSIDE_MARK, n->outside);
    match_marked(n, DX_OUTSIDE_SPELT_MARK, n->outside_spelt);
    find_triples(n);
    return DX_OK;
}

static void finish(counter *n)
{
    dx_doc_free(&n->doc);
    dx_free(n->exact_folded);
    dx_free(n->title);
    dx_free(n->outside);
    dx_free(n->outside_spelt);
    dx_free(n->exact_seen);
    dx_free(n->folded_seen);
    dx_free(n->triples_of);
    dx_free(n->docs);
    dx_free(n->tfs);
    dx_free(n->seen);
    dx_bag_free(&n->exact_bag);
    dx_bag_free(&n->folded_bag);
    dx_bag_free(&n->pair_bag);
    dx_bag_free(&n->triple_bag);
    dx_arena_free(&n->arena);
}

/* ---- texts ---- */

static unsigned field_weight(uint8_t field)
{
    static const unsigned weights[DX_TEXT_FIELDS] = {DX_WEIGHT_TITLE,
        DX_WEIGHT_LEAD, DX_WEIGHT_BODY};

    return weights[field < DX_TEXT_FIELDS ? field : DX_FIELD_BODY];
}

/* Adds the pair of two neighbours. Adds the triple that ends with it too, if
 * triples are kept of it and of the pair before, `*before`. */
static dx_status gather_pair(counter *n, uint32_t first, uint32_t second,
    uint32_t *before)
{
    uint32_t kept = triples_of(n, first, second);

    DX_TRY(dx_bag_add(&n->pair_bag, (uint64_t)first << 32 | second, 1));
    if (*before != DX_ID_NONE && kept != DX_ID_NONE)
        DX_TRY(dx_bag_add(&n->triple_bag, (uint64_t)*before << 32 | second, 1));
    *before = kept;
    return DX_OK;
}

static void see_body(counter *n, uint32_t doc)
{
    for (size_t i = 0; i < n->doc.token_count; i++) {
        const dx_token *t = &n->doc.tokens[i];
        if (t->field != DX_FIELD_BODY)
            continue;
        n->exact_seen[t->exact_id] = doc + 1;
        n->folded_seen[n->exact_folded[t->exact_id]] = doc + 1;
    }
}

/* A word of title or lead that the body does not have in this spelling. It counts
 * once, and so does its folded form. */
static dx_status gather_outside(counter *n, uint32_t exact, uint32_t doc)
{
    bool spelt = n->folded_seen[n->exact_folded[exact]] == doc + 1;
    uint32_t marked = spelt ? n->outside_spelt[exact] : n->outside[exact];

    if (n->exact_seen[exact] == doc + 1)
        return DX_OK;
    n->exact_seen[exact] = doc + 1;
    if (marked == DX_ID_NONE)
        return DX_ERR_CORRUPT;
    DX_TRY(dx_bag_add(&n->exact_bag, marked, 1));
    uint32_t folded = n->exact_folded[marked];
    if (n->folded_seen[folded] == doc + 1)
        return DX_OK;
    n->folded_seen[folded] = doc + 1;
    return dx_bag_add(&n->folded_bag, folded, 1);
}

/* Fills the bags from a document. `*length` is what its column should say. */
static dx_status gather(counter *n, uint32_t doc, uint64_t *length)
{
    const dx_token *before = NULL;
    uint32_t pair = DX_ID_NONE; /* the one that ends with `before`, if kept */

    *length = 0;
    see_body(n, doc);
    for (size_t i = 0; i < n->doc.token_count; i++) {
        const dx_token *t = &n->doc.tokens[i];
        unsigned weight = field_weight(t->field);
        uint32_t folded = n->exact_folded[t->exact_id];
        uint32_t title = n->title[t->exact_id];
        DX_TRY(dx_bag_add(&n->exact_bag, t->exact_id, weight));
        DX_TRY(dx_bag_add(&n->folded_bag, folded, weight));
        if (t->field == DX_FIELD_TITLE && title == DX_ID_NONE)
            return DX_ERR_CORRUPT;
        if (t->field == DX_FIELD_TITLE) {
            DX_TRY(dx_bag_add(&n->exact_bag, title, 1));
            DX_TRY(dx_bag_add(&n->folded_bag, n->exact_folded[title], 1));
        }
        if (t->field != DX_FIELD_BODY)
            DX_TRY(gather_outside(n, t->exact_id, doc));
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

static dx_status count_doc(counter *n, uint32_t doc)
{
    uint64_t length;
    dx_status rc = dx_segment_read_doc(n->s, doc, false, &n->doc);

    if (rc == DX_OK)
        rc = gather(n, doc, &length);
    if (rc == DX_ERR_CORRUPT)
        dx_check_problem(n->c, "article %u: its text does not decode", doc);
    if (rc != DX_OK)
        return rc == DX_ERR_NOMEM ? rc : DX_OK;
    uint32_t stored = dx_length_at(dx_segment_lengths(n->s, doc, 1), doc);
    if (stored != (length < UINT16_MAX ? length : UINT16_MAX))
        dx_check_problem(n->c,
            "article %u: its length is %u, its text has %llu", doc, stored,
            (unsigned long long)length);
    dx_bag_empty(&n->exact_bag, doc, false, false, n->sums->exacts);
    dx_bag_empty(&n->folded_bag, doc, false, false, n->sums->foldeds);
    dx_bag_empty(&n->pair_bag, doc, true, false, n->sums->rows);
    dx_bag_empty(&n->triple_bag, doc, true, true, n->sums->triples);
    return DX_OK;
}

static dx_status count_texts(counter *n)
{
    uint32_t docs = dx_segment_docs(n->s);

    dx_check_begin(n->c, DX_CHECK_TEXTS, docs);
    for (uint32_t doc = 0; doc < docs; doc++) {
        DX_TRY(count_doc(n, doc));
        dx_check_at(n->c, doc, docs);
    }
    return DX_OK;
}

/* ---- attributes ---- */

/* A list that does not decode is reported when the lists are checked. */
static dx_status count_attribute(counter *n, uint32_t exact, dx_tally *folded)
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
        dx_tally_add(&n->sums->exacts[exact], 0, doc, 1);
        if (!(n->seen[doc / 64] >> doc % 64 & 1))
            dx_tally_add(folded, 0, doc, 1);
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
            DX_TRY(count_attribute(n, exact, &n->sums->foldeds[f]));
    }
    return DX_OK;
}

dx_status dx_expected_count(dx_expected *e, dx_checker *c, const dx_segment *s)
{
    counter n = {.c = c, .s = s, .sums = e};

    *e = (dx_expected){NULL, NULL, NULL, NULL};
    dx_status rc = make_sums(e, s);
    if (rc == DX_OK)
        rc = start(&n);
    if (rc == DX_OK)
        rc = count_texts(&n);
    if (rc == DX_OK)
        rc = count_attributes(&n);
    finish(&n);
    return rc;
}

void dx_expected_free(dx_expected *e)
{
    dx_free(e->exacts);
    dx_free(e->foldeds);
    dx_free(e->rows);
    dx_free(e->triples);
}
