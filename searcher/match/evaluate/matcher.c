#include "searcher/match/evaluate/matcher.h"

#include <string.h>

#include "common/base/civil.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/list.h"
#include "common/index/segment/segment.h"
#include "searcher/match/evaluate/bounds.h"
#include "searcher/match/evaluate/node_role.h"
#include "searcher/match/lookup/filter.h"

/* A document is looked up in the time in which this many are expanded. */
#define LOOK_UP_SHARE 5u

/* ---- phrases ---- */

/* Documents where the phrase must be, by counting alone. Of the places of a
 * word, those that follow the one before and those that precede the one after
 * must meet when they are more than there are places. So the phrase stands at
 * least this often in a document, marks aside:
 *
 *     sum of tf(pairs) - sum of tf(words but the first and the last)
 *
 * and each place of a word in another spelling can spoil one of these. */
static bool must_hold(const dx_node_match *c, uint32_t d)
{
    uint32_t count = c->node->count;
    int64_t places = 0;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t tf = dx_cursor_tf(c->folded[i], d);
        bool inner = i > 0 && i + 1 < count;
        if (tf == DX_TF_MAX) /* or more */
            return false;
        places -= inner ? tf : 0;
        if (c->exact[i])
            places -= tf - dx_cursor_tf(c->exact[i], d);
        if (i + 1 < count)
            places += dx_cursor_tf(c->pairs[i], d);
    }
    return places > 0;
}

static dx_status row_holds(dx_matcher *m, const dx_node_match *c,
    uint32_t window, uint32_t d, bool *holds)
{
    bool title = c->node->field == DX_IN_TITLE;

    *holds = !title && must_hold(c, d);
    if (*holds)
        return DX_OK;
    return dx_segment_has_row(m->pool.segment, window << DX_WINDOW_BITS | d,
        c->words, c->node->count, title, holds);
}

/* Looks for the node's words in the text of each document of `set` that does
 * not tell without. All the node's lists have those documents. */
static dx_status check_rows(dx_matcher *m, const dx_node_match *c,
    uint32_t window, dx_bitset *set)
{
    for (uint32_t i = 0; i < c->node->count; i++)
        (void)dx_cursor_seek(c->folded[i], window);
    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++) {
        for (uint64_t left = set->words[k]; left; left &= left - 1) {
            bool holds = false;
            if (!dx_deadline_step(m->plan->deadline))
                DX_TRY(row_holds(m, c, window, k << 6 | dx_ctz64(left),
                    &holds));
            if (!holds)
                set->words[k] &= ~(left & -left);
        }
    }
    return DX_OK;
}

/* ---- other looks at documents ---- */

/* Frequent words mostly stand somewhere near the beginning, too, so the text is
 * looked through in growing pieces: of what holds no more is read. */
#define FIRST_TOKENS 16u

static dx_status places_hold(dx_matcher *m, const dx_node_match *c,
    uint32_t doc, bool *holds)
{
    dx_term_scan scan;
    dx_field last = c->places.field < DX_FIELD_BODY
                        ? (dx_field)c->places.field
                        : DX_FIELD_BODY;

    DX_TRY(dx_term_scan_begin(&scan, m->pool.segment, doc, last,
        c->places.ids, &m->doc));
    if (c->places.at_start)
        scan.positions = c->places.longest;
    for (size_t enough = FIRST_TOKENS;; enough *= 4) {
        DX_TRY(dx_term_scan_go_on(&scan, enough, &m->doc));
        DX_TRY(dx_proximity_holds(&c->places, &m->doc, holds));
        if (*holds || m->doc.token_count < enough)
            return DX_OK;
    }
}

static dx_status doc_holds(dx_matcher *m, const dx_node_match *c, uint32_t doc,
    bool *holds)
{
    int32_t day;

    switch (c->check) {
    case DX_CHECK_PROXIMITY:
        return places_hold(m, c, doc, holds);
    case DX_CHECK_URL:
        return dx_filter_url_holds(m->pool.segment, doc, c->text, &m->meta,
            holds);
    case DX_CHECK_DATE:
        day = dx_segment_date(m->pool.segment, doc);
        *holds = day != DX_DATE_UNKNOWN && day >= c->node->from_day &&
                 day <= c->node->to_day;
        return DX_OK;
    case DX_CHECK_ROW:
    case DX_CHECK_NONE:
        break;
    }
    *holds = true;
    return DX_OK;
}

static dx_status check_docs(dx_matcher *m, const dx_node_match *c,
    uint32_t window, dx_bitset *set)
{
    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++) {
        for (uint64_t left = set->words[k]; left; left &= left - 1) {
            uint32_t d = k << 6 | dx_ctz64(left);
            bool holds = false;
            if (!dx_deadline_step(m->plan->deadline))
                DX_TRY(doc_holds(m, c, window << DX_WINDOW_BITS | d, &holds));
            if (!holds)
                set->words[k] &= ~(left & -left);
        }
    }
    return DX_OK;
}

