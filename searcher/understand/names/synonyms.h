/* synonyms.h -- what may stand for what: the abbreviations that dx knows, and
 * what a reader's own file says (synonyms_file.h).
 *
 * Where a query has one side of a relation, the other is searched for too, as a
 * phrase of lower weight. Immutable but while relations are added: any number
 * of threads may use it. */
#ifndef DX_SEARCHER_UNDERSTAND_NAMES_SYNONYMS_H
#define DX_SEARCHER_UNDERSTAND_NAMES_SYNONYMS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/segment/generation.h"
#include "common/text/analyzer.h"

#define DX_SYNONYM_MAX_WORDS 16u /* of either side */
#define DX_SYNONYM_NONE UINT32_MAX

/* What a query may have. How its words are spelt is worked out only where a query
 * has them. */
typedef struct dx_synonym_form {
    const char *folded; /* the words, one blank between */
    const char *shown;
    const char *instead; /* what else is searched for, a line each */
    uint32_t changed;    /* in dx_changed_names, or DX_SYNONYM_NONE: renamed.h */
    uint32_t order;      /* of the same words, the later one comes first */
} dx_synonym_form;

/* The forms that dx knows, sorted: made at build time by table/make_builtin.c.
 */
extern const dx_synonym_form dx_synonyms_builtin[];
extern const size_t dx_synonyms_builtin_count;

typedef struct dx_synonyms {
    const dx_synonym_form *forms; /* by their words, the later first */
    size_t count;
    dx_synonym_form *own; /* owned: the same, once some were added */
    size_t cap;
    dx_arena arena; /* the texts of those */
} dx_synonyms;

/** Those that dx knows; nothing is allocated for them. */
#define DX_SYNONYMS_BUILTIN                                                    \
    ((dx_synonyms){.forms = dx_synonyms_builtin,                               \
        .count = dx_synonyms_builtin_count,                                    \
        .arena = DX_ARENA_INIT})
void dx_synonyms_free(dx_synonyms *s);

/** Adds a form with copies of these texts. INVALID: `shown` has no words;
 *  LIMIT: more than DX_SYNONYM_MAX_WORDS. Fails with NOMEM. */
DX_NODISCARD dx_status dx_synonyms_add(dx_synonyms *s, dx_analyzer *a,
    dx_str shown, dx_str instead, uint32_t changed);

/** To be called when all have been added. */
void dx_synonyms_sort(dx_synonyms *s);

/* The forms that begin with the words so far, and first among them those that
 * end there. */
typedef struct dx_synonym_walk {
    const dx_synonym_form *from, *ended, *end;
    size_t len; /* bytes of each that the words are */
} dx_synonym_walk;

/** Before the first word. */
dx_synonym_walk dx_synonyms_begin(const dx_synonyms *s);
/** Goes on with one more word; false when no form does. */
bool dx_synonyms_step(dx_synonym_walk *w, dx_str folded);

#endif
