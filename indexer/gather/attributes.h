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
#include "common/index/segment/segment.h"
#include "common/names/names.h"
#include "common/names/places.h"
#include "common/names/agencies.h"
#include "common/names/doctypes.h"
#include "indexer/gather/word_forms.h"

#define DX_LABEL_TAGS_MAX 64u   /* of a document; more are not labels */
#define DX_LABEL_SHORTS_MAX 16u /* likewise: abbreviations that it explains */

typedef struct dx_labeler { /* one per thread */
    dx_forms *table;        /* borrowed, like … */
    const dx_names *names;  /* … those that it knows */
    uint32_t *facts;        /* owned: by form number */
    size_t facts_cap;
    uint32_t *row;          /* owned: facts of the document under way */
    uint32_t *forms;        /* owned: what they are the facts of */
    uint32_t *looks;        /* owned: where in it there is something to see */
    size_t row_cap, forms_cap, looks_cap;
    dx_buf key;             /* the exact key under way */
    dx_buf before, letters; /* of an abbreviation, as text */
    uint64_t places, doctypes; /* found in the document under way: bits */
    uint32_t agencies;
} dx_labeler;

/** The forms of documents are numbers in `table`, which must outlive it. */
void dx_labeler_init(dx_labeler *l, dx_forms *table);
void dx_labeler_free(dx_labeler *l);

/** Notes the facts of a form, before a document has it. Fails with NOMEM. */
DX_NODISCARD dx_status dx_labeler_learn(dx_labeler *l, uint32_t form,
    uint32_t facts);

/** What a value of a field says by itself, in place of a word's facts: the
 *  bodies named in a source or an author, as bits. */
DX_NODISCARD dx_status dx_label_facts(const dx_names *names, dx_analyzer *a,
    dx_str key, uint32_t *facts);

/** Calls `put` with the exact key of each attribute of a document: its stream
 *  of forms and its stored fields. `put` tells the number of the key's form.
 *  The same key may come twice. */
typedef dx_status (*dx_label_put)(void *ctx, dx_str key, uint32_t *form);
DX_NODISCARD dx_status dx_label(dx_labeler *l, const uint16_t *at,
    const uint16_t *end, const dx_meta *meta, dx_label_put put, void *ctx);

#endif
