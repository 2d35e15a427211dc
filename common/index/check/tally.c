/* Adds up postings, and counts those of a document. */
#include "common/index/check/tally.h"

#include "common/base/mem.h"
#include "common/index/codec/list.h"

#define TF_BITS 16u
#define LAST_SHIFT 36u /* above TF_BITS and the 20 of a document */

static uint64_t mix(uint64_t v) /* the finaliser of SplitMix64 */
{
    v = (v ^ v >> 30) * 0xBF58476D1CE4E5B9u;
    v = (v ^ v >> 27) * 0x94D049BB133111EBu;
    return v ^ v >> 31;
}

void dx_tally_add(dx_tally *t, uint32_t last, uint32_t doc, uint32_t tf)
{
    t->sum += mix(((uint64_t)last << LAST_SHIFT |
                      (uint64_t)doc << TF_BITS | tf) +
                  0x9E3779B97F4A7C15u);
    t->count++;
}

static dx_bag_slot *bag_find(const dx_bag *b, uint64_t key)
{
    size_t mask = b->cap - 1, at = (size_t)mix(key) & mask;

    while (b->slots[at].times && b->slots[at].key != key)
        at = (at + 1) & mask;
    return &b->slots[at];
}

static dx_status bag_grow(dx_bag *b)
{
    dx_bag bigger = {.cap = b->cap ? b->cap * 2 : 1024, .count = b->count};

    bigger.slots = dx_calloc(bigger.cap, sizeof *bigger.slots);
    bigger.used = dx_calloc(bigger.cap / 2 + 1, sizeof *bigger.used);
    if (!bigger.slots || !bigger.used) {
        dx_free(bigger.slots);
        dx_free(bigger.used);
        return DX_ERR_NOMEM;
    }
    for (size_t i = 0; i < b->count; i++) {
        const dx_bag_slot *from = &b->slots[b->used[i]];
        dx_bag_slot *to = bag_find(&bigger, from->key);
        *to = *from;
        bigger.used[i] = (uint32_t)(to - bigger.slots);
    }
    dx_free(b->slots);
    dx_free(b->used);
    *b = bigger;
    return DX_OK;
}

dx_status dx_bag_add(dx_bag *b, uint64_t key, unsigned times)
{
    if (b->count * 2 >= b->cap)
        DX_TRY(bag_grow(b));
    dx_bag_slot *s = bag_find(b, key);
    if (!s->times)
        b->used[b->count++] = (uint32_t)(s - b->slots);
    *s = (dx_bag_slot){key, s->times + times};
    return DX_OK;
}

void dx_bag_free(dx_bag *b)
{
    dx_free(b->slots);
    dx_free(b->used);
}

void dx_bag_empty(dx_bag *b, uint32_t doc, bool rows, bool once,
    dx_tally *tallies)
{
    for (size_t i = 0; i < b->count; i++) {
        dx_bag_slot *s = &b->slots[b->used[i]];
        uint32_t tf = s->times < DX_TF_MAX ? s->times : DX_TF_MAX;
        dx_tally_add(&tallies[rows ? s->key >> 32 : s->key],
            rows ? (uint32_t)s->key : 0, doc, once ? 1 : tf);
        s->times = 0;
    }
    b->count = 0;
}