/* ---- sets ---- */

static bool is_empty(const dx_bitset *s)
{
    uint64_t all = 0;

    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        all |= s->words[k];
    return all == 0;
}

static void intersect(const dx_cursor *list, dx_bitset *set)
{
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        set->words[k] &= list->bits[k];
}

static void look_up(dx_cursor *list, dx_bitset *set)
{
    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
        for (uint64_t left = set->words[k]; left; left &= left - 1)
            if (!dx_cursor_has(list, k << 6 | dx_ctz64(left)))
                set->words[k] &= ~(left & -left);
}

static dx_status keep(dx_matcher *m, const dx_node_match *c, uint32_t window,
    dx_bitset *set);

/* set &= the documents of all lists. */
static dx_status keep_lists(const dx_node_match *c, uint32_t window,
    dx_bitset *set)
{
    for (uint32_t i = 0; i < c->list_count; i++) {
        dx_cursor *list = c->lists[i];
        uint32_t count = dx_cursor_seek(list, window);
        if (!list->loaded && count / LOOK_UP_SHARE > dx_bitset_count(set))
            look_up(list, set);
        else if (dx_cursor_load(list, window))
            intersect(list, set);
        else
            memset(set, 0, sizeof *set);
        if (list->status != DX_OK)
            return list->status;
    }
    return DX_OK;
}

static dx_status keep_checked(dx_matcher *m, const dx_node_match *c,
    uint32_t window, dx_bitset *set)
{
    if (c->check == DX_CHECK_NONE)
        return DX_OK;
    return c->check == DX_CHECK_ROW ? check_rows(m, c, window, set)
                                    : check_docs(m, c, window, set);
}

/* A word or phrase, or what may stand for it. */
static dx_status keep_words(dx_matcher *m, const dx_node_match *c,
    uint32_t window, dx_bitset *set)
{
    dx_bitset instead;

    if (!c->instead) {
        DX_TRY(keep_lists(c, window, set));
        return keep_checked(m, c, window, set);
    }
    instead = *set;
    if (dx_cursor_load(c->instead, window))
        intersect(c->instead, &instead);
    else
        memset(&instead, 0, sizeof instead);
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        set->words[k] &= ~instead.words[k];
    DX_TRY(keep_lists(c, window, set));
    DX_TRY(keep_checked(m, c, window, set));
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        set->words[k] |= instead.words[k];
    return DX_OK;
}

static dx_status keep_quorum(dx_matcher *m, const dx_node_match *c,
    uint32_t window, dx_bitset *set)
{
    dx_bounds counts;

    memset(&counts, 0, sizeof counts);
    for (uint32_t i = 0; i < c->list_count; i++) {
        if (dx_cursor_load(c->lists[i], window))
            dx_bounds_add(&counts, c->lists[i]->bits, NULL, 1);
        if (c->lists[i]->status != DX_OK)
            return c->lists[i]->status;
    }
    dx_bounds_keep(&counts, c->node->quorum, set);
    return keep_checked(m, c, window, set);
}

static dx_status keep_children(dx_matcher *m, const dx_node_match *c,
    uint32_t window, dx_bitset *set)
{
    for (uint32_t i = 0; i < c->child_count && !is_empty(set); i++)
        DX_TRY(keep(m, &c->children[i], window, set));
    return DX_OK;
}

/* set |= the documents of `within` where the node holds. */
static dx_status add(dx_matcher *m, const dx_node_match *c, uint32_t window,
    const dx_bitset *within, dx_bitset *set)
{
    dx_bitset found;

    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        found.words[k] = within->words[k] & ~set->words[k];
    DX_TRY(keep(m, c, window, &found));
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        set->words[k] |= found.words[k];
    return DX_OK;
}

static dx_status keep_any_child(dx_matcher *m, const dx_node_match *c,
    uint32_t window, dx_bitset *set)
{
    dx_bitset some = {{0}};

    for (uint32_t i = 0; i < c->child_count; i++)
        DX_TRY(add(m, &c->children[i], window, set, &some));
    *set = some;
    return DX_OK;
}

static dx_status drop(dx_matcher *m, const dx_node_match *c, uint32_t window,
    dx_bitset *set)
{
    dx_bitset without = *set;

    DX_TRY(keep_children(m, c, window, &without));
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        set->words[k] &= ~without.words[k];
    return DX_OK;
}

/* set &= the documents where the node holds. */
static dx_status keep(dx_matcher *m, const dx_node_match *c, uint32_t window,
    dx_bitset *set)
{
    switch (c->kind) {
    case DX_NODE_AND:
        return keep_children(m, c, window, set);
    case DX_NODE_OR:
        return keep_any_child(m, c, window, set);
    case DX_NODE_NOT:
        return drop(m, c, window, set);
    case DX_NODE_NEAR:
        DX_TRY(keep_children(m, c, window, set));
        return keep_checked(m, c, window, set);
    case DX_NODE_QUORUM:
        return keep_quorum(m, c, window, set);
    case DX_NODE_FILTER:
        DX_TRY(keep_lists(c, window, set));
        return keep_checked(m, c, window, set);
    case DX_NODE_WORD:
    case DX_NODE_PHRASE:
        return keep_words(m, c, window, set);
    case DX_NODE_EVERY:
        break;
    }
    return DX_OK;
}

