/* The ways to read a query, in their order. */
#include "searcher/understand/understand.h"

#include <string.h>

#include "searcher/query/parse/parse.h"
#include "searcher/understand/keys/keystrokes.h"
#include "searcher/understand/names/names.h"
#include "searcher/understand/readings/accents.h"
#include "searcher/understand/respell.h"
#include "searcher/understand/typos/marks.h"
#include "searcher/understand/typos/spelling.h"

/* Where more than that is found, only what the index does not know at all is
 * taken for keystrokes. */
#define FINDS_LITTLE 2u

/* The query as it was read; *differs from what was typed. */
static dx_status spell_out(const dx_query *q, dx_arena *arena,
    const char **text, bool *differs)
{
    dx_str spelling[DX_QUERY_MAX_TERMS] = {{NULL, 0}};

    *differs = false;
    for (uint32_t w = 0; w < q->typed_count; w++) {
        const dx_query_word *word = &q->words[w];
        if (word->reading.len == 0 || dx_str_eq(word->reading, word->exact))
            continue;
        spelling[w] = word->reading;
        *differs = true;
    }
    return *differs ? dx_query_respell(q, spelling, arena, text) : DX_OK;
}

static dx_status read_accents(const dx_generation *g, dx_query *q,
    dx_notes *notes)
{
    dx_sureness sureness;
    const char *text;
    bool differs;

    DX_TRY(dx_accents_restore(g, q, &sureness));
    if (sureness != DX_ACCENTS_SURE)
        return DX_OK;
    DX_TRY(spell_out(q, notes->arena, &text, &differs));
    if (differs)
        dx_notes_add(notes, (dx_note){DX_NOTE_READING, text, "", text});
    return DX_OK;
}

dx_status dx_understand(const dx_generation *g, const dx_synonyms *synonyms,
    dx_query *q, dx_notes *notes)
{
    DX_TRY(read_accents(g, q, notes));
    return dx_names_apply(synonyms, g, q, notes);
}

/* A corrected word has the accents of the query: none. */
static dx_status with_accents(const dx_generation *g, dx_arena *arena,
    const char **text)
{
    dx_sureness sureness;
    dx_query q;
    bool differs;

    DX_TRY(dx_query_parse(*text, &q, NULL));
    dx_status rc = dx_accents_restore(g, &q, &sureness);
    if (rc == DX_OK && sureness == DX_ACCENTS_SURE)
        rc = spell_out(&q, arena, text, &differs);
    dx_query_free(&q);
    return rc;
}

static dx_status replace(const char *text, dx_note_kind kind, dx_query *out,
    bool *replaced, dx_notes *notes)
{
    DX_TRY(dx_query_parse(text, out, NULL));
    notes->count = 0; /* they are about another query */
    dx_notes_add(notes, (dx_note){kind, text, "", text});
    *replaced = true;
    return DX_OK;
}

dx_status dx_reread(const dx_generation *g, const dx_query *q, uint64_t total,
    dx_query *out, bool *replaced, dx_notes *notes)
{
    const char *text = NULL;

    *replaced = false;
    if (!dx_query_is_plain(q))
        return DX_OK;
    DX_TRY(dx_keystrokes_decode(g, q, total > FINDS_LITTLE, notes->arena,
        &text));
    if (text)
        return replace(text, DX_NOTE_KEYS, out, replaced, notes);
    DX_TRY(dx_spelling_correct(g, q, notes->arena, &text));
    if (text)
        DX_TRY(with_accents(g, notes->arena, &text));
    else
        DX_TRY(dx_marks_correct(g, q, notes->arena, &text));
    if (text && total == 0)
        return replace(text, DX_NOTE_CORRECTED, out, replaced, notes);
    if (text)
        dx_notes_add(notes, (dx_note){DX_NOTE_SPELLING, text, "", text});
    return DX_OK;
}
