/* The ways to read a query, in their order. */
#include "searcher/understand/understand.h"

#include <string.h>

#include "searcher/query/parse/parse.h"
#include "searcher/understand/keys/keystrokes.h"
#include "searcher/understand/names/names.h"
#include "searcher/understand/readings/accents.h"
#include "searcher/understand/respell.h"
#include "searcher/understand/typos/correction.h"
#include "searcher/understand/typos/likelihood.h"
#include "searcher/understand/typos/marks.h"
#include "searcher/understand/typos/slip.h"

/* Where more than that is found, only what the index does not know at all is
 * taken for keystrokes. */
#define FINDS_LITTLE 2u
#define SLIPS_MAX 3u /* that are put right */
/* Where more words are doubted still, what is put right is not all: of wrong marks
 * none, since who leaves some away leaves many away. */
#define DOUBTED_LEFT 1u

/* The query as it was read, or what of it is sure; *differs from what was typed. */
static dx_status spell_out(const dx_query *q, bool sure_only, dx_arena *arena,
    const char **text, bool *differs)
{
    dx_str spelling[DX_QUERY_MAX_TERMS] = {{NULL, 0}};

    *differs = false;
    for (uint32_t w = 0; w < q->typed_count; w++) {
        const dx_query_word *word = &q->words[w];
        if (word->reading.len == 0 || dx_str_eq(word->reading, word->exact) ||
            (sure_only && !word->told))
            continue;
        spelling[w] = word->reading;
        *differs = true;
    }
    return *differs ? dx_query_respell(q, spelling, arena, text) : DX_OK;
}

/* Where a third is not sure, there is nothing to tell; nor where only all of it
 * together is not. */
static bool is_partly_told(const dx_query *q)
{
    uint32_t told = 0, read = 0;

    for (uint32_t w = 0; w < q->typed_count; w++) {
        read += q->words[w].kind == DX_WORD_TERM && !q->words[w].marked;
        told += q->words[w].told;
    }
    return told < read && 3 * told >= 2 * read;
}

static dx_status read_accents(const dx_generation *g, dx_query *q,
    dx_notes *notes)
{
    dx_sureness sureness;
    const char *text;
    bool differs;

    DX_TRY(dx_accents_restore(g, q, &sureness));
    bool sure = sureness == DX_ACCENTS_SURE;
    if (sureness == DX_ACCENTS_NONE || (!sure && !is_partly_told(q)))
        return DX_OK;
    DX_TRY(spell_out(q, !sure, notes->arena, &text, &differs));
    if (differs && sure)
        dx_notes_add(notes, (dx_note){DX_NOTE_READING, text, "", text});
    else if (differs)
        dx_notes_add(notes, (dx_note){DX_NOTE_PARTLY_READ, text, "", ""});
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
        rc = spell_out(&q, false, arena, text, &differs);
    dx_query_free(&q);
    return rc;
}

/* ---- read in another way ---- */

typedef struct reader {
    const dx_generation *generation;
    const dx_synonyms *synonyms;
    const dx_query *typed;
    dx_query *out;
    dx_notes *notes;
} reader;

/* What is searched instead is understood like any query, but told first. */
static dx_status replace(const reader *r, dx_note_kind kind,
    const char *text)
{
    DX_TRY(dx_query_parse(text, r->out, NULL));
    r->notes->count = 0; /* they are about another query */
    dx_notes_add(r->notes, (dx_note){kind, text, "", text});
    dx_status rc =
        dx_understand(r->generation, r->synonyms, r->out, r->notes);
    if (rc != DX_OK)
        dx_query_free(r->out);
    return rc;
}

/* The slips of a query, the likeliest first: each is found when those before are
 * put right. */
typedef struct correction {
    dx_slip slips[SLIPS_MAX];
    uint32_t count;
    bool sure;
    const char *text; /* the query put right; NULL where nothing is wrong */
} correction;

static dx_status replace_misspelt(const reader *r, const correction *c)
{
    dx_status rc;

    DX_TRY(replace(r, DX_NOTE_CORRECTED, c->text));
    rc = DX_OK;
    for (uint32_t i = 0; i < c->count && rc == DX_OK; i++)
        rc = dx_correction_keep_typed(r->out, r->typed, &c->slips[i]);
    if (rc != DX_OK)
        dx_query_free(r->out);
    return rc;
}

/* Puts one slip of `q` right; slip->meant is empty where there is none. */
static dx_status correct_slip(const reader *r, const dx_query *q,
    dx_slip *slip, const char **text)
{
    dx_str spelling[DX_QUERY_MAX_TERMS] = {{NULL, 0}};
    dx_arena *arena = r->notes->arena;

    DX_TRY(dx_slip_find(r->generation, q, arena, slip));
    if (slip->meant.len == 0)
        return DX_OK;
    spelling[slip->word] = slip->meant;
    return dx_query_respell(q, spelling, arena, text);
}

static bool is_about_marks(const reader *r, const dx_slip *slip)
{
    const dx_query_word *typed = &r->typed->words[slip->word];

    return dx_slip_is_mark(typed->exact, slip->meant);
}

static dx_status correct_more(const reader *r, correction *c)
{
    dx_status rc = DX_OK;
    bool more = true;
    dx_query q;

    while (c->count < SLIPS_MAX && more && rc == DX_OK) {
        dx_slip *slip = &c->slips[c->count];
        DX_TRY(dx_query_parse(c->text, &q, NULL));
        rc = correct_slip(r, &q, slip, &c->text);
        more = slip->meant.len > 0;
        c->sure = c->sure && (!more || slip->sure);
        c->count += more;
        dx_query_free(&q);
        if (!more && slip->doubted > (is_about_marks(r, &c->slips[0])
                                             ? 0
                                             : DOUBTED_LEFT))
            c->text = NULL;
    }
    return rc;
}

/* Many wrong marks are read anew together. */
static dx_status correct(const reader *r, correction *c)
{
    dx_slip *first = &c->slips[0];

    *c = (correction){.text = NULL};
    DX_TRY(correct_slip(r, r->typed, first, &c->text));
    if (first->doubted > 1) {
        const char *text;
        DX_TRY(dx_marks_correct(r->generation, r->typed, r->notes->arena,
            &text));
        c->text = text ? text : c->text;
        if (text)
            return DX_OK;
    }
    if (!c->text)
        return DX_OK;
    c->count = 1;
    c->sure = first->sure;
    if (first->doubted > 1)
        DX_TRY(correct_more(r, c));
    return c->text ? with_accents(r->generation, r->notes->arena, &c->text)
                   : DX_OK;
}

dx_status dx_reread(const dx_generation *g, const dx_synonyms *synonyms,
    const dx_query *q, uint64_t total, dx_query *out, dx_rereading *how,
    dx_notes *notes)
{
    reader r = {g, synonyms, q, out, notes};
    const char *text = NULL;
    correction c;

    *how = DX_AS_TYPED;
    if (!dx_query_is_plain(q))
        return DX_OK;
    DX_TRY(dx_keystrokes_decode(g, q, total > FINDS_LITTLE, notes->arena,
        &text));
    if (text) {
        *how = DX_INSTEAD;
        return replace(&r, DX_NOTE_KEYS, text);
    }
    DX_TRY(correct(&r, &c));
    if (c.text && (total == 0 || c.sure)) {
        *how = c.sure ? DX_INSTEAD : DX_INSTEAD_IF_FOUND;
        return replace_misspelt(&r, &c);
    }
    if (c.text)
        dx_notes_add(notes,
            (dx_note){DX_NOTE_SPELLING, c.text, "", c.text});
    return DX_OK;
}
