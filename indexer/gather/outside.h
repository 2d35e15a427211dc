/* outside.h -- the words of a document that its body lacks: dictionary.h tells what
 * they are marked for.
 *
 * Each thread learns once which terms a form has. A document's body then leaves its
 * number at all its terms, and the few words of title and lead look whether it is
 * there: some ten instructions a word. */
#ifndef DX_INDEXER_GATHER_OUTSIDE_H
#define DX_INDEXER_GATHER_OUTSIDE_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "indexer/gather/word_forms.h"

/* Finds such words; one per thread. */
typedef struct dx_outside_finder {
    dx_word_forms *table; /* borrowed */
    struct dx_outside_form *forms; /* owned: by form number */
    size_t forms_cap;
    dx_spelling *spellings; /* owned: of all forms learnt */
    size_t spelling_count, spellings_cap;
    struct dx_outside_term *terms; /* owned: by term number */
    size_t terms_cap;
    uint32_t doc;    /* number of the document under way, from 1 */
    uint32_t *found; /* owned: the marked words of that document, as forms … */
    size_t found_count, found_cap; /* … and how many they are */
} dx_outside_finder;

/** The forms of documents are numbers in `table`, which must outlive it. */
void dx_outside_finder_init(dx_outside_finder *f, dx_word_forms *table);
void dx_outside_finder_free(dx_outside_finder *f);

/** Notes the terms of a form, before a document has it. Fails with NOMEM, or LIMIT
 *  when the table is full. */
DX_NODISCARD dx_status dx_outside_finder_learn(dx_outside_finder *f,
    uint32_t form);

/** Sets f->found to what a document has to be marked with, each once. The forms of
 *  its title, lead and body are from `at` to `end`. Fails likewise. */
DX_NODISCARD dx_status dx_outside_finder_find(dx_outside_finder *f,
    const uint16_t *at, const uint16_t *end);

#endif
