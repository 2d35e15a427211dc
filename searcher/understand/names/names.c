/* Other names of what the rows of a query say. */
#include "searcher/understand/names/names.h"

#include "common/text/analyzer.h"
#include "searcher/understand/names/abbreviation.h"
#include "searcher/understand/names/finder.h"
#include "searcher/understand/names/i_or_y.h"
#include "searcher/understand/names/renamed.h"
#include "searcher/understand/names/rows.h"
#include "searcher/understand/names/stand_in.h"

static dx_status apply_row(dx_finder *f, void *renamed)
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

dx_status dx_names_apply(const dx_synonyms *s, const dx_generation *g,
    dx_query *q, dx_notes *notes)
{
    dx_finder f = {.synonyms = s, .generation = g, .query = q, .notes = notes};
    dx_renamed renamed = {.count = 0};

    dx_status rc = dx_rows_each(&f, apply_row, &renamed);
    if (rc == DX_OK)
        rc = dx_renamed_note(&renamed, &f);
    dx_analyzer_free(f.analyzer);
    return rc;
}
