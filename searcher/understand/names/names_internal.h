/* names_internal.h -- shared by apply.c, explained.c, i_or_y.c and
 * renamed.c: what is looked for in a query, run by run of plain words. */
#ifndef DX_SEARCHER_UNDERSTAND_NAMES_NAMES_INTERNAL_H
#define DX_SEARCHER_UNDERSTAND_NAMES_NAMES_INTERNAL_H

#include "common/index/segment/generation.h"
#include "common/names/spell.h"
#include "common/text/analyzer.h"
#include "searcher/understand/names/synonyms.h"

#define DX_CHANGED_NAMES_MAX 8u /* found in a query; those after are ignored */

typedef struct dx_found_name {
    uint32_t start, end; /* byte range in the query as typed */
    uint32_t changed;    /* in dx_changed_names */
} dx_found_name;

typedef struct dx_applier {
    const dx_synonyms *synonyms;
    const dx_generation *generation;
    dx_query *query;
    dx_notes *notes;
    dx_analyzer *analyzer; /* made when it is needed */
    uint32_t note_count;
    uint32_t run[DX_QUERY_MAX_TERMS]; /* nodes of plain words in a row */
    uint32_t count;
    dx_found_name names[DX_CHANGED_NAMES_MAX];
    uint32_t name_count;
} dx_applier;

/** Word `i` of the run. */
const dx_query_word *dx_applier_word(const dx_applier *x, uint32_t i);

/** The words of a name, analysed. Fails with NOMEM. */
DX_NODISCARD dx_status dx_applier_analyse(dx_applier *x, dx_str text,
    dx_name_words *out);

/** Whether the index has each of these words somewhere. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_applier_index_has(const dx_applier *x,
    const dx_name_words *words, bool *has);

/** A note that offers the query with `shown` in the place of its bytes from
 *  `start` to `end`. Fails with NOMEM. */
DX_NODISCARD dx_status dx_applier_note(dx_applier *x, dx_note_kind kind,
    uint32_t start, uint32_t end, dx_str shown, const char *detail);

#endif
