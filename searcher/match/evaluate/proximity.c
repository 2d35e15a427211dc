/* Whether words stand in a document where a query wants them. */
#include "searcher/match/evaluate/proximity.h"

#include "common/base/mem.h"

/* A row found in the text. */
typedef struct occurrence {
    uint32_t first, last; /* positions of its words */
    uint8_t field;
} occurrence;

typedef struct found { /* of one row, in the order of the text */
    occurrence *at;         /* owned */
    size_t count, cap;
    size_t next;
} found;

static bool is_word(const dx_proximity_word *w, uint32_t id)
{
    uint32_t lo = 0, hi = w->span_count;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (id >= w->spans[mid].end)
            lo = mid + 1;
        else if (id < w->spans[mid].first)
            hi = mid;
        else
            return true;
    }
    return false;
}

/* The running token directly behind `t`, if it is among those at hand. */
static const dx_token *next_running(const dx_doc *doc, const dx_token *t)
{
    const dx_token *end = doc->tokens + doc->token_count;

    for (const dx_token *n = t + 1; n < end; n++)
        if (!n->overlay)
            return n->field == t->field && n->pos == t->pos + 1 ? n : NULL;
    return NULL;
}

static bool row_at(const dx_proximity *p, const dx_proximity_row *row,
    const dx_doc *doc, const dx_token *t, occurrence *out)
{
    bool in_field = p->field == DX_PROXIMITY_ANY_FIELD || t->field == p->field;

    if (!in_field || (p->at_start && t->pos != 0))
        return false;
    *out = (occurrence){t->pos, t->pos, t->field};
    for (uint32_t k = 0; k < row->count; k++) {
        if (!t || !is_word(&row->words[k], t->exact_id) ||
            (row->count > 1 && t->overlay))
            return false;
        out->last = t->pos;
        if (k + 1 < row->count)
            t = next_running(doc, t);
    }
    return true;
}

static bool has_row(const dx_proximity *p, const dx_proximity_row *row,
    const dx_doc *doc)
{
    occurrence at;

    for (size_t i = 0; i < doc->token_count; i++)
        if (row_at(p, row, doc, &doc->tokens[i], &at))
            return true;
    return false;
}

static dx_status find_row(const dx_proximity *p, const dx_proximity_row *row,
    const dx_doc *doc, found *out)
{
    occurrence at;

    for (size_t i = 0; i < doc->token_count; i++) {
        void *room = out->at;
        if (!row_at(p, row, doc, &doc->tokens[i], &at))
            continue;
        if (dx_grow(&room, &out->cap, out->count + 1, sizeof at) != 0)
            return DX_ERR_NOMEM;
        out->at = room;
        out->at[out->count++] = at;
    }
    return DX_OK;
}

/* ---- near ---- */

static bool is_before(const occurrence *a, uint8_t field, uint32_t first)
{
    return a->field != field ? a->field < field : a->first < first;
}

/* The first row of `f` in `field` that begins at `from` or after it. Calls
 * come with ascending arguments, so each is passed once. */
static const occurrence *next_from(found *f, uint8_t field, uint32_t from)
{
    while (f->next < f->count && is_before(&f->at[f->next], field, from))
        f->next++;
    return f->next < f->count && f->at[f->next].field == field
               ? &f->at[f->next]
               : NULL;
}

/* Whether the rows stand near enough when the first of them all begins at
 * `start`: the nearest one of each behind it is the best. */
static bool near_from(const dx_proximity *p, found *rows, const occurrence *start)
{
    uint32_t last = start->last;

    for (uint32_t i = 0; i < p->count; i++) {
        const occurrence *at = next_from(&rows[i], start->field, start->first);
        if (!at)
            return false;
        last = at->last > last ? at->last : last;
    }
    return last - start->first <= p->span;
}

static bool is_near(const dx_proximity *p, found *rows)
{
    for (uint32_t r = 0; r < p->count; r++) {
        for (uint32_t i = 0; i < p->count; i++)
            rows[i].next = 0;
        for (size_t k = 0; k < rows[r].count; k++)
            if (near_from(p, rows, &rows[r].at[k]))
                return true;
    }
    return false;
}

static bool is_near_in_order(const dx_proximity *p, found *rows)
{
    for (uint32_t i = 0; i < p->count; i++)
        rows[i].next = 0;
    for (size_t k = 0; k < rows[0].count; k++) {
        const occurrence *start = &rows[0].at[k], *at = start;
        for (uint32_t i = 1; i < p->count && at; i++)
            at = next_from(&rows[i], start->field, at->last + 1);
        if (at && at->last - start->first <= p->span)
            return true;
    }
    return false;
}

static dx_status rows_are_near(const dx_proximity *p, const dx_doc *doc,
    bool *hold)
{
    found *rows = dx_calloc(p->count, sizeof *rows);
    dx_status rc = rows ? DX_OK : DX_ERR_NOMEM;
    bool all = true;

    for (uint32_t i = 0; i < p->count && rc == DX_OK && all; i++) {
        rc = find_row(p, &p->rows[i], doc, &rows[i]);
        all = rows[i].count > 0;
    }
    *hold = rc == DX_OK && all &&
            (p->ordered ? is_near_in_order(p, rows) : is_near(p, rows));
    for (uint32_t i = 0; i < p->count && rows; i++)
        dx_free(rows[i].at);
    dx_free(rows);
    return rc;
}

dx_status dx_proximity_holds(const dx_proximity *p, const dx_doc *doc, bool *hold)
{
    uint32_t there = 0;

    *hold = false;
    if (p->count > 1 && p->least == 0)
        return rows_are_near(p, doc, hold);
    for (uint32_t i = 0; i < p->count; i++)
        there += has_row(p, &p->rows[i], doc);
    *hold = p->least ? there >= p->least : there == p->count;
    return DX_OK;
}
