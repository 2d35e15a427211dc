#include "indexer/cli/merged.h"

#include <string.h>

#include "common/base/mem.h"
#include "common/index/segment/dictionary.h"

/* ---- live postings ---- */

dx_status dx_postings_room_init(dx_postings_room *r, const dx_generation *g)
{
    uint32_t docs = 1;

    for (size_t i = 0; i < g->segment_count; i++)
        if (dx_segment_docs(g->segments[i]) > docs)
            docs = dx_segment_docs(g->segments[i]);
    *r = (dx_postings_room){dx_calloc(docs, sizeof *r->docs),
        dx_calloc(docs, sizeof *r->tfs), DX_ARENA_INIT};
    return r->docs && r->tfs ? DX_OK : DX_ERR_NOMEM;
}

void dx_postings_room_free(dx_postings_room *r)
{
    dx_free(r->docs);
    dx_free(r->tfs);
    dx_arena_free(&r->arena);
}

dx_status dx_postings_live(dx_postings_room *r, const dx_segment *s,
    const dx_list *list, uint32_t *count)
{
    const uint64_t *deleted = dx_segment_deleted(s);
    uint32_t live = 0;

    *count = 0;
    dx_arena_reset(&r->arena);
    DX_TRY(dx_list_decode(list, r->docs, r->tfs, &r->arena));
    for (uint32_t i = 0; i < list->df; i++) {
        r->docs[live] = r->docs[i];
        r->tfs[live] = r->tfs[i];
        live += !dx_deleted_at(deleted, r->docs[i]);
    }
    *count = live;
    return DX_OK;
}

/* ---- the merged dictionary ---- */

typedef struct place { /* in one segment's dictionary */
    uint32_t at, end;  /* folded ids */
    uint32_t exact, exact_end; /* forms of the folded term under way */
} place;

typedef struct walk {
    const dx_generation *g;
    place *places; /* owned: one per segment */
    bool names_only;
    dx_postings_room room;
    dx_merged_each each;
    void *ctx;
} walk;

static dx_status add_df(walk *w, const dx_segment *s, uint32_t id, bool exact,
    uint64_t *df)
{
    dx_list list;
    uint32_t live;

    if (w->names_only)
        return DX_OK;
    DX_TRY(exact ? dx_segment_exact_list(s, id, &list)
                 : dx_segment_folded_list(s, id, &list));
    live = list.df;
    if (dx_segment_deleted(s))
        DX_TRY(dx_postings_live(&w->room, s, &list, &live));
    *df += live;
    return DX_OK;
}

static dx_str string_at(const walk *w, size_t i, bool exact)
{
    const place *p = &w->places[i];
    const dx_segment *s = w->g->segments[i];

    return exact ? dx_segment_exact_string(s, p->exact)
                 : dx_segment_folded_string(s, p->at);
}

/* The smallest string that any segment is at; false at the end. */
static bool smallest(const walk *w, bool exact, dx_str *out)
{
    bool found = false;

    for (size_t i = 0; i < w->g->segment_count; i++) {
        const place *p = &w->places[i];
        if (exact ? p->exact >= p->exact_end : p->at >= p->end)
            continue;
        dx_str s = string_at(w, i, exact);
        if (!found || dx_str_cmp(s, *out) < 0)
            *out = s;
        found = true;
    }
    return found;
}

static dx_status walk_exacts(walk *w, dx_str folded)
{
    dx_merged_term term = {.folded = folded};

    while (smallest(w, true, &term.exact)) {
        term.df = 0;
        for (size_t i = 0; i < w->g->segment_count; i++) {
            place *p = &w->places[i];
            if (p->exact >= p->exact_end ||
                !dx_str_eq(string_at(w, i, true), term.exact))
                continue;
            DX_TRY(add_df(w, w->g->segments[i], p->exact, true, &term.df));
            p->exact++;
        }
        if (!term.exact.ptr)
            return DX_ERR_CORRUPT;
        DX_TRY(w->each(w->ctx, &term));
    }
    return DX_OK;
}

static dx_status walk_all(walk *w)
{
    dx_merged_term term = {.exact = {NULL, 0}};

    while (smallest(w, false, &term.folded)) {
        term.df = 0;
        for (size_t i = 0; i < w->g->segment_count; i++) {
            place *p = &w->places[i];
            p->exact = p->exact_end = 0;
            if (p->at >= p->end ||
                !dx_str_eq(string_at(w, i, false), term.folded))
                continue;
            dx_segment_exact_range(w->g->segments[i], p->at, p->at + 1,
                &p->exact, &p->exact_end);
            DX_TRY(add_df(w, w->g->segments[i], p->at, false, &term.df));
            p->at++;
        }
        DX_TRY(w->each(w->ctx, &term));
        DX_TRY(walk_exacts(w, term.folded));
    }
    return DX_OK;
}

dx_status dx_merged_walk(const dx_generation *g, dx_str prefix,
    bool names_only, dx_merged_each each, void *ctx)
{
    walk w = {.g = g, .names_only = names_only, .each = each, .ctx = ctx};
    dx_status rc = dx_postings_room_init(&w.room, g);

    w.places = dx_calloc(g->segment_count, sizeof *w.places);
    if (!w.places)
        rc = DX_ERR_NOMEM;
    for (size_t i = 0; rc == DX_OK && i < g->segment_count; i++)
        dx_segment_find_prefix(g->segments[i], prefix, &w.places[i].at,
            &w.places[i].end);
    if (rc == DX_OK)
        rc = walk_all(&w);
    dx_postings_room_free(&w.room);
    dx_free(w.places);
    return rc;
}
