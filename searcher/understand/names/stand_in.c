/* What stands in for an abbreviation, as nodes beside those of its words. */
#include "searcher/understand/names/stand_in.h"

#include <string.h>

/* What stands in weighs a little less than a word of its rarity: a document that
 * says it in the words of the query is the better answer. */
#define WEIGHT_INSTEAD 0.8
#define NOTES_MAX 3u

static bool is_typed(const dx_finder *f, const dx_abbreviation *a,
    const dx_name_words *words)
{
    if (words->count != a->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!dx_str_eq(dx_finder_word(f, a->from + i)->folded,
                words->folded[i]))
            return false;
    return true;
}

typedef struct stand_ins { /* nodes; how many */
    uint32_t first, last, added;
    dx_span replaced; /* by the first of them */
} stand_ins;

static bool is_added(const dx_finder *f, const stand_ins *s,
    const dx_name_words *words)
{
    const dx_query *q = f->query;

    for (uint32_t n = s->first; n != DX_NODE_NONE; n = q->nodes[n].next) {
        uint32_t i = 0;
        while (i < words->count && q->nodes[n].count == words->count &&
               dx_str_eq(q->words[q->nodes[n].first + i].exact,
                   words->exact[i]))
            i++;
        if (i == words->count)
            return true;
    }
    return false;
}

static dx_status note(dx_finder *f, dx_span replaced, dx_str shown)
{
    if (f->note_count++ >= NOTES_MAX)
        return DX_OK;
    return dx_finder_note(f, DX_NOTE_ABBREVIATION,
        dx_finder_word(f, replaced.from)->start,
        dx_finder_word(f, replaced.from + replaced.count - 1)->end, shown, "");
}

/* LIMIT: there is no room for more. */
static dx_status add_stand_in(dx_finder *f, const dx_abbreviation *a,
    stand_ins *s, dx_str shown)
{
    dx_name_words words;
    uint32_t node;
    bool has;

    DX_TRY(dx_finder_analyse(f, shown, &words));
    if (is_typed(f, a, &words) || is_added(f, s, &words))
        return DX_OK;
    DX_TRY(dx_finder_index_has(f, &words, &has));
    if (!has)
        return DX_OK;
    DX_TRY(s->added == DX_STAND_INS_MAX
               ? DX_ERR_LIMIT
               : dx_finder_add_node(f, &words, WEIGHT_INSTEAD / a->count,
                     &node));
    if (s->added++ == 0)
        s->first = node;
    else
        f->query->nodes[s->last].next = node;
    s->last = node;
    return s->added == 1 ? note(f, s->replaced, shown) : DX_OK;
}

static dx_status add_lines(dx_finder *f, const dx_abbreviation *a,
    stand_ins *s, const char *lines)
{
    for (const char *at = lines; *at;) {
        dx_str line = {at, strcspn(at, "\n")};
        DX_TRY(add_stand_in(f, a, s, line));
        at += line.len + (line.ptr[line.len] == '\n');
    }
    return DX_OK;
}

static dx_status add_related(dx_finder *f, const dx_abbreviation *a,
    stand_ins *s, const dx_synonym_form *form)
{
    DX_TRY(add_lines(f, a, s, form->instead));
    /* when it was typed with marks in it */
    return add_stand_in(f, a, s, dx_str_from(form->shown));
}

static void set_alternatives(dx_finder *f, const dx_abbreviation *a,
    const stand_ins *s)
{
    for (uint32_t i = a->from; i < a->from + a->count; i++)
        f->query->nodes[f->row[i]].alternative = s->first;
}

/* Each of the words holds where what stands in for all of them does, and gets its
 * part of the weight. So a document with some of them scores between one with
 * none and one with all. */
dx_status dx_stand_in_add(dx_finder *f, const dx_abbreviation *a)
{
    stand_ins s = {
        .first = DX_NODE_NONE, .replaced = {a->from, a->count}};
    dx_status rc = DX_OK;

    for (uint32_t i = 0; i < a->form_count && rc == DX_OK; i++)
        rc = add_related(f, a, &s, a->forms[i]);
    if (a->explained.len > 0)
        rc = add_stand_in(f, a, &s, a->explained);
    set_alternatives(f, a, &s);
    return rc == DX_ERR_LIMIT ? DX_OK : rc;
}

dx_status dx_stand_in_add_wordings(dx_finder *f, dx_span words,
    dx_span replaced, const char *lines, bool *added)
{
    stand_ins s = {.first = DX_NODE_NONE, .replaced = replaced};
    dx_abbreviation a = {.from = words.from, .count = words.count};

    dx_status rc = add_lines(f, &a, &s, lines);
    set_alternatives(f, &a, &s);
    *added = s.added > 0;
    return rc == DX_ERR_LIMIT ? DX_OK : rc;
}
