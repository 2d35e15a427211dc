/* Names that changed: finding them in a query, and telling. */
#include "searcher/understand/names/renamed.h"

#include <string.h>

#include "common/names/provinces.h"
#include "common/names/renames.h"
#include "searcher/query/typing.h"

#define RENAMED_NOTES_MAX 3u

/* ---- finding ---- */

/* Hòa Bình, but not peace: with capitals, or after "tỉnh". */
static bool is_place(const dx_finder *f, uint32_t from, uint32_t count,
    const char *name)
{
    bool is_word = false, capitals = true;

    for (size_t i = 0; i < DX_PROVINCES_COUNT; i++)
        is_word |= dx_provinces[i].is_word &&
                   strcmp(dx_provinces[i].name, name) == 0;
    for (uint32_t i = 0; i < count; i++)
        capitals = capitals && dx_typed_capital(f->query, dx_finder_word(f, from + i));
    return !is_word || capitals ||
           (from > 0 && dx_str_eq(dx_finder_word(f, from - 1)->folded,
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

static dx_status is_name(dx_finder *f, uint32_t from, uint32_t count,
    uint32_t changed, bool *is)
{
    const char *name = dx_changed_names[changed].name;
    dx_name_words words;

    DX_TRY(dx_finder_analyse(f, dx_str_from(name), &words));
    *is = is_place(f, from, count, name);
    for (uint32_t i = 0; i < count && words.count == count; i++)
        *is = *is &&
              is_spelt(dx_finder_word(f, from + i), words.exact[i], count == 1);
    return DX_OK;
}

/* The longest name that begins at `from`, and how many words it has. */
static uint32_t find_longest(const dx_finder *f, uint32_t from,
    uint32_t *changed)
{
    dx_synonym_walk at = dx_synonyms_begin(f->synonyms);
    uint32_t count = 0;

    for (uint32_t i = from; i < f->count; i++) {
        if (!dx_synonyms_step(&at, dx_finder_word(f, i)->folded))
            break;
        for (const dx_synonym_form *form = at.from; form < at.ended; form++) {
            if (form->changed == DX_SYNONYM_NONE)
                continue;
            *changed = form->changed;
            count = i + 1 - from;
        }
    }
    return count;
}

dx_status dx_renamed_find(dx_finder *f, dx_renamed *renamed)
{
    uint32_t changed = 0, count;
    bool is;

    for (uint32_t i = 0; i < f->count; i += count ? count : 1) {
        count = find_longest(f, i, &changed);
        if (count == 0)
            continue;
        DX_TRY(is_name(f, i, count, changed, &is));
        if (is && renamed->count < DX_RENAMED_MAX)
            renamed->names[renamed->count++] =
                (dx_renamed_name){dx_finder_word(f, i)->start,
                    dx_finder_word(f, i + count - 1)->end, changed};
    }
    return DX_OK;
}

/* ---- telling ---- */

static bool is_found(const dx_renamed *renamed, const char *name)
{
    for (uint32_t i = 0; i < renamed->count; i++)
        if (strcmp(dx_changed_names[renamed->names[i].changed].name, name) == 0)
            return true;
    return false;
}

static dx_status offer(dx_finder *f, const dx_renamed *renamed,
    const dx_renamed_name *found, const char *other, const char *date,
    uint32_t *count)
{
    dx_name_words words;
    bool has;

    if (is_found(renamed, other) || *count == RENAMED_NOTES_MAX)
        return DX_OK;
    DX_TRY(dx_finder_analyse(f, dx_str_from(other), &words));
    DX_TRY(dx_finder_index_has(f, &words, &has));
    if (!has)
        return DX_OK;
    ++*count;
    return dx_finder_note(f, DX_NOTE_RENAMED, found->start, found->end,
        dx_str_from(other), date);
}

dx_status dx_renamed_note(const dx_renamed *renamed, dx_finder *f)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < renamed->count; i++) {
        const char *name = dx_changed_names[renamed->names[i].changed].name;
        for (size_t r = 0; r < dx_renames_count; r++) {
            const dx_rename *n = &dx_renames[r];
            if (strcmp(n->before, name) == 0)
                DX_TRY(offer(f, renamed, &renamed->names[i], n->after, n->date,
                    &count));
            else if (strcmp(n->after, name) == 0)
                DX_TRY(offer(f, renamed, &renamed->names[i], n->before, n->date,
                    &count));
        }
    }
    return DX_OK;
}
