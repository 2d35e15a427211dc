/* The plain words of a query, and how the index spells them. */
#include "searcher/understand/readings/slots.h"

#include "common/index/codec/list.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/id.h"

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
        to->slots[to->count] = (dx_slot){.word = w,
            .folded = DX_ID_NONE,
            .follows = node->joined && before != NULL};
        to->count++;
        before = w;
    }
}

dx_status dx_slots_make(dx_query *q, const dx_segment *segment, dx_slots *out)
{
    *out = (dx_slots){.segment = segment};
    out->slots =
        dx_arena_calloc(&out->arena, q->word_count, sizeof *out->slots);
    if (!out->slots)
        return DX_ERR_NOMEM;
    make_slots(out, q);
    return DX_OK;
}

void dx_slots_free(dx_slots *slots) { dx_arena_free(&slots->arena); }

/* ---- spellings ---- */

/* Keeps the most frequent ones, in falling order. */
static void offer_spelling(dx_slot *s, uint32_t id, double df)
{
    uint32_t at = s->count;

    if (at == DX_SPELLINGS_MAX && s->spellings[--at].share >= df)
        return;
    if (s->count < DX_SPELLINGS_MAX)
        s->count++;
    for (; at > 0 && s->spellings[at - 1].share < df; at--)
        s->spellings[at] = s->spellings[at - 1];
    s->spellings[at] = (dx_spelling){.id = id, .share = df};
}

static dx_status offer_spellings(const dx_segment *g, dx_slot *s,
    uint32_t folded)
{
    uint32_t first, end;
    dx_list list;

    dx_segment_exact_range(g, folded, folded + 1, &first, &end);
    if (s->word->marked) {
        first = dx_segment_find_exact(g, folded, s->word->exact);
        end = first == DX_ID_NONE ? first : first + 1;
    }
    for (uint32_t id = first; id < end; id++) {
        DX_TRY(dx_segment_exact_list(g, id, &list));
        offer_spelling(s, id, (double)list.df);
    }
    return DX_OK;
}

static dx_status find_spellings(const dx_segment *g, dx_slot *s)
{
    double sum = 0.0;

    s->folded = dx_segment_find_folded(g, s->word->folded);
    if (s->folded == DX_ID_NONE)
        return DX_OK;
    DX_TRY(offer_spellings(g, s, s->folded));
    for (uint32_t k = 0; k < s->count; k++)
        sum += s->spellings[k].share + 0.5;
    for (uint32_t k = 0; k < s->count; k++) {
        dx_spelling *p = &s->spellings[k];
        p->share = (p->share + 0.5) / sum;
        p->text = dx_segment_exact_string(g, p->id);
    }
    return DX_OK;
}

dx_status dx_slots_find_spellings(dx_slots *slots)
{
    for (uint32_t i = 0; i < slots->count; i++)
        DX_TRY(find_spellings(slots->segment, &slots->slots[i]));
    return DX_OK;
}
