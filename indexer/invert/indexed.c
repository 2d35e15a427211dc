/* Two bits for each document of the index: is it dead, was it seen again? */
#include "indexer/invert/indexed.h"


#include "common/base/mem.h"
#include "common/index/codec/window.h"
#include "common/index/segment/id.h"
#include "common/index/segment/ids.h"

static size_t words_of(const dx_segment *s)
{
    return (size_t)dx_window_count(dx_segment_docs(s)) * DX_WINDOW_WORDS;
}

void dx_indexed_free(dx_indexed *ix)
{
    for (size_t i = 0; i < ix->count; i++) {
        dx_free(ix->segments[i].dead);
        dx_free(ix->segments[i].seen);
    }
    dx_free(ix->segments);
    *ix = (dx_indexed){0};
}

dx_status dx_indexed_add(dx_indexed *ix, const dx_segment *s,
    const uint64_t *dead)
{
    size_t words = words_of(s);
    const uint64_t *deleted = dx_segment_deleted(s);
    void *p = ix->segments;

    if (dx_grow(&p, &ix->cap, ix->count + 1, sizeof *ix->segments) != 0)
        return DX_ERR_NOMEM;
    ix->segments = p;
    dx_indexed_segment *added = &ix->segments[ix->count++];
    *added = (dx_indexed_segment){.segment = s};
    added->dead = dx_calloc(words, sizeof *added->dead);
    added->seen = dx_calloc(words, sizeof *added->seen);
    if (!added->dead || !added->seen)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < words; i++) {
        added->dead[i] = (dead ? dead[i] : 0) | (deleted ? deleted[i] : 0);
        added->dead_count += (uint32_t)__builtin_popcountll(added->dead[i]);
    }
    return DX_OK;
}

static bool bit(const uint64_t *bits, uint32_t doc)
{
    return bits[doc >> 6] >> (doc & 63) & 1;
}

dx_indexed_doc dx_indexed_find(const dx_indexed *ix, dx_hash128 id,
    size_t count)
{
    for (size_t i = count; i-- > 0;) {
        uint32_t doc = dx_segment_find_id(ix->segments[i].segment, id);
        /* A segment may have an id several times; all but one are dead. */
        while (doc != DX_ID_NONE && bit(ix->segments[i].dead, doc))
            doc = dx_segment_find_id_after(ix->segments[i].segment, id, doc);
        if (doc != DX_ID_NONE)
            return (dx_indexed_doc){(uint32_t)i, doc};
    }
    return (dx_indexed_doc){DX_ID_NONE, 0};
}

bool dx_indexed_has_content(const dx_indexed *ix, dx_indexed_doc d,
    uint64_t content)
{
    return dx_segment_content_hash(ix->segments[d.segment].segment, d.doc) ==
           content;
}

void dx_indexed_mark_seen(dx_indexed *ix, dx_indexed_doc d)
{
    ix->segments[d.segment].seen[d.doc >> 6] |= (uint64_t)1 << (d.doc & 63);
}

bool dx_indexed_is_seen(const dx_indexed *ix, dx_indexed_doc d)
{
    return bit(ix->segments[d.segment].seen, d.doc);
}

bool dx_indexed_is_dead(const dx_indexed *ix, dx_indexed_doc d)
{
    return bit(ix->segments[d.segment].dead, d.doc);
}

void dx_indexed_kill(dx_indexed *ix, dx_indexed_doc d)
{
    if (dx_indexed_is_dead(ix, d))
        return;
    ix->segments[d.segment].dead[d.doc >> 6] |= (uint64_t)1 << (d.doc & 63);
    ix->segments[d.segment].dead_count++;
}

void dx_indexed_supersede(dx_indexed *ix, size_t first_new, uint64_t *replaced)
{
    dx_hash128 id;

    for (size_t i = first_new; i < ix->count && i > 0; i++) {
        const dx_segment *s = ix->segments[i].segment;
        for (uint32_t e = 0; e < dx_segment_docs(s); e++) {
            uint32_t doc = dx_segment_id_entry(s, e, &id);
            if (doc == DX_ID_NONE ||
                dx_indexed_is_dead(ix, (dx_indexed_doc){(uint32_t)i, doc}))
                continue;
            dx_indexed_doc before = dx_indexed_find(ix, id, i);
            if (before.segment == DX_ID_NONE)
                continue;
            dx_indexed_kill(ix, before);
            *replaced += before.segment >= first_new;
        }
    }
}
