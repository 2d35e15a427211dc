/* The plain words of a query, row by row. */
#include "searcher/understand/names/names.h"

#include "common/text/analyzer.h"
#include "searcher/match/evaluate/node_role.h"
#include "searcher/understand/names/abbreviation.h"
#include "searcher/understand/names/finder.h"
#include "searcher/understand/names/i_or_y.h"
#include "searcher/understand/names/renamed.h"
#include "searcher/understand/names/stand_in.h"

static dx_status apply_row(dx_finder *f, dx_renamed *renamed)
{
    dx_abbreviation a;

    for (uint32_t i = 0; i < f->count; i += a.count ? a.count : 1) {
        DX_TRY(dx_abbreviation_find(f, i, &a));
        if (a.count > 0)
            DX_TRY(dx_stand_in_add(f, &a));
    }
    DX_TRY(dx_i_or_y_add(f));
    return dx_renamed_find(f, renamed);
}

static bool is_plain(const dx_query *q, const dx_node *n)
{
    return n->kind == DX_NODE_WORD && dx_node_is_optional(q, n) &&
           !q->words[n->first].overlay;
}

static dx_status apply_below(dx_finder *f, uint32_t parent, dx_renamed *renamed)
{
    const dx_query *q = f->query;

    f->count = 0;
    for (uint32_t c = q->nodes[parent].child; c != DX_NODE_NONE;
         c = q->nodes[c].next) {
        const dx_node *n = &q->nodes[c];
        bool plain = is_plain(q, n);
        if (f->count > 0 && !(plain && n->joined)) {
            DX_TRY(apply_row(f, renamed));
            f->count = 0;
        }
        if (plain && f->count < DX_QUERY_MAX_TERMS)
            f->row[f->count++] = c;
        else if (dx_node_is_group(n->kind))
            DX_TRY(apply_below(f, c, renamed));
    }
    DX_TRY(apply_row(f, renamed));
    f->count = 0;
    return DX_OK;
}

dx_status dx_names_apply(const dx_synonyms *s, const dx_generation *g,
    dx_query *q, dx_notes *notes)
{
    dx_finder f = {.synonyms = s, .generation = g, .query = q, .notes = notes};
    dx_renamed renamed = {.count = 0};

    dx_status rc = apply_below(&f, 0, &renamed);
    if (rc == DX_OK)
        rc = dx_renamed_note(&renamed, &f);
    dx_analyzer_free(f.analyzer);
    return rc;
}
