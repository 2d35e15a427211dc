/* synonyms.h -- what may stand for what: the abbreviations that dx knows, and
 * what a reader's own file says.
 *
 *     # a comment
 *     cđs = chuyển đổi số      each for the other
 *     xe hơi => ô tô           who asks for the first also gets the second
 *
 * Where a query has one side of a relation, the other is searched for too, as a
 * phrase of lower weight. Immutable but while relations are added: any number
 * of threads may use it. */
#ifndef DX_SEARCHER_UNDERSTAND_SYNONYMS_H
#define DX_SEARCHER_UNDERSTAND_SYNONYMS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/segment.h"
#include "common/text/analyzer.h"
#include "searcher/query.h"
#include "searcher/understand/notes.h"

#define DX_SYNONYM_MAX_WORDS 16u /* of either side */
#define DX_SYNONYM_NONE UINT32_MAX

/* One side of a relation. Its words are not kept: they are worked out where a
 * query has it, so that a table of hundreds costs next to nothing at the start
 * of a program that answers one query. */
typedef struct dx_synonym_form {
    dx_str shown;
    uint32_t first; /* relation: what may stand for it */
    uint32_t next;  /* form that has the same folded words */
    uint32_t changed; /* in dx_changed_names, which stands for nothing: see
                         renamed.h; or NONE */
} dx_synonym_form;

typedef struct dx_synonym_relation {
    uint32_t to;   /* form */
    uint32_t next; /* of the same form, in the order they were added */
} dx_synonym_relation;

typedef struct dx_synonyms {
    dx_arena arena; /* what forms show */
    dx_synonym_form *forms;
    dx_synonym_relation *relations;
    size_t form_count, form_cap, relation_count, relation_cap;
    struct dx_synonym_slot *slots; /* a hash table of the forms' beginnings */
    size_t slot_count, slot_cap;
} dx_synonyms;

/** With the abbreviations of common/names, and the names that changed. Fails
 *  with NOMEM. */
DX_NODISCARD dx_status dx_synonyms_init(dx_synonyms *s);
void dx_synonyms_free(dx_synonyms *s);

/** A form that has the words of `shown`, which is copied; *out is NONE when
 *  there are none. LIMIT: more than DX_SYNONYM_MAX_WORDS. Fails with NOMEM. */
DX_NODISCARD dx_status dx_synonyms_add(dx_synonyms *s, dx_analyzer *a,
    dx_str shown, uint32_t *out);

/** Whoever asks for the form `from` also gets `to`. Fails with NOMEM. */
DX_NODISCARD dx_status dx_synonyms_relate(dx_synonyms *s, uint32_t from,
    uint32_t to);

/** Adds the relations of a file, see above. Fails with IO, LIMIT or INVALID
 *  (*err has file and line) or NOMEM; those before that line are then there. */
DX_NODISCARD dx_status dx_synonyms_load(dx_synonyms *s, const char *path,
    dx_error *err);

/* Looking up, word by word: from DX_SYNONYM_START on; false when no form goes
 * on with `folded`. */
#define DX_SYNONYM_START 0u
bool dx_synonyms_step(const dx_synonyms *s, uint64_t *at, dx_str folded);
/** The first form that ends there, or DX_SYNONYM_NONE. That is by the hashes of
 *  its words: whether it is the one is for the caller to see. */
uint32_t dx_synonyms_form_at(const dx_synonyms *s, uint64_t at);

/** Adds what may stand for the plain words of `q` (dx_node.alternative), as far
 *  as the index has it, and notes about that. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_synonyms_apply(const dx_synonyms *s,
    const dx_generation *g, dx_query *q, dx_notes *notes);

#endif
