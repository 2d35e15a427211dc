/* The words of a query, looked up alone and beside one another. */
#include "searcher/understand/typos/row.h"

#include "common/index/codec/bits.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/pairs.h"
#include "common/text/syllable.h"
#include "searcher/understand/count.h"
#include "searcher/understand/typos/spelt_pair.h"

/* Documents with a pair are looked at in so many windows, from all over the index;
 * in half of them a usual word is, and in so many at least. */
#define WINDOWS_MAX 2u
#define DOCS_MIN 3u

/* ---- making ---- */

static void list_words(dx_row *row, const dx_query *q)
{
    const dx_node *n;

    for (uint32_t i = q->nodes[0].child; i != DX_NODE_NONE; i = n->next) {
        n = &q->nodes[i];
        const dx_query_word *w = &q->words[n->first];
        row->words[row->count] = (dx_row_word){.word = w, .number = n->first,
            .follows = row->count > 0 && n->joined};
        row->count++;
        row->accented |= w->marked;
    }
}

void dx_row_find(const dx_row *row, dx_str folded, uint32_t *ids)
{
    const dx_generation *g = row->generation;

    for (size_t s = 0; s < g->segment_count; s++)
        ids[s] = dx_segment_find_folded(g->segments[s], folded);
}

static dx_status look_up_in(const dx_segment *segment, dx_row_word *w,
    uint32_t folded, uint32_t *exact)
{
    dx_list list;

    *exact = DX_ID_NONE;
    if (folded == DX_ID_NONE)
        return DX_OK;
    DX_TRY(dx_segment_folded_list(segment, folded, &list));
    w->in_all += list.df;
    if (!w->spelt)
        return DX_OK;
    *exact = dx_segment_find_exact(segment, folded, w->word->exact);
    if (*exact == DX_ID_NONE)
        return DX_OK;
    DX_TRY(dx_segment_exact_list(segment, *exact, &list));
    w->documents += list.df;
    return DX_OK;
}

static dx_status look_up(const dx_row *row, dx_row_word *w, dx_arena *arena)
{
    const dx_generation *g = row->generation;
    size_t count = g->segment_count;
    uint32_t *folded = dx_arena_alloc(arena, 2 * count * sizeof *folded);

    if (!folded)
        return DX_ERR_NOMEM;
    uint32_t *exact = folded + count;
    dx_row_find(row, w->word->folded, folded);
    for (size_t s = 0; s < count; s++)
        DX_TRY(look_up_in(g->segments[s], w, folded[s], &exact[s]));
    if (!w->spelt)
        w->documents = w->in_all;
    w->folded = folded;
    w->exact = exact;
    return DX_OK;
}

dx_status dx_row_make(const dx_generation *g, const dx_query *q,
    dx_arena *arena, dx_row *out)
{
    *out = (dx_row){.generation = g};
    out->words = dx_arena_calloc(arena, q->typed_count, sizeof *out->words);
    if (!out->words)
        return DX_ERR_NOMEM;
    list_words(out, q);
    for (uint32_t i = 0; i < out->count; i++) {
        dx_row_word *w = &out->words[i];
        /* an English word's folded form may be the stem of others, too, and of
         * broken syllables */
        w->spelt = out->accented || !dx_syllable_is_valid(w->word->exact);
        DX_TRY(look_up(out, w, arena));
        if (w->follows)
            DX_TRY(dx_row_count_folded(out, w[-1].folded, w->folded,
                &w->pairs));
    }
    return DX_OK;
}

/* ---- pairs ---- */

dx_status dx_row_count_folded(const dx_row *row, const uint32_t *first,
    const uint32_t *second, uint64_t *count)
{
    const dx_generation *g = row->generation;
    dx_list list;

    *count = 0;
    for (size_t s = 0; s < g->segment_count; s++) {
        if (first[s] == DX_ID_NONE || second[s] == DX_ID_NONE)
            continue;
        DX_TRY(dx_segment_pair_list(g->segments[s], first[s], second[s],
            &list));
        *count += list.df;
    }
    return DX_OK;
}

typedef struct tally {
    uint64_t step, at; /* every so many windows; at: passed by */
    uint64_t pairs, both;
} tally;

/* Of one window: a cursor that is loaded, and one that is there. */
static void count_common(tally *t, const dx_cursor *pairs, dx_cursor *word)
{
    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
        for (uint64_t bits = pairs->bits[k]; bits; bits &= bits - 1) {
            t->pairs++;
            t->both += dx_cursor_has(word, k * 64 + dx_ctz64(bits));
        }
}

static dx_status tally_segment(tally *t, const dx_segment *segment,
    const dx_list *pairs, const dx_list *word, dx_arena *arena)
{
    uint32_t windows = dx_window_count(dx_segment_docs(segment));
    dx_cursor p, w;

    DX_TRY(dx_cursor_open(&p, pairs, arena));
    DX_TRY(dx_cursor_open(&w, word, arena));
    for (uint32_t i = 0; i < windows; i++) {
        if (t->at++ % t->step || dx_cursor_load(&p, i) == 0)
            continue;
        (void)dx_cursor_seek(&w, i);
        count_common(t, &p, &w);
    }
    return p.status == DX_OK ? w.status : p.status;
}

static uint64_t count_windows(const dx_generation *g)
{
    uint64_t count = 0;

    for (size_t s = 0; s < g->segment_count; s++)
        count += dx_window_count(dx_segment_docs(g->segments[s]));
    return count;
}

dx_status dx_row_is_usual(const dx_row *row, const dx_row_word *w,
    const uint32_t *first, const uint32_t *second, bool *usual)
{
    const dx_generation *g = row->generation;
    tally t = {.step = 1 + count_windows(g) / WINDOWS_MAX};
    dx_arena arena = DX_ARENA_INIT;
    dx_list pairs = {.df = 0}, word = {.df = 0};
    dx_status rc = DX_OK;

    for (size_t s = 0; s < g->segment_count && rc == DX_OK; s++) {
        if (w->exact[s] == DX_ID_NONE || first[s] == DX_ID_NONE ||
            second[s] == DX_ID_NONE)
            continue;
        rc = dx_segment_pair_list(g->segments[s], first[s], second[s], &pairs);
        if (rc == DX_OK)
            rc = dx_segment_exact_list(g->segments[s], w->exact[s], &word);
        if (rc == DX_OK)
            rc = tally_segment(&t, g->segments[s], &pairs, &word, &arena);
    }
    dx_arena_free(&arena);
    *usual = t.pairs >= DOCS_MIN && 2 * t.both >= t.pairs;
    return rc;
}

dx_status dx_row_count_pair(const dx_row *row, const dx_row_word *first,
    const dx_row_word *second, uint64_t enough, uint64_t *count)
{
    dx_query_word a = *first->word, b = *second->word;

    a.marked = first->spelt;
    b.marked = second->spelt;
    if (a.marked || b.marked)
        return dx_count_spelt_pair(row->generation, &a, &b, enough, count);
    return dx_count_pair(row->generation, a.folded, b.folded, count);
}
