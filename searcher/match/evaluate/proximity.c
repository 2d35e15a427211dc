/* Whether words stand in a document where a query wants them. */
#include "searcher/match/evaluate/proximity.h"

#include "common/base/mem.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"

dx_status dx_proximity_init(dx_proximity *p, uint32_t rows, dx_arena *arena)
{
    *p = (dx_proximity){.field = DX_PROXIMITY_ANY_FIELD,
        .rows = dx_arena_calloc(arena, rows, sizeof *p->rows),
        .finder = dx_arena_alloc(arena, sizeof *p->finder)};
    if (!p->rows || !p->finder)
        return DX_ERR_NOMEM;
    p->finder->s = NULL;
    return DX_OK;
}

void dx_proximity_scratch_init(dx_proximity_scratch *s)
{
    *s = (dx_proximity_scratch){.at = NULL};
    dx_word_search_init(&s->search);
}

void dx_proximity_scratch_free(dx_proximity_scratch *s)
{
    dx_word_search_free(&s->search);
    dx_free(s->at);
}

/* ---- one row ---- */

/* The running token directly behind `t`, if it is among those at hand. */
static const dx_token *next_running(const dx_doc *place, const dx_token *t)
{
    const dx_token *end = place->tokens + place->token_count;

    for (const dx_token *n = t + 1; n < end; n++)
        if (!n->overlay)
            return n->pos == t->pos + 1 ? n : NULL;
    return NULL;
}

static bool row_at(const dx_proximity *p, const dx_proximity_row *row,
    const dx_doc *place, const dx_token *t, dx_occurrence *out)
{
    if (p->at_start && t->pos != 0)
        return false;
    *out = (dx_occurrence){t->pos, t->pos};
    for (uint32_t k = 0; k < row->count; k++) {
        if (!t || !dx_id_spans_have(row->words[k], t->exact_id) ||
            (row->count > 1 && t->overlay))
            return false;
        out->last = t->pos;
        if (k + 1 < row->count)
            t = next_running(place, t);
    }
    return true;
}

static bool has_row(const dx_proximity *p, const dx_proximity_row *row,
    const dx_doc *place)
{
    dx_occurrence at;

    for (size_t i = 0; i < place->token_count; i++)
        if (row_at(p, row, place, &place->tokens[i], &at))
            return true;
    return false;
}

/* ---- several ---- */

static dx_status find_row(const dx_proximity *p, dx_proximity_row *row,
    dx_proximity_scratch *s)
{
    const dx_doc *place = &s->search.place;
    dx_occurrence at;

    row->next = s->count;
    for (size_t i = 0; i < place->token_count; i++) {
        void *room = s->at;
        if (!row_at(p, row, place, &place->tokens[i], &at))
            continue;
        if (dx_grow(&room, &s->cap, s->count + 1, sizeof at) != 0)
            return DX_ERR_NOMEM;
        s->at = room;
        s->at[s->count++] = at;
    }
    row->end = s->count;
    return DX_OK;
}

/* The first occurrence of a row that begins at `from` or behind it. Calls come
 * with ascending arguments, so each is passed once. */
static const dx_occurrence *next_from(dx_proximity_row *row,
    const dx_occurrence *at, uint32_t from)
{
    while (row->next < row->end && at[row->next].first < from)
        row->next++;
    return row->next < row->end ? &at[row->next] : NULL;
}

/* Whether the rows stand near enough when the first of them all begins at
 * `start`: the nearest one of each behind it is the best. */
static bool near_from(const dx_proximity *p, const dx_occurrence *at,
    const dx_occurrence *start)
{
    uint32_t last = start->last;

    for (uint32_t i = 0; i < p->count; i++) {
        const dx_occurrence *next = next_from(&p->rows[i], at, start->first);
        if (!next)
            return false;
        last = next->last > last ? next->last : last;
    }
    return last - start->first <= p->span;
}

/* Each row's occurrences begin where those of the row before end. */
static size_t begin_of(const dx_proximity *p, uint32_t row)
{
    return row > 0 ? p->rows[row - 1].end : 0;
}

