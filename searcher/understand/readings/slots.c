/* The plain words of a query, and how the index spells them. */
#include "searcher/understand/readings/slots.h"

#include <stdlib.h>

#include "common/base/mem.h"
#include "common/index/codec/list.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/segment.h"

/* ---- making ---- */

static bool is_read(const dx_query_word *w)
{
    return w->kind == DX_WORD_TERM && !w->overlay && !w->strict;
}

static void make_slots(dx_slots *to, dx_query *q)
{
    const dx_query_word *before = NULL;

    for (uint32_t n = q->nodes[0].child; n != DX_NODE_NONE;
         n = q->nodes[n].next) {
        const dx_node *node = &q->nodes[n];
        dx_query_word *w = &q->words[node->first];
        if (node->kind != DX_NODE_WORD || node->field != DX_IN_ANY ||
            !is_read(w)) {
            before = NULL;
            continue;
        }
        to->slots[to->count] =
            (dx_slot){.word = w, .follows = node->joined && before != NULL};
        to->count++;
        before = w;
    }
}

dx_status dx_slots_make(dx_query *q, const dx_generation *g, dx_slots *out)
{
    *out = (dx_slots){.generation = g};
    out->slots =
        dx_arena_calloc(&out->arena, q->word_count, sizeof *out->slots);
    if (!out->slots)
        return DX_ERR_NOMEM;
    make_slots(out, q);
    return DX_OK;
}

void dx_slots_free(dx_slots *slots) { dx_arena_free(&slots->arena); }

/* ---- which spellings ---- */

typedef struct form { /* a spelling in one segment, or in all of them */
    dx_str text;      /* {NULL, 0} while it is not needed */
    uint32_t id;
    bool bare; /* as the word was typed, without marks */
    double df;
} form;

typedef struct finder {
    const dx_generation *generation;
    dx_arena *arena; /* of the slots */
    form *forms;     /* owned: of the word under way, by text */
    size_t count, cap;
} finder;

/* `only` is the one segment that has the word, or NULL. */
static dx_str text_of(const form *f, const dx_segment *only)
{
    return only ? dx_segment_exact_string(only, f->id) : f->text;
}

static dx_status add_form(finder *f, const dx_segment *segment, uint32_t id,
    bool bare, bool with_text)
{
    void *p = f->forms;
    dx_list list;

    DX_TRY(dx_segment_exact_list(segment, id, &list));
    if (dx_grow(&p, &f->cap, f->count + 1, sizeof *f->forms) != 0)
        return DX_ERR_NOMEM;
    f->forms = p;
    f->forms[f->count++] = (form){.id = id, .bare = bare, .df = (double)list.df,
        .text = with_text ? dx_segment_exact_string(segment, id)
                          : (dx_str){NULL, 0}};
    return DX_OK;
}

/* Of one segment. Ids are in the order of the texts. */
static dx_status add_forms(finder *f, const dx_slot *s, size_t segment,
    bool with_text)
{
    const dx_segment *g = f->generation->segments[segment];
    uint32_t folded = s->folded[segment], first, end, typed;

    if (folded == DX_ID_NONE)
        return DX_OK;
    dx_segment_exact_range(g, folded, folded + 1, &first, &end);
    typed = dx_segment_find_exact(g, folded, s->word->exact);
    if (s->word->marked) {
        first = typed;
        end = first == DX_ID_NONE ? first : first + 1;
    }
    for (uint32_t id = first; id < end; id++)
        DX_TRY(add_form(f, g, id, id == typed && !s->word->marked,
            with_text));
    return DX_OK;
}

static int by_text(const void *a, const void *b)
{
    const form *x = a, *y = b;

    return dx_str_cmp(x->text, y->text);
}

/* Adds up what several segments have of one spelling. */
static void join_forms(finder *f)
{
    size_t kept = 0;

    qsort(f->forms, f->count, sizeof *f->forms, by_text);
    for (size_t i = 0; i < f->count; i++) {
        if (kept && dx_str_eq(f->forms[kept - 1].text, f->forms[i].text))
            f->forms[kept - 1].df += f->forms[i].df;
        else
            f->forms[kept++] = f->forms[i];
    }
    f->count = kept;
}

/* A spelling without marks that next to no document has, where the word is usually
 * spelt with some, is of an address or of a line that somebody typed so. Because it
 * is rare, it would outweigh all others. */
#define BARE_SHARE_LEAST 0.01

static bool is_ascii(dx_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 0x80)
            return false;
    return true;
}

