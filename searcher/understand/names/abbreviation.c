/* Abbreviations, their long forms and synonyms in a row of words. */
#include "searcher/understand/names/abbreviation.h"

#include <string.h>

#include "searcher/understand/names/explained.h"

#define SHORT_BYTES 32u /* of an abbreviation as it was typed */

/* ---- what dx and a reader's file know ---- */

/* Marks that were typed are meant. */
static bool fits(const dx_finder *f, const dx_abbreviation *a,
    const dx_name_words *words)
{
    if (words->count != a->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++) {
        const dx_query_word *w = dx_finder_word(f, a->from + i);
        if (!dx_str_eq(w->folded, words->folded[i]) ||
            (w->marked && !dx_str_eq(w->exact, words->exact[i])))
            return false;
    }
    return true;
}

/* The forms among those that end at `at` that the words are. */
static dx_status take_forms(dx_finder *f, dx_abbreviation *a,
    const dx_synonym_walk *at)
{
    dx_name_words words;

    for (const dx_synonym_form *form = at->from; form < at->ended; form++) {
        if (!*form->instead)
            continue;
        DX_TRY(dx_finder_analyse(f, dx_str_from(form->shown), &words));
        if (fits(f, a, &words) && a->form_count < DX_STAND_INS_MAX)
            a->forms[a->form_count++] = form;
    }
    return DX_OK;
}

/* The longest form that begins at `from`; *out has no form when there is
 * none. */
static dx_status find_longest(dx_finder *f, uint32_t from, dx_abbreviation *out)
{
    dx_synonym_walk at = dx_synonyms_begin(f->synonyms);

    *out = (dx_abbreviation){.from = from};
    for (uint32_t i = from; i < f->count; i++) {
        if (!dx_synonyms_step(&at, dx_finder_word(f, i)->folded))
            break;
        dx_abbreviation a = {.from = from, .count = i + 1 - from};
        DX_TRY(take_forms(f, &a, &at));
        if (a.form_count > 0)
            *out = a;
    }
    return DX_OK;
}

static bool is_joint(const dx_finder *f, uint32_t i)
{
    const dx_query *q = f->query;
    uint32_t from = dx_finder_word(f, i)->end,
             to = dx_finder_word(f, i + 1)->start;

    for (uint32_t at = from; at < to; at++)
        if (!strchr("&-.", q->text.ptr[at]))
            return false;
    return to > from;
}

/* The words from `from` on as far as only "&", "-" or "." is between them,
 * without those: LĐTB&XH is LĐTBXH. */
static bool join(const dx_finder *f, uint32_t from, char text[SHORT_BYTES],
    size_t *len, uint32_t *count)
{
    uint32_t end = from;

    *len = 0;
    do {
        const dx_query_word *w = dx_finder_word(f, end);
        if (w->end - w->start > SHORT_BYTES - *len)
            return false;
        memcpy(text + *len, f->query->text.ptr + w->start, w->end - w->start);
        *len += w->end - w->start;
    } while (++end < f->count && is_joint(f, end - 1));
    *count = end - from;
    return *count > 1;
}

/* What is joined from `from` on as one word, of `*count` words; 0 when nothing
 * is. */
static dx_status analyse_joined(dx_finder *f, uint32_t from,
    dx_name_words *words, uint32_t *count)
{
    char text[SHORT_BYTES];
    uint32_t joined;
    size_t len;

    *count = 0;
    if (from + 1 >= f->count || !is_joint(f, from) ||
        !join(f, from, text, &len, &joined))
        return DX_OK;
    *count = joined;
    return dx_finder_analyse(f, (dx_str){text, len}, words);
}

static dx_status find_joined(dx_finder *f, uint32_t from, dx_abbreviation *out)
{
    dx_synonym_walk at = dx_synonyms_begin(f->synonyms);
    dx_name_words words;
    uint32_t count;

    *out = (dx_abbreviation){.from = from};
    DX_TRY(analyse_joined(f, from, &words, &count));
    if (count == 0 || words.count != 1 ||
        !dx_synonyms_step(&at, words.folded[0]))
        return DX_OK;
    while (at.from < at.ended && !*at.from->instead)
        at.from++;
    if (at.from < at.ended)
        *out = (dx_abbreviation){
            .from = from, .count = count, .forms = {at.from}, .form_count = 1};
    return DX_OK;
}

/* ---- what articles explain ---- */

static dx_status find_phrase(dx_finder *f, uint32_t from, dx_abbreviation *out)
{
    dx_name_words words;
    dx_explanation found;

    *out = (dx_abbreviation){.from = from};
    DX_TRY(dx_explained_phrase(f, from, &out->count, &found));
    if (found.phrase.len == 0)
        return DX_OK;
    DX_TRY(dx_finder_analyse(f, found.phrase, &words));
    if (fits(f, out, &words))
        out->explained = found.letters;
    return DX_OK;
}

static dx_status find_letters(dx_finder *f, uint32_t from, dx_abbreviation *out)
{
    const dx_query_word *w = dx_finder_word(f, from);
    dx_str folded = w->folded, exact = w->marked ? w->exact : (dx_str){"", 0};
    dx_name_words words;
    dx_explanation found;
    uint32_t count;

    DX_TRY(analyse_joined(f, from, &words, &count));
    *out = (dx_abbreviation){.from = from, .count = count ? count : 1};
    if (count > 0 && words.count != 1)
        return DX_OK;
    if (count > 0) {
        folded = words.folded[0];
        exact = (dx_str){"", 0};
    }
    DX_TRY(dx_explained_letters(f, folded, exact, &found));
    out->explained = found.phrase;
    return DX_OK;
}

static dx_status find_explained(dx_finder *f, uint32_t from,
    dx_abbreviation *out)
{
    dx_status rc = find_phrase(f, from, out);

    if (rc == DX_OK && out->explained.len == 0)
        rc = find_letters(f, from, out);
    if (rc != DX_OK || out->explained.len == 0)
        *out = (dx_abbreviation){.from = from};
    return rc == DX_ERR_LIMIT ? DX_OK : rc; /* more words than a form has */
}

dx_status dx_abbreviation_find(dx_finder *f, uint32_t from,
    dx_abbreviation *out)
{
    DX_TRY(find_joined(f, from, out));
    if (out->form_count == 0)
        DX_TRY(find_longest(f, from, out));
    return out->form_count == 0 ? find_explained(f, from, out) : DX_OK;
}
