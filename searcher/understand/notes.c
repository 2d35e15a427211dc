/* What is told about a query beside its results. */
#include "searcher/understand/notes.h"

void dx_notes_add(dx_notes *n, dx_note note)
{
    if (n->count < DX_NOTES_MAX)
        n->list[n->count++] = note;
}

bool dx_notes_have(const dx_notes *n, dx_note_kind kind)
{
    for (uint32_t i = 0; i < n->count; i++)
        if (n->list[i].kind == kind)
            return true;
    return false;
}
