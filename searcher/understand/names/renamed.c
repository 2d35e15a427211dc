#include "searcher/understand/names/renamed.h"

#include <string.h>

#include "common/names/places.h"
#include "common/names/renames.h"
#include "common/text/utf8.h"

#define RENAMED_NOTES_MAX 3u

/* ---- finding ---- */

static bool is_capital(const dx_applier *x, const dx_query_word *w)
{
    dx_str text = x->query->text;
    uint32_t c;

    return dx_utf8_decode(text.ptr + w->start, dx_str_end(text), &c) > 0 &&
           dx_char_is_capital(c);
}

/* Hòa Bình, but not peace: with capitals, or after "tỉnh". */
static bool is_place(const dx_applier *x, uint32_t from, uint32_t count,
    const char *name)
{
    bool is_word = false, capitals = true;

    for (size_t i = 0; i < DX_PLACES_COUNT; i++)
        is_word |= dx_places[i].is_word && strcmp(dx_places[i].name, name) == 0;
    for (uint32_t i = 0; i < count; i++)
        capitals = capitals && is_capital(x, dx_applier_word(x, from + i));
    return !is_word || capitals ||
           (from > 0 && dx_str_eq(dx_applier_word(x, from - 1)->folded,
                            DX_STR_LIT("tinh")));
}

/* Marks that were typed are meant; what was typed without them is read as the
 * index has it. A name of one syllable needs its marks. */
static bool is_spelt(const dx_query_word *w, dx_str exact, bool alone)
{
    if (w->marked)
        return dx_str_eq(w->exact, exact);
    return !alone && (w->reading.len == 0 || dx_str_eq(w->reading, exact));
}

static dx_status is_name(dx_applier *x, uint32_t from, uint32_t count,
    uint32_t changed, bool *is)
{
    const char *name = dx_changed_names[changed].name;
    dx_name_words words;

    DX_TRY(dx_applier_analyse(x, dx_str_from(name), &words));
    *is = is_place(x, from, count, name);
    for (uint32_t i = 0; i < count && words.count == count; i++)
        *is = *is && is_spelt(dx_applier_word(x, from + i), words.exact[i],
                         count == 1);
    return DX_OK;
}

/* The longest name that begins at `from`, and how many words it has. */
static uint32_t find_longest(const dx_applier *x, uint32_t from,
    uint32_t *changed)
{
    dx_synonym_walk at = dx_synonyms_begin(x->synonyms);
    uint32_t count = 0;

    for (uint32_t i = from; i < x->count; i++) {
        if (!dx_synonyms_step(&at, dx_applier_word(x, i)->folded))
            break;
        for (const dx_synonym_form *f = at.from; f < at.ended; f++) {
            if (f->changed == DX_SYNONYM_NONE)
                continue;
            *changed = f->changed;
            count = i + 1 - from;
        }
    }
    return count;
}

dx_status dx_renamed_find(dx_applier *x)
{
    uint32_t changed = 0, count;
    bool is;

    for (uint32_t i = 0; i < x->count; i += count ? count : 1) {
        count = find_longest(x, i, &changed);
        if (count == 0)
            continue;
        DX_TRY(is_name(x, i, count, changed, &is));
        if (is && x->name_count < DX_CHANGED_NAMES_MAX)
            x->names[x->name_count++] =
                (dx_found_name){dx_applier_word(x, i)->start,
                    dx_applier_word(x, i + count - 1)->end, changed};
    }
    return DX_OK;
}

/* ---- telling ---- */

static bool is_found(const dx_applier *x, const char *name)
{
    for (uint32_t i = 0; i < x->name_count; i++)
        if (strcmp(dx_changed_names[x->names[i].changed].name, name) == 0)
            return true;
    return false;
}

static dx_status offer(dx_applier *x, const dx_found_name *found,
    const char *other, const char *date, uint32_t *count)
{
    dx_name_words words;
    bool has;

    if (is_found(x, other) || *count == RENAMED_NOTES_MAX)
        return DX_OK;
    DX_TRY(dx_applier_analyse(x, dx_str_from(other), &words));
    DX_TRY(dx_applier_index_has(x, &words, &has));
    if (!has)
        return DX_OK;
    ++*count;
    return dx_applier_note(x, DX_NOTE_RENAMED, found->start, found->end,
        dx_str_from(other), date);
}

dx_status dx_renamed_note(dx_applier *x)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < x->name_count; i++) {
        const char *name = dx_changed_names[x->names[i].changed].name;
        for (size_t r = 0; r < dx_renames_count; r++) {
            const dx_rename *n = &dx_renames[r];
            if (strcmp(n->before, name) == 0)
                DX_TRY(offer(x, &x->names[i], n->after, n->date, &count));
            else if (strcmp(n->after, name) == 0)
                DX_TRY(offer(x, &x->names[i], n->before, n->date, &count));
        }
    }
    return DX_OK;
}
