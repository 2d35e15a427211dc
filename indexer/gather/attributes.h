/* attributes.h -- the attributes of a document: what it is labelled with.
 *
 * Some stand in its stored fields (source, tags, host of the URL); others are
 * found in its words: provinces, agencies, types of documents, the language,
 * abbreviations that it explains. What a word may tell, its facts
 * (common/names/names.h), is worked out once for each word form. For a document
 * that leaves a row of numbers, to be looked at only where a name may begin:
 * under 2 ns a word. */
#ifndef DX_INDEXER_GATHER_ATTRIBUTES_H
#define DX_INDEXER_GATHER_ATTRIBUTES_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/names/names.h"
#include "indexer/gather/word_forms.h"

#define DX_ATTRIBUTE_LIST_MAX 64u   /* values of a field that count */
#define DX_ATTRIBUTE_SHORTS_MAX 16u /* abbreviations of a document that count */

/** Takes the exact key of an attribute and sets the number of its word form. */
typedef dx_status (*dx_attribute_put)(void *ctx, dx_str key, uint32_t *form);

/* Finds the attributes of documents; one per thread. */
typedef struct dx_attribute_finder {
    dx_word_forms *table;  /* borrowed */
    const dx_names *names; /* the table's */
    uint32_t *facts;       /* owned: by form number */
    size_t facts_cap;
    /* Of the document under way: */
    uint32_t *row;   /* owned: the facts of its words and gaps, … */
    uint32_t *forms; /* owned: … their form numbers, … */
    uint32_t *looks; /* owned: … and where in the row to look */
    size_t row_cap, forms_cap, looks_cap;
    dx_attribute_put put;
    void *ctx;
    uint32_t put_form;      /* the form of the key that was put last */
    dx_buf key;             /* the exact key to be put */
    dx_buf before, letters; /* an abbreviation and what is before it, as text */
    uint64_t places, doctypes; /* found: bits */
    uint32_t agencies;
} dx_attribute_finder;

/** The forms of documents are numbers in `table`, which must outlive it. */
void dx_attribute_finder_init(dx_attribute_finder *f, dx_word_forms *table);
void dx_attribute_finder_free(dx_attribute_finder *f);

/** Notes the facts of a form, before a document has it. Fails with NOMEM. */
DX_NODISCARD dx_status dx_attribute_finder_learn(dx_attribute_finder *f,
    uint32_t form, uint32_t facts);

/** Calls put(ctx, …) for each attribute of a document. The forms of its title,
 *  lead and body are from `at` to `end`; its stored fields are `fields`, by
 *  dx_field. The same key may come twice. Fails with NOMEM, or as `put`
 *  does. */
DX_NODISCARD dx_status dx_attribute_finder_find(dx_attribute_finder *f,
    const uint16_t *at, const uint16_t *end, const dx_str *fields,
    dx_attribute_put put, void *ctx);

#endif
