/* Numbers the documents of several segments as those of one. */
#include "indexer/invert/merging/sources.h"

#include "common/base/mem.h"
#include "common/index/codec/window.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/layout/format.h"

static dx_status count_deleted(dx_merge_source *s)
{
    uint32_t docs = dx_segment_docs(s->s), before = 0;
    size_t words = (size_t)dx_window_count(docs) * DX_WINDOW_WORDS;

    s->deleted = dx_segment_deleted(s->s);
    if (!s->deleted)
        return DX_OK;
    s->deleted_before = dx_calloc(words, sizeof *s->deleted_before);
    if (!s->deleted_before)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < words; i++) {
        uint64_t deleted = s->deleted[i];
        s->deleted_before[i] = before;
        if (i * 64 + 64 > docs && (i * 64 >= docs ? deleted : deleted >> docs % 64))
            return DX_ERR_CORRUPT; /* documents that do not exist */
        before += (uint32_t)__builtin_popcountll(deleted);
    }
    /* Or the others would have numbers beyond the last. */
    return before == dx_segment_deleted_count(s->s) ? DX_OK : DX_ERR_CORRUPT;
}

static dx_status init_source(dx_merge_source *to, const dx_segment *s,
    uint32_t first)
{
    *to = (dx_merge_source){.s = s, .first = first};
    to->docs = dx_segment_docs(s) - dx_segment_deleted_count(s);
    to->folded_to = dx_calloc((size_t)dx_segment_folded_count(s) + 1,
        sizeof *to->folded_to);
    to->exact_to = dx_calloc((size_t)dx_segment_exact_count(s) + 1,
        sizeof *to->exact_to);
    return to->folded_to && to->exact_to ? count_deleted(to) : DX_ERR_NOMEM;
}

static dx_status take_lengths(dx_merge_sources *m)
{
    m->lengths = dx_calloc((size_t)m->docs + 1, sizeof *m->lengths);
    if (!m->lengths)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < m->count; i++) {
        const dx_merge_source *s = &m->at[i];
        const uint8_t *lengths = dx_segment_lengths(s->s, 0, dx_segment_docs(s->s));
        for (uint32_t doc = 0; doc < dx_segment_docs(s->s); doc++) {
            uint32_t to = dx_merge_doc(s, doc);
            if (to < m->docs)
                m->lengths[to] = (uint16_t)dx_length_at(lengths, doc);
        }
    }
    return DX_OK;
}

dx_status dx_merge_sources_init(dx_merge_sources *m,
    dx_segment *const *segments, size_t count)
{
    uint64_t docs = 0, exacts = 0;

    *m = (dx_merge_sources){.count = 0};
    m->at = dx_calloc(count, sizeof *m->at);
    if (!m->at)
        return DX_ERR_NOMEM;
    for (; m->count < count; m->count++) {
        dx_merge_source *s = &m->at[m->count];
        dx_status rc = init_source(s, segments[m->count], (uint32_t)docs);
        docs += s->docs;
        exacts += dx_segment_exact_count(s->s);
        if (rc == DX_OK && (docs > DX_SEGMENT_DOCS_MAX || exacts >= UINT32_MAX))
            rc = DX_ERR_LIMIT;
        if (rc != DX_OK) {
            m->count++;
            return rc;
        }
    }
    m->docs = (uint32_t)docs;
    m->exact_folded = dx_calloc((size_t)exacts + 1, sizeof *m->exact_folded);
    return m->exact_folded ? take_lengths(m) : DX_ERR_NOMEM;
}

void dx_merge_sources_free(dx_merge_sources *m)
{
    for (size_t i = 0; i < m->count; i++) {
        dx_free(m->at[i].deleted_before);
        dx_free(m->at[i].folded_to);
        dx_free(m->at[i].exact_to);
    }
    dx_free(m->at);
    dx_free(m->lengths);
    dx_free(m->exact_folded);
    *m = (dx_merge_sources){.count = 0};
}

uint64_t dx_merge_sources_units(const dx_merge_sources *m)
{
    uint64_t foldeds = 0;

    for (size_t i = 0; i < m->count; i++)
        foldeds += dx_segment_folded_count(m->at[i].s);
    return UINT64_C(3) * m->docs + 2 * foldeds;
}
