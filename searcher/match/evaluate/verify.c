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

/* Documents where the phrase must be, by counting alone. Of the times that a
 * word stands there, those that follow the word before and those that precede the
 * word after must meet when together they are more. So the phrase stands at least
 * this often in a document, marks aside:
 *
 *     sum of tf(pairs) - sum of tf(words but the first and the last)
 *
 * and each time that a word stands there in another spelling can spoil one. */
static bool must_hold(const dx_node_match *c, uint32_t d)
{
    uint32_t count = c->node->count;
    int64_t times = 0;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t tf = dx_cursor_tf(c->folded[i], d);
        bool inner = i > 0 && i + 1 < count;
        if (tf == DX_TF_MAX) /* or more */
            return false;
        times -= inner ? tf : 0;
        if (c->exact[i])
            times -= tf - dx_cursor_tf(c->exact[i], d);
        if (i + 1 < count)
            times += dx_cursor_tf(c->pairs[i], d);
    }
    return times > 0;
}

static dx_status row_holds(dx_verifier *v, const dx_node_match *c,
    uint32_t window, uint32_t d, bool *holds)
{
    *holds = c->node->field != DX_IN_TITLE && must_hold(c, d);
    if (*holds)
        return DX_OK;
    return dx_proximity_holds(c->proximities, v->segment,
        window << DX_WINDOW_BITS | d, &v->scratch, holds);
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
    uint32_t window, uint32_t d, bool *holds)
{
    uint32_t doc = window << DX_WINDOW_BITS | d;

    *holds = true;
    switch (c->verify) {
    case DX_VERIFY_ROW:
        return row_holds(v, c, window, d, holds);
    case DX_VERIFY_PROXIMITY:
        return proximities_hold(v, c, doc, holds);
    case DX_VERIFY_URL:
        return url_holds(v, c, doc, holds);
    case DX_VERIFY_DATE: /* dx_date_range_keep() */
    case DX_VERIFY_NONE:
        break;
    }
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

dx_status dx_verifier_keep(dx_verifier *v, const dx_node_match *c,
    uint32_t window, dx_bitset *set)
{
    uint32_t next, third;

    if (c->verify == DX_VERIFY_NONE)
        return DX_OK;
    if (c->verify == DX_VERIFY_DATE) {
        dx_date_range_keep(v->segment, c->node->from_day, c->node->to_day, window,
            set);
        return DX_OK;
    }
    for (uint32_t i = 0; i < c->node->count && c->verify == DX_VERIFY_ROW; i++)
        (void)dx_cursor_seek(c->folded[i], window);
    uint32_t d = next_doc(set, 0);
    for (next = next_doc(set, d + 1); d < DX_WINDOW_DOCS; d = next, next = third) {
        bool holds = false;
        /* A text takes longer to come than to be looked at. */
        third = next_doc(set, next + 1);
        if (third < DX_WINDOW_DOCS && reads_text(c))
            dx_segment_prefetch_text(v->segment, window << DX_WINDOW_BITS | third);
        if (!dx_deadline_step(v->deadline))
            DX_TRY(doc_holds(v, c, window, d, &holds));
        if (!holds)
            set->words[d >> 6] &= ~((uint64_t)1 << (d & 63));
    }
    return DX_OK;
}
