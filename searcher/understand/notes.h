/* notes.h -- what is told about a query beside its results. */
#ifndef DX_SEARCHER_UNDERSTAND_NOTES_H
#define DX_SEARCHER_UNDERSTAND_NOTES_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "searcher/include/dx/search.h"

struct dx_note {
    dx_note_kind kind;
    const char *text, *detail, *query;
};

typedef struct dx_notes { /* strings in `arena` or static */
    dx_arena *arena;      /* borrowed */
    dx_note list[DX_NOTES_MAX];
    uint32_t count;
} dx_notes;

/** Adds a note, unless there are DX_NOTES_MAX: the most useful ones come first.
 *  Its strings are borrowed and must live as long as the notes. */
void dx_notes_add(dx_notes *n, dx_note note);

/** Whether there is one of that kind. */
bool dx_notes_have(const dx_notes *n, dx_note_kind kind);

#endif
