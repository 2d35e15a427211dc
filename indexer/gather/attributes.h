/* attributes.h -- the attributes of a document: what it is labelled with.
 *
 * Some stand in its stored fields (source, tags, host of the URL), others are
 * found in its words: provinces, bodies, types of documents, the language,
 * abbreviations that it explains. A word's facts (common/names/names.h) are
 * known once it has a form number, so a document's words are a row of numbers,
 * looked up in a table and looked at where a name begins: under 2 ns a word. */
#ifndef DX_INDEXER_GATHER_ATTRIBUTES_H
#define DX_INDEXER_GATHER_ATTRIBUTES_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/field/attribute.h"
#include "common/names/names.h"
#include "common/names/places.h"
#include "common/names/agencies.h"
#include "common/names/doctypes.h"
#include "indexer/gather/word_forms.h"

#define DX_ATTRIBUTE_LIST_MAX 64u   /* of a field; more are no attributes */
#define DX_ATTRIBUTE_SHORTS_MAX 16u /* likewise: explained abbreviations */

/** Takes the exact key of an attribute, tells the number of the key's form. */
typedef dx_status (*dx_attribute_put)(void *ctx, dx_str key, uint32_t *form);

/* Finds the attributes of documents; one per thread. */
typedef struct dx_attribute_finder {
    dx_word_forms *table;   /* borrowed, like … */
    const dx_names *names;  /* … those that it knows */
    uint32_t *facts;        /* owned: by form number */
    size_t facts_cap;
    uint32_t *row;          /* owned: facts of the document under way */
    uint32_t *forms;        /* owned: what they are the facts of */
    uint32_t *looks;        /* owned: where in it there is something to see */
    size_t row_cap, forms_cap, looks_cap;
    dx_attribute_put put;   /* of the document under way, with … */
    void *ctx;              /* … its argument */
    uint32_t put_form;      /* the form of the key that was put last */
    dx_buf key;             /* the exact key under way */
    dx_buf before, letters; /* of an abbreviation, as text */
    uint64_t places, doctypes; /* found in the document under way: bits */
    uint32_t agencies;
} dx_attribute_finder;

/** The forms of documents are numbers in `table`, which must outlive it. */
void dx_attribute_finder_init(dx_attribute_finder *f, dx_word_forms *table);
void dx_attribute_finder_free(dx_attribute_finder *f);

/** Notes the facts of a form, before a document has it. Fails with NOMEM. */
DX_NODISCARD dx_status dx_attribute_finder_learn(dx_attribute_finder *f,
    uint32_t form, uint32_t facts);

/** Calls put(ctx, …) for each attribute of a document: its stream of forms, from
 *  `at` to `end`, is that of its title, lead and body; `fields`, by dx_field,
 *  are its stored ones. The same key may come twice. Fails with NOMEM, or as `put`
 *  does. */
DX_NODISCARD dx_status dx_attribute_finder_find(dx_attribute_finder *f,
    const uint16_t *at, const uint16_t *end, const dx_str *fields,
    dx_attribute_put put, void *ctx);

#endif
