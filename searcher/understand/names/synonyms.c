/* Forms that stand for one another, sorted and walked through word by word. */
#include "searcher/understand/names/synonyms.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/names/spell.h"

/* ---- making ---- */

static const char *join_words(const dx_name_words *words, dx_arena *arena)
{
    size_t len = 0;
    char *text = dx_arena_alloc(arena, words->text_len + words->count);

    for (size_t i = 0; text && i < words->count; i++) {
        memcpy(text + len, words->folded[i].ptr, words->folded[i].len);
        len += words->folded[i].len;
        text[len++] = i + 1 < words->count ? ' ' : '\0';
    }
    return text;
}

static dx_status make_room(dx_synonyms *s)
{
    void *p = s->own;

    if (dx_grow(&p, &s->cap, s->count + 1, sizeof *s->own) != 0)
        return DX_ERR_NOMEM;
    if (!s->own && s->count > 0)
        memcpy(p, s->forms, s->count * sizeof *s->own);
    s->forms = s->own = p;
    return DX_OK;
}

dx_status dx_synonyms_add(dx_synonyms *s, dx_analyzer *a, dx_str shown,
    dx_str instead, uint32_t changed)
{
    dx_name_words words;
    dx_synonym_form form = {.changed = changed, .order = (uint32_t)s->count};

    DX_TRY(dx_name_words_of(a, shown, &words));
    if (words.count == 0)
        return DX_ERR_INVALID;
    form.folded = join_words(&words, &s->arena);
    form.shown = dx_arena_strndup(&s->arena, shown.ptr, shown.len);
    form.instead = dx_arena_strndup(&s->arena, instead.ptr, instead.len);
    if (!form.folded || !form.shown || !form.instead)
        return DX_ERR_NOMEM;
    DX_TRY(make_room(s));
    s->own[s->count++] = form;
    return DX_OK;
}

static int compare(const void *a, const void *b)
{
    const dx_synonym_form *x = a, *y = b;
    int c = strcmp(x->folded, y->folded);

    return c ? c : (x->order < y->order) - (x->order > y->order);
}

void dx_synonyms_sort(dx_synonyms *s)
{
    if (s->own)
        qsort(s->own, s->count, sizeof *s->own, compare);
}

void dx_synonyms_free(dx_synonyms *s)
{
    dx_arena_free(&s->arena);
    dx_free(s->own);
    *s = (dx_synonyms){.arena = DX_ARENA_INIT};
}

/* ---- looking up ---- */

dx_synonym_walk dx_synonyms_begin(const dx_synonyms *s)
{
    return (dx_synonym_walk){s->forms, s->forms, s->forms + s->count, 0};
}

/* Below 0, 0 or above: how a form's word at `len` compares with `word`. A blank
 * is before any letter, so those with the same word are in a row. */
static int compare_word(const dx_synonym_form *f, size_t len, dx_str word)
{
    const char *at = f->folded + len + (len > 0);
    int c = strncmp(at, word.ptr, word.len);

    return c ? c : at[word.len] != ' ' && at[word.len] != '\0';
}

/* The first whose word is not below `word`, or with `after` the first above. */
static const dx_synonym_form *bound(const dx_synonym_walk *w, dx_str word,
    bool after)
{
    const dx_synonym_form *from = w->ended, *end = w->end;

    while (from < end) {
        const dx_synonym_form *middle = from + (end - from) / 2;
        if (compare_word(middle, w->len, word) < after)
            from = middle + 1;
        else
            end = middle;
    }
    return from;
}

bool dx_synonyms_step(dx_synonym_walk *w, dx_str folded)
{
    const dx_synonym_form *from = bound(w, folded, false);

    w->end = bound(w, folded, true);
    w->from = w->ended = from;
    w->len += (w->len > 0) + folded.len;
    while (w->ended < w->end && w->ended->folded[w->len] == '\0')
        w->ended++;
    return from < w->end;
}
