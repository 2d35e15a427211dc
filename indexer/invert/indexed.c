/* Two bits for each document of the index: is it dead, was it seen again? */
#include "indexer/invert/indexed.h"

#include <string.h>

#include "common/base/mem.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/id.h"
#include "common/index/segment/ids.h"

static size_t words_of(const dx_segment *s)
{
    return (size_t)dx_window_count(dx_segment_docs(s)) * DX_WINDOW_WORDS;
}

void dx_indexed_free(dx_indexed *k)
{
    for (size_t i = 0; i < k->count; i++) {
        dx_free(k->segments[i].dead);
        dx_free(k->segments[i].seen);
    }
    dx_free(k->segments);
    *k = (dx_indexed){0};
}

dx_status dx_indexed_add(dx_indexed *k, const dx_segment *s,
    const uint64_t *dead)
{
    size_t words = words_of(s);
    const uint64_t *deleted = dx_segment_deleted(s);
    void *p = k->segments;

    if (dx_grow(&p, &k->cap, k->count + 1, sizeof *k->segments) != 0)
        return DX_ERR_NOMEM;
    k->segments = p;
    dx_indexed_segment *known = &k->segments[k->count++];
    *known = (dx_indexed_segment){.segment = s};
    known->dead = dx_calloc(words, sizeof *known->dead);
    known->seen = dx_calloc(words, sizeof *known->seen);
    if (!known->dead || !known->seen)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < words; i++) {
        known->dead[i] = (dead ? dead[i] : 0) | (deleted ? deleted[i] : 0);
        known->dead_count += (uint32_t)__builtin_popcountll(known->dead[i]);
    }
    return DX_OK;
}

static bool bit(const uint64_t *bits, uint32_t doc)
{
    return bits[doc >> 6] >> (doc & 63) & 1;
}

dx_indexed_doc dx_indexed_find(const dx_indexed *k, dx_hash128 id, size_t count)
{
    for (size_t i = count; i-- > 0;) {
        uint32_t doc = dx_segment_find_id(k->segments[i].segment, id);
        /* A segment may have an id several times; all but one are dead. */
        while (doc != DX_ID_NONE && bit(k->segments[i].dead, doc))
            doc = dx_segment_find_id_after(k->segments[i].segment, id, doc);
        if (doc != DX_ID_NONE)
            return (dx_indexed_doc){(uint32_t)i, doc};
    }
    return (dx_indexed_doc){DX_ID_NONE, 0};
}

bool dx_indexed_content(const dx_indexed *k, dx_indexed_doc d, uint64_t content)
{
    return dx_segment_content_hash(k->segments[d.segment].segment, d.doc) ==
           content;
}

void dx_indexed_see(dx_indexed *k, dx_indexed_doc d)
{
    k->segments[d.segment].seen[d.doc >> 6] |= (uint64_t)1 << (d.doc & 63);
}

bool dx_indexed_seen(const dx_indexed *k, dx_indexed_doc d)
{
    return bit(k->segments[d.segment].seen, d.doc);
}

bool dx_indexed_dead(const dx_indexed *k, dx_indexed_doc d)
{
    return bit(k->segments[d.segment].dead, d.doc);
}

void dx_indexed_kill(dx_indexed *k, dx_indexed_doc d)
{
    if (dx_indexed_dead(k, d))
        return;
    k->segments[d.segment].dead[d.doc >> 6] |= (uint64_t)1 << (d.doc & 63);
    k->segments[d.segment].dead_count++;
}

void dx_indexed_supersede(dx_indexed *k, size_t first_new, uint64_t *replaced)
{
    dx_hash128 id;

    for (size_t i = first_new; i < k->count && i > 0; i++) {
        const dx_segment *s = k->segments[i].segment;
        for (uint32_t e = 0; e < dx_segment_docs(s); e++) {
            uint32_t doc = dx_segment_id_entry(s, e, &id);
            if (doc == DX_ID_NONE ||
                dx_indexed_dead(k, (dx_indexed_doc){(uint32_t)i, doc}))
                continue;
            dx_indexed_doc before = dx_indexed_find(k, id, i);
            if (before.segment == DX_ID_NONE)
                continue;
            dx_indexed_kill(k, before);
            *replaced += before.segment >= first_new;
        }
    }
}
