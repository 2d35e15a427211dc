/* word_forms.h -- the words seen since the last segment, each analysed once.
 *
 * Text repeats itself: 82 million words of news have about 160,000 different
 * forms. So text is kept as numbers of forms, and the terms of a form are
 * worked out when it is first seen.
 *
 *     form   a word, or a gap other than one space, as written; the exact key of
 *            an attribute; or a word as it is marked where the body lacks it
 *     term   an (exact, folded) pair of the analyzer; a form has up to 64. That
 *            of an attribute or a marked word is an overlay: it is no running text
 *
 * All threads share one table. Each asks it through a cache of its own, so the
 * lock is taken once for each new form and thread. */
#ifndef DX_INDEXER_GATHER_WORD_FORMS_H
#define DX_INDEXER_GATHER_WORD_FORMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/segment/form_table.h"
#include "common/names/names.h"
#include "common/text/analyzer.h"
#include "common/text/term.h"

#define DX_WORD_FORM_FIELD_END 0u /* the first form of every table */
#define DX_WORD_FORMS_MAX (1u << 22) /* also the limit on terms */

typedef struct dx_word_form {
    dx_str text;
    uint32_t first_ref; /* its terms: refs[first_ref .. + ref_count] */
    uint16_t ref_count;
    uint16_t running; /* terms that are not overlays */
    uint8_t kind;     /* dx_form_kind */
    uint32_t facts;   /* see names.h; of a source or an author the agencies that
                         it names, as bits */
} dx_word_form;

typedef struct dx_word_form_ref { /* one of its terms */
    uint32_t term; /* number */
    uint16_t pos, start, end; /* as in dx_term */
    bool overlay;
} dx_word_form_ref;

typedef struct dx_word_term {
    dx_str exact, folded;
} dx_word_term;

typedef struct dx_word_forms dx_word_forms;

/** NULL when memory is short. */
dx_word_forms *dx_word_forms_new(void);
void dx_word_forms_free(dx_word_forms *t);

/** Number of the form `text` of `kind`, made if new with the terms that
 *  `analyzer` (the calling thread's) finds in it. `*out` is a copy whose text
 *  lives as long as the table. Thread-safe. Fails with NOMEM, or LIMIT when the
 *  table is full. */
DX_NODISCARD dx_status dx_word_forms_intern(dx_word_forms *t,
    dx_analyzer *analyzer, dx_str text, dx_form_kind kind, uint32_t *form,
    dx_word_form *out);

/** The text of a form, which lives as long as the table. Thread-safe, by a
 *  lock: for the few that are looked at. */
dx_str dx_word_forms_text(dx_word_forms *t, uint32_t form);

/** The form that marks a term as one that the body lacks (dictionary.h); `mark` is
 *  DX_OUTSIDE_MARK or DX_OUTSIDE_SPELT_MARK. Thread-safe. Fails like interning. */
DX_NODISCARD dx_status dx_word_forms_outside(dx_word_forms *t, uint32_t term,
    char mark, uint32_t *form);

typedef struct dx_spelling {
    uint32_t term;   /* number */
    uint32_t folded; /* the same number for all terms with this folded form */
} dx_spelling;

/** The terms of a form, as they stand in it: *count of them. Thread-safe, by a lock:
 *  for once in each thread. Fails with NOMEM, or LIMIT when the table is full. */
DX_NODISCARD dx_status dx_word_forms_spellings(dx_word_forms *t, uint32_t form,
    dx_spelling out[DX_WORD_MAX_TERMS], size_t *count);

/** Memory in use, and whether the table is so full that a segment should be
 *  made of what there is. Thread-safe. */
size_t dx_word_forms_bytes(dx_word_forms *t);
bool dx_word_forms_nearly_full(dx_word_forms *t);

/** The names that the facts tell of. */
const dx_names *dx_word_forms_names(const dx_word_forms *t);

/* Direct views, for when no thread is adding. */
const dx_word_form *dx_word_forms_all(const dx_word_forms *t, uint32_t *count);
const dx_word_form_ref *dx_word_forms_refs(const dx_word_forms *t);
const dx_word_term *dx_word_forms_terms(const dx_word_forms *t,
    uint32_t *count);

#endif
