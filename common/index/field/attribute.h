/* attribute.h -- what a document is labelled with, as terms of their own.
 *
 * A source, a province, a language is indexed as a term with an ordinary posting
 * list: the byte DX_ATTRIBUTE_MARK, a sign for its field, and the
 * value. Filters are then look-ups, facets are the exact terms of a prefix with
 * the cardinality of list & hits, and merging, checking and the format need to
 * know next to nothing new. (A column per attribute was rejected: it needs
 * dictionaries and merging of its own, and holds one value per document.)
 *
 *     exact    \x02 C Báo Bắc Giang     as it is shown: NFC, blanks single,
 *                                       cut to DX_ATTRIBUTE_MAX_BYTES
 *     folded   \x02 C bao bac giang     its running terms, folded, joined by a
 *                                       blank
 *
 * The mark comes after DX_TITLE_MARK and before all other terms, so those of one
 * attribute are a range of the dictionary. Term frequencies are 1, also where a
 * document has two spellings of one value. Attributes are no part of the
 * running text: no length, pairs, positions, and not in the stored text; they
 * follow from the stored fields and the text. A merge
 * carries their lists over: names that dx has learnt since reach old articles only
 * when the index is rebuilt. */
#ifndef DX_INDEX_FIELD_ATTRIBUTE_H
#define DX_INDEX_FIELD_ATTRIBUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/field/field.h"
#include "common/text/analyzer.h"

#define DX_ATTRIBUTE_MARK '\x02'
#define DX_ATTRIBUTE_PREFIX_BYTES 2u /* mark and sign */
#define DX_ATTRIBUTE_SIGN '@'         /* of field number 0; others follow */
#define DX_ATTRIBUTE_MAX_BYTES 120u  /* of a value, in either form */
#define DX_ATTRIBUTE_KEY_MAX_BYTES                                             \
    (DX_ATTRIBUTE_PREFIX_BYTES + DX_ATTRIBUTE_MAX_BYTES)

/** The field whose attributes `*text` names, as `dxindex dump source:…` does, and
 *  of *text what is left: the value. DX_FIELDS, and *text as it was, for none. */
dx_field dx_attribute_named(dx_str *text);

static inline bool dx_term_is_attribute(dx_str term)
{
    return term.len && *term.ptr == DX_ATTRIBUTE_MARK;
}

/** What the attributes of a field have after the mark. */
static inline char dx_attribute_sign(dx_field field)
{
    return (char)(DX_ATTRIBUTE_SIGN + dx_fields[field].number);
}

/** The field of an attribute's key, and its value. DX_FIELDS, and the value empty,
 *  when the key is cut or its sign is none. */
static inline dx_field dx_attribute_field(dx_str key)
{
    return key.len < DX_ATTRIBUTE_PREFIX_BYTES
               ? DX_FIELDS
               : dx_field_numbered((unsigned char)key.ptr[1] - DX_ATTRIBUTE_SIGN);
}
static inline dx_str dx_attribute_value(dx_str key)
{
    if (key.len < DX_ATTRIBUTE_PREFIX_BYTES)
        return (dx_str){NULL, 0};
    return (dx_str){key.ptr + DX_ATTRIBUTE_PREFIX_BYTES,
        key.len - DX_ATTRIBUTE_PREFIX_BYTES};
}

/** Appends the exact key. Not more than the prefix for a value without a
 *  visible character. A failure latches in `out`. */
void dx_attribute_exact(dx_field field, dx_str value, dx_buf *out);

/* The folded key, piece by piece, for a caller who has the terms already:
 * begin, then each running term's folded form. `out` must be empty. */
void dx_attribute_begin(dx_field field, dx_buf *out);
void dx_attribute_add(dx_buf *out, dx_str folded);

/** Puts the folded key of a value, or of what follows the prefix in an exact
 *  key, in place of what is in `out`. Only the prefix when it has no term; such
 *  values are not indexed. Fails with NOMEM. */
DX_NODISCARD dx_status dx_attribute_fold(dx_analyzer *a,
    dx_field field, dx_str value, dx_buf *out);

#endif
