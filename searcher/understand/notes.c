/* What is told about a query beside its results. */
#include "searcher/understand/notes.h"

void dx_notes_add(dx_notes *n, dx_note note)
{
    if (n->count < DX_NOTES_MAX)
        n->list[n->count++] = note;
}
