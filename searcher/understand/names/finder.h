/* finder.h -- what all who look for names in a query share: the plain words in
 * a row that are looked at, and the index that must know what is found.
 *
 * Made by dx_names_apply(), once a query; it moves from row to row. */
#ifndef DX_SEARCHER_UNDERSTAND_NAMES_FINDER_H
#define DX_SEARCHER_UNDERSTAND_NAMES_FINDER_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/segment/generation.h"
#include "common/names/spell.h"
#include "common/text/analyzer.h"
#include "searcher/query/query.h"
#include "searcher/understand/names/synonyms.h"
#include "searcher/understand/notes.h"

typedef struct dx_finder {
    const dx_synonyms *synonyms; /* borrowed, as are the next three */
    const dx_generation *generation;
    dx_query *query;
    dx_notes *notes;
    dx_analyzer *analyzer;            /* owned; made when it is needed */
    uint32_t row[DX_QUERY_MAX_TERMS]; /* nodes of plain words in a row */
    uint32_t count;                   /* of them */
    uint32_t note_count;              /* notes about abbreviations */
} dx_finder;

/** Word `i` of the row. */
const dx_query_word *dx_finder_word(const dx_finder *f, uint32_t i);

/** The words of `name`, analysed. Fails with NOMEM, or LIMIT when there are too
 *  many. */
DX_NODISCARD dx_status dx_finder_analyse(dx_finder *f, dx_str name,
    dx_name_words *out);

/** Whether the index has each of these words somewhere. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_finder_index_has(const dx_finder *f,
    const dx_name_words *words, bool *has);

/** Adds a node of these words, which may stand in for others
 * (dx_node.alternative) at `boost`. LIMIT: the query is full. Fails with NOMEM.
 */
DX_NODISCARD dx_status dx_finder_add_node(dx_finder *f,
    const dx_name_words *words, double boost, uint32_t *node);

/** A note that offers the query with `shown` in the place of its bytes from
 *  `start` to `end`. Fails with NOMEM. */
DX_NODISCARD dx_status dx_finder_note(dx_finder *f, dx_note_kind kind,
    uint32_t start, uint32_t end, dx_str shown, const char *detail);

#endif