static void rewind_rows(const dx_proximity *p)
{
    for (uint32_t i = 0; i < p->count; i++)
        p->rows[i].next = begin_of(p, i);
}

static bool is_near(const dx_proximity *p, const dx_occurrence *at)
{
    for (uint32_t r = 0; r < p->count; r++) {
        rewind_rows(p);
        for (size_t k = begin_of(p, r); k < p->rows[r].end; k++)
            if (near_from(p, at, &at[k]))
                return true;
    }
    return false;
}

static bool is_near_in_order(const dx_proximity *p, const dx_occurrence *all)
{
    rewind_rows(p);
    for (size_t k = 0; k < p->rows[0].end; k++) {
        const dx_occurrence *start = &all[k], *at = start;
        for (uint32_t i = 1; i < p->count && at; i++)
            at = next_from(&p->rows[i], all, at->last + 1);
        if (at && at->last - start->first <= p->span)
            return true;
    }
    return false;
}

static dx_status rows_are_near(const dx_proximity *p, dx_proximity_scratch *s,
    bool *hold)
{
    bool all = true;

    s->count = 0;
    for (uint32_t i = 0; i < p->count && all; i++) {
        DX_TRY(find_row(p, &p->rows[i], s));
        all = p->rows[i].end > begin_of(p, i);
    }
    *hold = all && (p->ordered ? is_near_in_order(p, s->at) : is_near(p, s->at));
    return DX_OK;
}

/* ---- a document ---- */

static void make_finder(const dx_proximity *p, const dx_segment *segment)
{
    bool one = p->count == 1;

    dx_word_finder_init(p->finder, segment,
        one ? p->rows->count - 1 : p->span);
    for (uint32_t i = 0; i < p->count; i++)
        for (uint32_t k = 0; k < p->rows[i].count; k++)
            dx_word_finder_add(p->finder, p->rows[i].words[k]);
    p->finder->in_any_order = p->count == 2 && !p->ordered;
}

/* How often each word stands in the document, where that takes no search. */
DX_POPCNT_CLONES
static void count_words(const dx_proximity *p, uint32_t doc, uint32_t *times)
{
    uint32_t d = doc & (DX_WINDOW_DOCS - 1);

    for (uint32_t i = 0; i < p->count; i++) {
        for (uint32_t k = 0; k < p->rows[i].count; k++) {
            dx_cursor *list = p->rows[i].lists[k];
            uint32_t tf = list && list->loaded &&
                                  list->window == doc >> DX_WINDOW_BITS
                              ? dx_cursor_tf(list, d)
                              : DX_TF_MAX;
            *times++ = tf < DX_TF_MAX ? tf : 0;
        }
    }
}

dx_status dx_proximity_holds(const dx_proximity *p, const dx_segment *segment,
    uint32_t doc, dx_proximity_scratch *scratch, bool *holds)
{
    bool any_field = p->field == DX_PROXIMITY_ANY_FIELD, found = true;
    dx_word_search *search = &scratch->search;
    uint32_t times[DX_FINDER_WORDS];

    *holds = false;
    if (!p->finder->s)
        make_finder(p, segment);
    bool counted = any_field && p->finder->added <= DX_FINDER_WORDS;
    if (counted)
        count_words(p, doc, times);
    DX_TRY(dx_word_search_begin(p->finder, doc,
        any_field ? DX_FIELD_TITLE : (dx_field)p->field,
        any_field ? DX_FIELD_BODY : (dx_field)p->field, counted ? times : NULL,
        search));
    while (!*holds) {
        DX_TRY(p->at_start
                   ? dx_word_search_next_start(p->finder, search, &found)
                   : dx_word_search_next(p->finder, search, &found));
        if (!found)
            break;
        if (search->sure)
            *holds = true;
        else if (p->count > 1)
            DX_TRY(rows_are_near(p, scratch, holds));
        else
            *holds = has_row(p, p->rows, &search->place);
    }
    return DX_OK;
}
