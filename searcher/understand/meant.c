/* Taking a query's words as they are spelt, and side by side where they belong. */
#include "searcher/understand/meant.h"

#include <string.h>

#include "common/base/arena.h"
#include "common/base/mem.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/pairs.h"
#include "searcher/match/evaluate/bitset.h"
#include "searcher/query/typing.h"
#include "searcher/understand/count.h"

/* Two words go together when this share of the documents with both has them side by
 * side: by chance it is some three in a hundred. */
#define TOGETHER 0.08
#define RUNS_TOGETHER 0.4 /* likewise two of which one is of several words */
#define LISTS_MAX 24u
#define SAMPLE_WINDOWS 32u /* of a segment, evenly, tell well enough */

typedef struct together {
    uint64_t both, joined; /* documents */
} together;

/* Whether there are words, and nothing beside them but filters. In a query typed
 * with accents words without any mean what they say (accents.h). */
static bool is_plain(const dx_query *q, bool *accented)
{
    uint32_t words = 0, marked = 0;

    for (uint32_t c = q->nodes[0].child; c != DX_NODE_NONE;
         c = q->nodes[c].next) {
        const dx_node *n = &q->nodes[c];
        if (n->kind == DX_NODE_FILTER)
            continue;
        if (!dx_node_is_plain_word(q, n) || q->words[n->first].overlay)
            return false;
        words++;
        marked += q->words[n->first].marked;
    }
    *accented = dx_typed_with_marks(marked, words);
    return words > 0;
}

/* ---- words ---- */

/* Whether the word's spelling is settled; then it is asked for. */
static bool spell(dx_query_word *w, bool accented)
{
    bool sure = w->marked || accented || w->reading.len;

    if (w->reading.len)
        w->exact = w->reading;
    w->reading = (dx_str){NULL, 0};
    w->strict = sure;
    return sure;
}

static dx_status count_word(const dx_generation *g, const dx_query_word *w,
    uint64_t *count)
{
    return w->strict ? dx_count_spelling(g, w->folded, w->exact, count)
                     : dx_count_word(g, w->folded, count);
}

static dx_status spell_all(const dx_generation *g, dx_query *q, bool accented,
    bool *narrower)
{
    for (uint32_t c = q->nodes[0].child; c != DX_NODE_NONE;
         c = q->nodes[c].next) {
        uint64_t folded, exact;
        *narrower |= q->nodes[c].alternative != DX_NODE_NONE;
        q->nodes[c].alternative = DX_NODE_NONE;
        if (q->nodes[c].kind != DX_NODE_WORD ||
            !spell(&q->words[q->nodes[c].first], accented))
            continue;
        const dx_query_word *w = &q->words[q->nodes[c].first];
        DX_TRY(dx_count_word(g, w->folded, &folded));
        DX_TRY(count_word(g, w, &exact));
        *narrower |= exact < folded;
    }
    return DX_OK;
}

/* ---- neighbours ---- */

/* What two neighbours are in a segment: the lists of all their words and of the
 * pairs within either; the last list is the pair that would join them. */
typedef struct lists {
    const dx_segment *segment;
    dx_arena *arena;
    dx_cursor *at; /* LISTS_MAX */
    uint32_t count;
} lists;

static dx_status put_list(lists *l, const dx_list *list)
{
    return l->count < LISTS_MAX
               ? dx_cursor_open(&l->at[l->count++], list, l->arena)
               : DX_ERR_LIMIT;
}

static dx_status put_pair(lists *l, const dx_query_word *first)
{
    dx_list list = {0};
    uint32_t a = dx_segment_find_folded(l->segment, first->folded);
    uint32_t b = dx_segment_find_folded(l->segment, first[1].folded);

    if (a != DX_ID_NONE && b != DX_ID_NONE)
        DX_TRY(dx_segment_pair_list(l->segment, a, b, &list));
    return put_list(l, &list);
}

static dx_status put_word(lists *l, const dx_query_word *w)
{
    uint32_t folded = dx_segment_find_folded(l->segment, w->folded);
    dx_list list = {0};

    if (folded != DX_ID_NONE)
        DX_TRY(w->strict ? dx_segment_exact_list(l->segment,
                               dx_segment_find_exact(l->segment, folded,
                                   w->exact),
                               &list)
                         : dx_segment_folded_list(l->segment, folded, &list));
    return put_list(l, &list);
}

static dx_status put_node(lists *l, const dx_query *q, const dx_node *n)
{
    for (uint32_t i = 0; i < n->count; i++) {
        DX_TRY(put_word(l, &q->words[n->first + i]));
        if (i + 1 < n->count)
            DX_TRY(put_pair(l, &q->words[n->first + i]));
    }
    return DX_OK;
}

/* Documents of a window with both, and of these those that have them joined. */
static void count_window(lists *l, uint32_t window, together *t)
{
    dx_bitset set;

    memset(&set, 0xFF, sizeof set);
    for (uint32_t i = 0; i < l->count; i++) {
        if (i + 1 == l->count)
            t->both += dx_bitset_count(&set);
        if (dx_cursor_load(&l->at[i], window) == 0)
            return;
        for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
            set.words[k] &= l->at[i].bits[k];
    }
    t->joined += dx_bitset_count(&set);
}

