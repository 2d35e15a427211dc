/* A walk through the dictionaries of all segments at once. */
#include "indexer/cli/inspect/whole_dictionary.h"

#include <string.h>

#include "common/base/mem.h"
#include "common/index/codec/list.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/segment.h"
#include "indexer/cli/inspect/live_postings.h"

typedef struct place { /* in one segment's dictionary */
    uint32_t at, end;  /* folded ids */
    uint32_t exact, exact_end; /* forms of the folded term under way */
} place;

typedef struct walk {
    const dx_generation *g;
    place *places; /* owned: one per segment */
    bool names_only;
    dx_live_postings live;
    dx_whole_term_each each;
    void *ctx;
} walk;

static dx_status add_df(walk *w, const dx_segment *s, uint32_t id, bool exact,
    uint64_t *df)
{
    dx_list list;
    uint32_t df_here;

    if (w->names_only)
        return DX_OK;
    DX_TRY(exact ? dx_segment_exact_list(s, id, &list)
                 : dx_segment_folded_list(s, id, &list));
    df_here = list.df;
    if (dx_segment_deleted(s))
        DX_TRY(dx_live_postings_decode(&w->live, s, &list, &df_here));
    *df += df_here;
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
    dx_whole_term term = {.folded = folded};

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
    dx_whole_term term = {.exact = {NULL, 0}};

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

dx_status dx_whole_dictionary_walk(const dx_generation *g, dx_str prefix,
    bool names_only, dx_whole_term_each each, void *ctx)
{
    walk w = {.g = g, .names_only = names_only, .each = each, .ctx = ctx};
    dx_status rc = dx_live_postings_init(&w.live, g);

    w.places = dx_calloc(g->segment_count, sizeof *w.places);
    if (!w.places)
        rc = DX_ERR_NOMEM;
    for (size_t i = 0; rc == DX_OK && i < g->segment_count; i++)
        dx_segment_find_prefix(g->segments[i], prefix, &w.places[i].at,
            &w.places[i].end);
    if (rc == DX_OK)
        rc = walk_all(&w);
    dx_live_postings_free(&w.live);
    dx_free(w.places);
    return rc;
}
