/* notes.h -- what is told about a query beside its results. */
#ifndef DX_SEARCHER_UNDERSTAND_NOTES_H
#define DX_SEARCHER_UNDERSTAND_NOTES_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "searcher/include/dx/search.h"
#include "searcher/query/query.h"

struct dx_note {
    dx_note_kind kind;
    const char *text, *detail, *query;
};

typedef struct dx_notes { /* strings in `arena` or static */
    dx_arena *arena;      /* borrowed */
    dx_note list[DX_NOTES_MAX];
    uint32_t count;
} dx_notes;

/** Adds a note; strings are borrowed, as long as the notes are used. One after
 *  DX_NOTES_MAX is left out: they come most useful first. */
void dx_notes_add(dx_notes *n, dx_note note);

/** The query as typed, but with spelling[w] in the place of words[w] wherever
 *  that is not empty. In `arena`; fails with NOMEM. */
DX_NODISCARD dx_status dx_query_respell(const dx_query *q,
    const dx_str *spelling, dx_arena *arena, const char **out);

#endif
