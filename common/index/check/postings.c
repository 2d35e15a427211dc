/* Compares every posting list with what the texts say that it should hold. */
#include "common/index/check/postings.h"

#include "common/base/arena.h"
#include "common/base/mem.h"
#include "common/index/check/expected.h"
#include "common/index/check/tally.h"
#include "common/index/codec/bm25.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/list.h"
#include "common/index/codec/list_decode.h"
#include "common/index/codec/window.h"
#include "common/index/field/attribute.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/pairs.h"

typedef struct comparison {
    dx_checker *c;
    const dx_segment *s;
    dx_expected expected;
    uint32_t *docs; /* owned: of one list */
    uint16_t *tfs;  /* owned: likewise */
    dx_arena arena;
} comparison;

/* ---- lists ---- */

/* The bound of a window must not be below any impact in it, or good hits could
 * be skipped. */
static dx_status bounds_hold(comparison *n, const dx_list *list, bool *hold)
{
    const dx_segment *s = n->s;
    uint64_t sum = dx_segment_length_sum(s);
    double average = sum ? (double)sum / dx_segment_docs(s) : 1.0;
    dx_cursor cursor;

    *hold = true;
    if (!dx_list_is_windowed(list->df, dx_segment_docs(s)))
        return DX_OK;
    DX_TRY(dx_cursor_open(&cursor, list, &n->arena));
    for (uint32_t i = 0; i < list->df && *hold; i++) {
        uint32_t length = dx_length_at(dx_segment_lengths(s, n->docs[i], 1),
            n->docs[i]);
        *hold = dx_bm25_bound(n->tfs[i], length, average) <=
                dx_cursor_bound(&cursor, n->docs[i] >> DX_WINDOW_BITS);
    }
    return DX_OK;
}

/* Adds the postings of a list to `t`. `*fault` says what is wrong, or is
 * NULL. */
static dx_status add_list(comparison *n, const dx_list *list, uint32_t second,
    dx_tally *t, const char **fault)
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
        dx_tally_add(t, second, n->docs[i], n->tfs[i]);
    return DX_OK;
}

/* ---- telling ---- */

/* Writes title terms and attributes as `dxindex dump` does. */
static void tell_term(comparison *n, const char *kind, dx_str term,
    const char *fault)
{
    const char *of = "", *colon = "";

    if (term.len && *term.ptr == DX_TITLE_MARK) {
        of = "title";
        colon = ":";
        term = (dx_str){term.ptr + 1, term.len - 1};
    } else if (dx_term_is_outside(term)) {
        of = "-body";
        colon = *term.ptr == DX_OUTSIDE_MARK ? ":" : ":=";
        term = (dx_str){term.ptr + 1, term.len - 1};
    } else if (dx_term_is_attribute(term)) {
        of = dx_field_asked(dx_attribute_field(term));
        colon = ":";
        term = dx_attribute_value(term);
    }
    dx_check_problem(n->c, "%s list of “%s%s%.*s” %s", kind, of, colon,
        (int)term.len, term.ptr, fault);
}

static dx_status check_list(comparison *n, const char *kind, dx_str term,
    dx_status opened, const dx_list *list, const dx_tally *expected)
{
    dx_tally found = {0, 0};
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

typedef struct row_check { /* a row of pairs or of triples */
    comparison *n;
    dx_tally found;
    uint32_t first, second; /* second is NONE for pairs */
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

/* Searching takes another way to a list than walking: the groups of the row. */
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

static dx_status end_row(row_check *r, dx_status rc, const dx_tally *expected)
{
    if (rc == DX_ERR_NOMEM)
        return rc;
    if (rc != DX_OK)
        tell_row(r, DX_ID_NONE, "…: the row does not decode");
    else if (r->found.count != expected->count || r->found.sum != expected->sum)
        tell_row(r, DX_ID_NONE, "…: the row differs from the texts");
    return DX_OK;
}

static dx_status check_row(comparison *n, uint32_t folded)
{
    row_check r = {.n = n, .first = folded, .second = DX_ID_NONE};

    return end_row(&r, dx_segment_each_pair(n->s, folded, check_row_list, &r),
        &n->expected.rows[folded]);
}

static dx_status check_triples(comparison *n)
{
    uint32_t terms = dx_segment_folded_count(n->s);
    uint32_t entries = dx_segment_triples_count(n->s);
    uint64_t before = 0;

    dx_check_begin(n->c, DX_CHECK_TRIPLES, dx_segment_docs(n->s));
    for (uint32_t i = 0; i < entries; i++) {
        row_check r = {.n = n};
        dx_check_at(n->c, i, entries);
        dx_segment_triples_pair(n->s, i, &r.first, &r.second);
        uint64_t pair = (uint64_t)r.first << 32 | r.second;
        if (r.first >= terms || r.second >= terms ||
            (i > 0 && pair <= before)) {
            dx_check_problem(n->c, "pair %u with triples is out of order", i);
            return DX_OK;
        }
        before = pair;
        DX_TRY(end_row(&r, dx_segment_each_triple(n->s, i, check_row_list, &r),
            &n->expected.triples[i]));
    }
    return DX_OK;
}

static dx_status check_exacts(comparison *n)
{
    const dx_segment *s = n->s;
    uint32_t exacts = dx_segment_exact_count(s);
    dx_list list;

    dx_check_begin(n->c, DX_CHECK_EXACT_LISTS, dx_segment_docs(s));
    for (uint32_t e = 0; e < exacts; e++) {
        dx_status opened = dx_segment_exact_list(s, e, &list);
        DX_TRY(check_list(n, "exact", dx_segment_exact_string(s, e), opened,
            &list, &n->expected.exacts[e]));
        dx_check_at(n->c, e, exacts);
    }
    return DX_OK;
}

static dx_status check_foldeds(comparison *n)
{
    const dx_segment *s = n->s;
    uint32_t foldeds = dx_segment_folded_count(s);
    dx_list list;

    dx_check_begin(n->c, DX_CHECK_FOLDED_LISTS, dx_segment_docs(s));
    for (uint32_t f = 0; f < foldeds; f++) {
        dx_status opened = dx_segment_folded_list(s, f, &list);
        DX_TRY(check_list(n, "folded", dx_segment_folded_string(s, f), opened,
            &list, &n->expected.foldeds[f]));
        DX_TRY(check_row(n, f));
        dx_check_at(n->c, f, foldeds);
    }
    return DX_OK;
}

static dx_status check_lists(comparison *n)
{
    DX_TRY(check_exacts(n));
    DX_TRY(check_triples(n));
    return check_foldeds(n);
}

dx_status dx_check_postings(dx_checker *c, const dx_segment *s)
{
    comparison n = {.c = c, .s = s};
    dx_status rc = dx_expected_count(&n.expected, c, s);

    n.docs = dx_calloc(dx_segment_docs(s), sizeof *n.docs);
    n.tfs = dx_calloc(dx_segment_docs(s), sizeof *n.tfs);
    if (rc == DX_OK && (!n.docs || !n.tfs))
        rc = DX_ERR_NOMEM;
    if (rc == DX_OK && c->segment_problems == 0)
        rc = check_lists(&n);
    dx_expected_free(&n.expected);
    dx_free(n.docs);
    dx_free(n.tfs);
    dx_arena_free(&n.arena);
    return rc;
}