/* ---- the root ---- */

static void keep_live(const dx_matcher *m, uint32_t window, dx_bitset *out)
{
    uint32_t left = m->segment_docs - (window << DX_WINDOW_BITS);

    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++) {
        uint64_t bits = ~(uint64_t)0;
        if (left < 64 * (k + 1))
            bits = left > 64 * k ? bits >> (64 * (k + 1) - left) : 0;
        if (m->deleted)
            bits &= ~m->deleted[(size_t)window * DX_WINDOW_WORDS + k];
        out->words[k] &= bits;
    }
}

static dx_status keep_some(dx_matcher *m, bool optional_too, uint32_t window,
    dx_bitset *set)
{
    const dx_node_match *root = &m->root;

    for (uint32_t i = 0; i < root->child_count && !is_empty(set); i++)
        if (optional_too || !root->children[i].optional)
            DX_TRY(keep(m, &root->children[i], window, set));
    return DX_OK;
}

static bool is_always(const dx_node_match *c)
{
    return c->always || c->kind == DX_NODE_NOT;
}

static dx_status keep_any(dx_matcher *m, uint32_t window, dx_bitset *set)
{
    const dx_node_match *root = &m->root;
    dx_bitset some = {{0}};
    bool enough = true; /* there is nothing else to choose from */

    for (uint32_t i = 0; i < root->child_count; i++)
        enough = enough && is_always(&root->children[i]);
    for (uint32_t i = 0; i < root->child_count; i++) {
        const dx_node_match *c = &root->children[i];
        if (!is_always(c) || c->kind == DX_NODE_NOT)
            continue;
        DX_TRY(keep(m, c, window, set));
        enough = enough || c->scores;
    }
    for (uint32_t i = 0; i < root->child_count && !enough; i++)
        if (!is_always(&root->children[i]))
            DX_TRY(add(m, &root->children[i], window, set, &some));
    if (!enough)
        *set = some;
    for (uint32_t i = 0; i < root->child_count && !is_empty(set); i++)
        if (root->children[i].kind == DX_NODE_NOT)
            DX_TRY(keep(m, &root->children[i], window, set));
    return DX_OK;
}

dx_status dx_matcher_find(dx_matcher *m, uint32_t window, dx_match_mode mode,
    dx_bitset *out, uint32_t *count)
{
    *count = 0;
    keep_live(m, window, out);
    if (m->root.kind != DX_NODE_AND)
        DX_TRY(keep(m, &m->root, window, out));
    else if (mode == DX_MATCHES_ANY)
        DX_TRY(keep_any(m, window, out));
    else
        DX_TRY(keep_some(m, mode == DX_MATCHES_ALL, window, out));
    *count = dx_bitset_count(out);
    return DX_OK;
}

bool dx_matcher_takes_scored(const dx_matcher *m, uint32_t window,
    dx_bitset *out, uint32_t *count)
{
    bool takes = m->root.kind == DX_NODE_AND && !m->plan->exact_accents;

    for (uint32_t i = 0; i < m->root.child_count && takes; i++)
        takes = m->root.children[i].optional;
    if (takes) {
        keep_live(m, window, out);
        *count = dx_bitset_count(out);
    }
    return takes;
}

/* ---- peeking ---- */

static bool may_hold(const dx_node_match *c, uint32_t window);

static uint32_t count_promising(const dx_node_match *c, uint32_t window)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < c->child_count; i++)
        count += may_hold(&c->children[i], window);
    for (uint32_t i = 0; i < c->list_count; i++)
        count += dx_cursor_peek(c->lists[i], window) > 0;
    return count;
}

static bool may_hold(const dx_node_match *c, uint32_t window)
{
    switch (c->kind) {
    case DX_NODE_OR:
        return count_promising(c, window) > 0;
    case DX_NODE_NOT:
        return true;
    case DX_NODE_QUORUM:
        return count_promising(c, window) >= c->node->quorum;
    default:
        break;
    }
    if (c->instead && dx_cursor_peek(c->instead, window) > 0)
        return true;
    for (uint32_t i = 0; i < c->list_count; i++)
        if (dx_cursor_peek(c->lists[i], window) == 0)
            return false;
    for (uint32_t i = 0; i < c->child_count; i++)
        if (!may_hold(&c->children[i], window))
            return false;
    return true;
}

bool dx_matcher_may_have_all(dx_matcher *m, uint32_t window)
{
    return may_hold(&m->root, window);
}
