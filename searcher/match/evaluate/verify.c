/* Looks at documents where lists cannot tell. */
#include "searcher/match/evaluate/verify.h"

#include "common/base/str.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/meta.h"
#include "searcher/match/evaluate/date_range.h"
#include "searcher/match/evaluate/proximity.h"
#include "searcher/query/query.h"

void dx_verifier_init(dx_verifier *v, const dx_segment *s,
    dx_deadline *deadline)
{
    *v = (dx_verifier){.segment = s, .deadline = deadline};
    dx_proximity_scratch_init(&v->scratch);
    dx_meta_reader_init(&v->meta);
}

void dx_verifier_free(dx_verifier *v)
{
    dx_proximity_scratch_free(&v->scratch);
    dx_meta_reader_free(&v->meta);
}

/* ---- rows of words ---- */

/* How often at most; a frequency that is as large as can be says nothing. */
static inline int64_t most_times(dx_cursor *list, uint32_t d)
{
    uint32_t tf = dx_cursor_tf(list, d);

    return tf < DX_TF_MAX ? tf : UINT32_MAX;
}

/* How many times more the first i + 1 words may stand in a row than with word i + 1
 * behind them. Of the times that a word stands in the document, those that end such a
 * row and those that begin a pair meet when together they are more; so do, of the times
 * that a pair stands there, those that end a row and one that begins a triple. */
static inline int64_t lost_behind(const dx_node_match *c, uint32_t i, uint32_t d)
{
    int64_t by_pair = c->triples[i - 1] ? most_times(c->pairs[i - 1], d) - 1
                                        : UINT32_MAX;

    if (by_pair == 0)
        return 0;
    int64_t by_word =
        most_times(c->folded[i], d) - dx_cursor_tf(c->pairs[i], d);
    return by_pair < by_word ? by_pair : by_word;
}

/* Documents where the phrase must be, by counting alone: not all of the times that its
 * first two words stand there are lost behind them, nor by other spellings than those
 * wanted, each of which can spoil one. */
static inline bool must_hold(const dx_node_match *c, uint32_t d)
{
    uint32_t count = c->node->count;
    int64_t times = dx_cursor_tf(c->pairs[0], d);

    for (uint32_t i = 1; i + 1 < count && times > 0; i++)
        times -= lost_behind(c, i, d);
    for (uint32_t i = 0; i < count && times > 0; i++)
        if (c->exact[i])
            times -= most_times(c->folded[i], d) - dx_cursor_tf(c->exact[i], d);
    return times > 0;
}

/* Takes the documents of `set` where the phrase must be out of it. */
DX_POPCNT_CLONES
static void take_counted(const dx_node_match *c, uint32_t window, dx_bitset *set)
{
    for (uint32_t i = 0; i < c->node->count; i++) {
        (void)dx_cursor_seek(c->folded[i], window);
        if (i + 1 < c->node->count)
            (void)dx_cursor_seek(c->pairs[i], window);
    }
    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
        for (uint64_t left = set->words[k]; left; left &= left - 1)
            if (must_hold(c, k << 6 | dx_ctz64(left)))
                set->words[k] &= ~(left & -left);
}

/* ---- words near one another ---- */

static dx_status proximities_hold(dx_verifier *v, const dx_node_match *c,
    uint32_t doc, bool *holds)
{
    uint32_t least = c->kind == DX_NODE_QUORUM ? c->node->quorum
                                               : c->proximity_count;
    uint32_t there = 0;

    for (uint32_t i = 0; i < c->proximity_count && there < least; i++) {
        bool one;
        DX_TRY(dx_proximity_holds(&c->proximities[i], v->segment, doc,
            &v->scratch, &one));
        there += one;
    }
    *holds = there >= least;
    return DX_OK;
}

/* ---- addresses ---- */

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c; }

/* Whether `part`, in lower case, stands in `s`. */
static bool contains(dx_str s, dx_str part)
{
    for (size_t i = 0; i + part.len <= s.len; i++) {
        size_t k = 0;
        while (k < part.len && lower(s.ptr[i + k]) == part.ptr[k])
            k++;
        if (k == part.len)
            return true;
    }
    return false;
}