static void drop_bare(finder *f, const dx_segment *only)
{
    size_t top = 0, kept = 0;
    double sum = 0.0;

    for (size_t i = 0; i < f->count; i++) {
        sum += f->forms[i].df;
        top = f->forms[i].df > f->forms[top].df ? i : top;
    }
    if (f->count == 0 || is_ascii(text_of(&f->forms[top], only)))
        return;
    for (size_t i = 0; i < f->count; i++)
        if (!f->forms[i].bare || f->forms[i].df >= BARE_SHARE_LEAST * sum)
            f->forms[kept++] = f->forms[i];
    f->count = kept;
}

/* Keeps the most frequent ones, in falling order; `best` are their numbers. */
static void offer_form(finder *f, dx_slot *s, uint32_t number, uint32_t *best)
{
    double df = f->forms[number].df;
    uint32_t at = s->count;

    if (at == DX_SPELLINGS_MAX && f->forms[best[--at]].df >= df)
        return;
    if (s->count < DX_SPELLINGS_MAX)
        s->count++;
    for (; at > 0 && f->forms[best[at - 1]].df < df; at--)
        best[at] = best[at - 1];
    best[at] = number;
}

/* Other words of a foreign word's stem are no spellings of it. */
static void drop_inflections(const finder *f, dx_slot *s,
    const dx_segment *only, uint32_t *best)
{
    uint32_t kept = 0;

    for (uint32_t k = 0; k < s->count; k++)
        if (s->word->marked || f->forms[best[k]].bare ||
            !is_ascii(text_of(&f->forms[best[k]], only)))
            best[kept++] = best[k];
    s->count = kept;
}

/* ---- where they are ---- */

static dx_status set_spelling(finder *f, const dx_slot *s, const form *from,
    const dx_segment *only, dx_spelling *to)
{
    const dx_generation *g = f->generation;
    uint32_t *ids =
        dx_arena_alloc(f->arena, g->segment_count * sizeof *ids);

    if (!ids)
        return DX_ERR_NOMEM;
    to->text = text_of(from, only);
    to->bare = is_ascii(to->text);
    for (size_t i = 0; i < g->segment_count; i++)
        ids[i] = s->folded[i] == DX_ID_NONE ? DX_ID_NONE
                 : only                     ? from->id
                                            : dx_segment_find_exact(
                               g->segments[i], s->folded[i], to->text);
    to->ids = ids;
    return DX_OK;
}

static dx_status find_folded(finder *f, dx_slot *s, size_t *count,
    const dx_segment **one)
{
    const dx_generation *g = f->generation;

    s->folded =
        dx_arena_alloc(f->arena, g->segment_count * sizeof *s->folded);
    if (!s->folded)
        return DX_ERR_NOMEM;
    *count = 0;
    for (size_t i = 0; i < g->segment_count; i++) {
        s->folded[i] = dx_segment_find_folded(g->segments[i], s->word->folded);
        if (s->folded[i] != DX_ID_NONE) {
            *one = g->segments[i];
            ++*count;
        }
    }
    return DX_OK;
}

static dx_status find_spellings(finder *f, dx_slot *s)
{
    uint32_t best[DX_SPELLINGS_MAX] = {0};
    const dx_segment *only = NULL;
    size_t segments;
    double sum = 0.0;

    DX_TRY(find_folded(f, s, &segments, &only));
    if (segments > 1)
        only = NULL;
    f->count = 0;
    for (size_t i = 0; i < f->generation->segment_count; i++)
        DX_TRY(add_forms(f, s, i, !only));
    if (!f->forms || f->count == 0)
        return DX_OK;
    if (!only)
        join_forms(f);
    drop_bare(f, only);
    for (uint32_t i = 0; i < f->count; i++)
        offer_form(f, s, i, best);
    drop_inflections(f, s, only, best);
    for (uint32_t k = 0; k < s->count; k++)
        sum += f->forms[best[k]].df + 0.5;
    for (uint32_t k = 0; k < s->count; k++) {
        const form *from = &f->forms[best[k]];
        s->spellings[k].share = (from->df + 0.5) / sum;
        DX_TRY(set_spelling(f, s, from, only, &s->spellings[k]));
    }
    return DX_OK;
}

dx_status dx_slots_find_spellings(dx_slots *slots)
{
    finder f = {.generation = slots->generation, .arena = &slots->arena};
    dx_status rc = DX_OK;

    for (uint32_t i = 0; rc == DX_OK && i < slots->count; i++)
        rc = find_spellings(&f, &slots->slots[i]);
    dx_free(f.forms);
    return rc;
}