static dx_status count_segment(const dx_segment *s, const dx_query *q,
    const dx_node *a, const dx_node *b, together *t)
{
    uint32_t windows = dx_window_count(dx_segment_docs(s));
    uint32_t step = 1 + windows / SAMPLE_WINDOWS;
    dx_arena arena = {0};
    lists l = {s, &arena, dx_arena_calloc(&arena, LISTS_MAX, sizeof *l.at), 0};

    dx_status rc = l.at ? put_node(&l, q, a) : DX_ERR_NOMEM;
    if (rc == DX_OK)
        rc = put_node(&l, q, b);
    if (rc == DX_OK)
        rc = put_pair(&l, &q->words[b->first - 1]);
    for (uint32_t w = 0; rc == DX_OK && w < windows; w += step)
        count_window(&l, w, t);
    dx_arena_free(&arena);
    return rc == DX_ERR_LIMIT ? DX_OK : rc;
}

/* Of two words with capitals it is enough that the name occurs. */
static dx_status go_together(const dx_generation *g, const dx_query *q,
    const dx_node *a, const dx_node *b, bool *out)
{
    bool words = a->count == 1 && b->count == 1;
    bool name = words && dx_typed_capital(q, &q->words[a->first]) &&
                dx_typed_capital(q, &q->words[b->first]);
    double least = words ? TOGETHER : RUNS_TOGETHER;
    together t = {0, 0};

    for (size_t s = 0; s < g->segment_count; s++)
        DX_TRY(count_segment(g->segments[s], q, a, b, &t));
    *out = t.joined > 0 &&
           (name || (double)t.joined >= least * (double)t.both);
    return DX_OK;
}

/* Whether the node's words directly follow the others'. */
static bool is_neighbour(const dx_node *before, const dx_node *n)
{
    return n->kind != DX_NODE_FILTER && n->joined &&
           before->first + before->count == n->first;
}

/* Puts a node's words into the one before. */
static void join(dx_query *q, uint32_t before)
{
    dx_node *to = &q->nodes[before];
    const dx_node *n = &q->nodes[to->next];

    to->kind = DX_NODE_PHRASE;
    to->by_pairs = true;
    to->count += n->count;
    to->end = n->end;
    to->next = n->next;
}

/* apart[node]: it was looked at with the next one, and neither has changed since. */
static dx_status join_neighbours(const dx_generation *g, dx_query *q, bool *apart,
    bool *joined_any)
{
    uint32_t before = 0;

    *joined_any = false;
    for (uint32_t c = q->nodes[0].child; c != DX_NODE_NONE;) {
        dx_node *n = &q->nodes[c];
        bool joined = false;
        if (!apart[c] && n->kind != DX_NODE_FILTER && n->next != DX_NODE_NONE &&
            is_neighbour(n, &q->nodes[n->next]))
            DX_TRY(go_together(g, q, n, &q->nodes[n->next], &joined));
        apart[c] = !joined;
        if (joined) {
            join(q, c);
            apart[before] = false;
        }
        before = c;
        c = q->nodes[c].next;
        *joined_any |= joined;
    }
    return DX_OK;
}

/* Words, two by two, then what that has made: "cải cách", "hành chính", and then
 * "cải cách hành chính". "cách hành" alone would not go together. */
static dx_status join_all(const dx_generation *g, dx_query *q, bool *narrower)
{
    bool *apart = dx_calloc(q->node_count, sizeof *apart);
    dx_status rc = apart ? DX_OK : DX_ERR_NOMEM;

    for (bool more = true; rc == DX_OK && more;) {
        rc = join_neighbours(g, q, apart, &more);
        *narrower |= more;
    }
    dx_free(apart);
    return rc;
}

dx_status dx_meant_make(const dx_generation *g, const dx_query *q,
    dx_query *out, bool *narrower)
{
    bool accented;

    *narrower = false;
    *out = (dx_query){.word_count = 0};
    if (!is_plain(q, &accented))
        return DX_OK;
    DX_TRY(dx_query_copy(q, out));
    DX_TRY(spell_all(g, out, accented, narrower));
    DX_TRY(join_all(g, out, narrower));
    if (!*narrower)
        dx_query_free(out);
    return DX_OK;
}

/* ---- the others ---- */

static dx_status add_words(const dx_query *from, const dx_node *n, dx_query *to,
    uint32_t *first)
{
    uint32_t word;

    *first = to->word_count;
    for (uint32_t i = 0; i < n->count; i++) {
        const dx_query_word *w = &from->words[n->first + i];
        DX_TRY(dx_query_add_word(to, w->exact, w->folded, w->marked, &word));
        to->words[word].strict = w->strict;
    }
    return DX_OK;
}

/* Under `group`; what stands in for words of `from` is in `to`, too. */
static dx_status add_node(const dx_query *from, const dx_node *n, dx_query *to,
    uint32_t group)
{
    uint32_t node, first;

    DX_TRY(add_words(from, n, to, &first));
    DX_TRY(dx_query_add_node(to, n->kind, &node));
    to->nodes[node] = *n;
    to->nodes[node].first = first;
    to->nodes[node].joined = false;
    to->nodes[node].next = to->nodes[group].child;
    to->nodes[group].child = node;
    return DX_OK;
}

dx_status dx_meant_others(const dx_query *q, const dx_query *meant,
    dx_query *out)
{
    uint32_t without, group;

    DX_TRY(dx_query_copy(q, out));
    DX_TRY(dx_query_add_node(out, DX_NODE_NOT, &without));
    DX_TRY(dx_query_add_node(out, DX_NODE_AND, &group));
    for (uint32_t c = meant->nodes[0].child; c != DX_NODE_NONE;
         c = meant->nodes[c].next)
        if (meant->nodes[c].kind != DX_NODE_FILTER)
            DX_TRY(add_node(meant, &meant->nodes[c], out, group));
    out->nodes[without].child = group;
    out->nodes[without].next = out->nodes[0].child;
    out->nodes[0].child = without;
    return DX_OK;
}