static dx_status url_holds(dx_verifier *v, const dx_node_match *c,
    uint32_t doc, bool *holds)
{
    dx_meta meta;

    DX_TRY(dx_segment_read_meta(v->segment, doc, &v->meta, &meta));
    *holds = contains(meta.url, c->text);
    return DX_OK;
}

/* ---- a window ---- */

static dx_status doc_holds(dx_verifier *v, const dx_node_match *c,
    uint32_t doc, bool *holds)
{
    switch (c->verify) {
    case DX_VERIFY_ROW:
        return dx_proximity_holds(c->proximities, v->segment, doc, &v->scratch,
            holds);
    case DX_VERIFY_PROXIMITY:
        return proximities_hold(v, c, doc, holds);
    case DX_VERIFY_URL:
        return url_holds(v, c, doc, holds);
    case DX_VERIFY_DATE: /* dx_date_range_keep() */
    case DX_VERIFY_NONE:
        break;
    }
    *holds = true;
    return DX_OK;
}

static bool reads_text(const dx_node_match *c)
{
    return c->verify == DX_VERIFY_ROW || c->verify == DX_VERIFY_PROXIMITY;
}

/* The first document of the window from number `from` on, or DX_WINDOW_DOCS. */
static uint32_t next_doc(const dx_bitset *set, uint32_t from)
{
    for (uint32_t k = from >> 6; k < DX_WINDOW_WORDS; k++) {
        uint64_t left = set->words[k];
        left &= k == from >> 6 ? ~(uint64_t)0 << (from & 63) : ~(uint64_t)0;
        if (left)
            return k << 6 | dx_ctz64(left);
    }
    return DX_WINDOW_DOCS;
}

#define AHEAD 4u

/* Asks memory for the text of document `d` of the window, if there is one, and returns the
 * one behind it. */
static uint32_t prefetch(const dx_verifier *v, uint32_t window,
    const dx_bitset *set, uint32_t d)
{
    if (d >= DX_WINDOW_DOCS)
        return d;
    dx_segment_prefetch_text(v->segment, window << DX_WINDOW_BITS | d);
    return next_doc(set, d + 1);
}

/* Takes the documents of `set` where it does not hold out of it. A text takes longer to
 * come than to be looked at. */
static dx_status look_at_each(dx_verifier *v, const dx_node_match *c,
    uint32_t window, dx_bitset *set)
{
    uint32_t d = next_doc(set, 0), ahead = reads_text(c) ? d : DX_WINDOW_DOCS;

    for (uint32_t i = 0; i < AHEAD; i++)
        ahead = prefetch(v, window, set, ahead);
    for (; d < DX_WINDOW_DOCS; d = next_doc(set, d + 1)) {
        bool holds = false;
        ahead = prefetch(v, window, set, ahead);
        if (!dx_deadline_step(v->deadline))
            DX_TRY(doc_holds(v, c, window << DX_WINDOW_BITS | d, &holds));
        if (!holds)
            set->words[d >> 6] &= ~((uint64_t)1 << (d & 63));
    }
    return DX_OK;
}

/* Leaves in `set` the documents where it holds. Those that are sure need no look. */
static dx_status look_at_unsure(dx_verifier *v, const dx_node_match *c,
    uint32_t window, dx_bitset *set)
{
    dx_bitset unsure = *set;

    if (c->verify == DX_VERIFY_ROW && c->node->field != DX_IN_TITLE)
        take_counted(c, window, &unsure);
    dx_bitset_subtract(&unsure, set);
    DX_TRY(look_at_each(v, c, window, &unsure));
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        set->words[k] |= unsure.words[k];
    return DX_OK;
}

dx_status dx_verifier_keep(dx_verifier *v, const dx_node_match *c,
    uint32_t window, dx_bitset *set)
{
    if (c->verify == DX_VERIFY_NONE)
        return DX_OK;
    if (c->verify != DX_VERIFY_DATE)
        return look_at_unsure(v, c, window, set);
    dx_date_range_keep(v->segment, c->node->from_day, c->node->to_day, window, set);
    return DX_OK;
}
