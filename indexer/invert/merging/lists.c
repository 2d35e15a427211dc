/* One merged term after another: its lists, its row of pairs, its entry. */
#include "indexer/invert/merging/lists.h"

#include "common/base/mem.h"
#include "common/base/stop.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/layout/format.h"
#include "indexer/invert/merging/postings.h"
#include "indexer/invert/merging/rows.h"

typedef struct cursor { /* of a source */
    uint32_t folded, exact; /* the next ones that are not gone */
} cursor;

typedef struct merger {
    const dx_merge_sources *m;
    dx_segment_writer *w;
    dx_list_builder *builder; /* owned, as is what follows */
    cursor *at;
    dx_merge_row *rows;
    dx_merge_postings postings;
    struct exact_entry {
        dx_str string;
        uint32_t list;
    } *exacts; /* of the folded term under way */
    size_t exact_cap;
    dx_frequent_pairs *pairs;
} merger;

uint32_t dx_merge_frequent_df(const dx_merge_sources *m)
{
    uint32_t share = m->docs / DX_TRIPLE_SHARE;

    return share > DX_TRIPLE_MIN_DF ? share : DX_TRIPLE_MIN_DF;
}

static void pass_gone(const merger *g, size_t i)
{
    const dx_merge_source *s = &g->m->at[i];
    uint32_t foldeds = dx_segment_folded_count(s->s);
    uint32_t exacts = dx_segment_exact_count(s->s);
    cursor *c = &g->at[i];

    while (c->folded < foldeds && s->folded_to[c->folded] == DX_MERGE_GONE)
        c->folded++;
    while (c->exact < exacts && s->exact_to[c->exact] == DX_MERGE_GONE)
        c->exact++;
}

static bool has_folded(const merger *g, size_t i, uint32_t folded)
{
    const dx_merge_source *s = &g->m->at[i];
    uint32_t at = g->at[i].folded;

    return at < dx_segment_folded_count(s->s) && s->folded_to[at] == folded;
}

static bool has_exact(const merger *g, size_t i, uint32_t exact)
{
    const dx_merge_source *s = &g->m->at[i];
    uint32_t at = g->at[i].exact;

    return at < dx_segment_exact_count(s->s) && s->exact_to[at] == exact;
}

/* The list that was put together. There is one document at least. */
static dx_status put_list(merger *g, uint32_t *place)
{
    if (g->postings.count == 0)
        return DX_ERR_CORRUPT;
    *place = dx_list_builder_list(g->builder, g->postings.docs,
        g->postings.tfs, g->postings.count);
    g->postings.count = 0;
    return DX_OK;
}

static dx_status put_exact(merger *g, uint32_t exact, struct exact_entry *entry)
{
    for (size_t i = 0; i < g->m->count; i++) {
        const dx_merge_source *s = &g->m->at[i];
        dx_list list;
        if (!has_exact(g, i, exact))
            continue;
        entry->string = dx_segment_exact_string(s->s, g->at[i].exact);
        DX_TRY(dx_segment_exact_list(s->s, g->at[i].exact, &list));
        DX_TRY(dx_merge_postings_add(&g->postings, s, &list));
        g->at[i].exact++;
        pass_gone(g, i);
    }
    return put_list(g, &entry->list);
}

static dx_status put_folded_list(merger *g, uint32_t folded, dx_str *string,
    uint32_t *place)
{
    for (size_t i = 0; i < g->m->count; i++) {
        const dx_merge_source *s = &g->m->at[i];
        dx_list list;
        if (!has_folded(g, i, folded))
            continue;
        *string = dx_segment_folded_string(s->s, g->at[i].folded);
        if (place) {
            DX_TRY(dx_segment_folded_list(s->s, g->at[i].folded, &list));
            DX_TRY(dx_merge_postings_add(&g->postings, s, &list));
        }
    }
    return place ? put_list(g, place) : DX_OK;
}

static dx_status put_row(merger *g, uint32_t folded, uint32_t *row)
{
    uint32_t frequent_df = dx_merge_frequent_df(g->m), second;
    size_t count = 0;

    for (size_t i = 0; i < g->m->count; i++) {
        dx_merge_row *r = &g->rows[count];
        if (!has_folded(g, i, folded))
            continue;
        r->source = &g->m->at[i];
        DX_TRY(dx_segment_walk_pairs(r->source->s, g->at[i].folded, &r->walk));
        DX_TRY(dx_merge_row_next(r));
        count++;
    }
    while ((second = dx_merge_rows_least(g->rows, count)) != DX_MERGE_GONE) {
        dx_merge_postings *p = &g->postings;
        p->count = 0;
        DX_TRY(dx_merge_rows_take(g->rows, count, second, p));
        if (p->count > 0)
            dx_list_builder_pair(g->builder, second, p->docs, p->tfs, p->count);
        if (p->count >= frequent_df)
            DX_TRY(dx_frequent_pairs_add(g->pairs,
                (dx_frequent_pair){folded, second, 0, 0}));
    }
    g->postings.count = 0;
    *row = dx_list_builder_row_end(g->builder);
    return DX_OK;
}

static dx_status put_term(merger *g, uint32_t folded, uint32_t first,
    uint32_t end)
{
    void *exacts = g->exacts;
    uint32_t list, row = 0;
    dx_str string = {NULL, 0};

    if (dx_grow(&exacts, &g->exact_cap, end - first, sizeof *g->exacts) != 0)
        return DX_ERR_NOMEM;
    g->exacts = exacts;
    for (uint32_t e = first; e < end; e++)
        DX_TRY(put_exact(g, e, &g->exacts[e - first]));
    list = g->exacts[0].list;
    DX_TRY(put_folded_list(g, folded, &string, end - first > 1 ? &list : NULL));
    DX_TRY(put_row(g, folded, &row));
    dx_segment_writer_folded(g->w, string, list, row);
    for (uint32_t e = 0; e < end - first; e++)
        dx_segment_writer_exact(g->w, g->exacts[e].string, g->exacts[e].list);
    for (size_t i = 0; i < g->m->count; i++)
        if (has_folded(g, i, folded)) {
            g->at[i].folded++;
            pass_gone(g, i);
            dx_work_add(g->m->work, 1);
        }
    return DX_OK;
}

static dx_status put_all(merger *g, const atomic_bool *stop)
{
    const dx_merge_sources *m = g->m;

    g->builder = dx_list_builder_new(g->w);
    g->at = dx_calloc(m->count, sizeof *g->at);
    g->rows = dx_calloc(m->count, sizeof *g->rows);
    if (!g->builder || !g->at || !g->rows)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < m->count; i++)
        pass_gone(g, i);
    for (uint32_t folded = 0, exact = 0; folded < m->foldeds; folded++) {
        uint32_t first = exact;
        while (exact < m->exacts && m->exact_folded[exact] == folded)
            exact++;
        if (dx_stop_is_asked(stop))
            return DX_ERR_INTERRUPTED;
        DX_TRY(put_term(g, folded, first, exact));
    }
    return dx_frequent_pairs_end(g->pairs);
}

dx_status dx_merge_lists_put(const dx_merge_sources *m, dx_segment_writer *w,
    dx_frequent_pairs *pairs, const atomic_bool *stop)
{
    merger g = {.m = m, .w = w, .pairs = pairs};
    dx_status rc = put_all(&g, stop);

    dx_list_builder_free(g.builder);
    dx_merge_postings_free(&g.postings);
    dx_free(g.at);
    dx_free(g.rows);
    dx_free(g.exacts);
    return rc;
}
