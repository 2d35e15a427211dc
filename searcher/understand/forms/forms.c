/* What is written otherwise, word by word. */
#include "searcher/understand/forms/forms.h"

#include "common/text/analyzer.h"
#include "searcher/match/evaluate/node_role.h"
#include "searcher/understand/forms/groups.h"
#include "searcher/understand/forms/numerals.h"
#include "searcher/understand/forms/short_words.h"
#include "searcher/understand/forms/wordings.h"
#include "searcher/understand/names/finder.h"
#include "searcher/understand/names/rows.h"

#define LINES_MAX_BYTES (64u * DX_WORDING_MAX_BYTES)

static dx_status reword(dx_wordings *w, uint32_t at, uint32_t *taken)
{
    DX_TRY(dx_numerals_reword(w, at, taken));
    if (*taken == 0)
        DX_TRY(dx_short_words_reword(w, at, taken));
    return *taken == 0 ? dx_groups_reword(w, at, taken) : DX_OK;
}

static dx_status apply_row(dx_finder *f, void *wordings)
{
    dx_wordings *w = wordings;
    uint32_t taken;

    for (uint32_t i = 0; i < f->count; i += taken ? taken : 1) {
        taken = 0;
        if (f->query->nodes[f->row[i]].alternative == DX_NODE_NONE)
            DX_TRY(reword(w, i, &taken));
    }
    return DX_OK;
}

/* Numbers of documents stand in no row. */
static dx_status apply_docnos(dx_finder *f, dx_wordings *w)
{
    const dx_query *q = f->query;
    uint32_t count = q->node_count, taken;

    f->count = 1;
    for (uint32_t n = 0; n < count; n++) {
        f->row[0] = n;
        if (q->nodes[n].kind == DX_NODE_WORD &&
            q->words[q->nodes[n].first].overlay &&
            dx_node_is_optional(q, &q->nodes[n]))
            DX_TRY(dx_groups_reword_docno(w, &taken));
    }
    return DX_OK;
}

dx_status dx_forms_apply(const dx_synonyms *s, const dx_generation *g,
    dx_query *q, dx_notes *notes, bool *added)
{
    dx_finder f = {.synonyms = s, .generation = g, .query = q, .notes = notes};
    dx_wordings w = {.finder = &f};

    dx_buf_init(&w.lines, LINES_MAX_BYTES);
    dx_status rc = dx_rows_each(&f, apply_row, &w);
    if (rc == DX_OK)
        rc = apply_docnos(&f, &w);
    *added = w.added > 0;
    dx_buf_free(&w.lines);
    dx_analyzer_free(f.analyzer);
    return rc;
}

void dx_forms_drop(dx_query *q, uint32_t node_count)
{
    for (uint32_t n = 0; n < node_count; n++)
        if (q->nodes[n].alternative != DX_NODE_NONE &&
            q->nodes[n].alternative >= node_count)
            q->nodes[n].alternative = DX_NODE_NONE;
    q->node_count = node_count;
}
