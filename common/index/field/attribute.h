/* attribute.h -- what a document is labelled with, as terms of their own.
 *
 * A source, a province, a language is indexed as a term with an ordinary
 * posting list: the byte DX_ATTRIBUTE_MARK, a letter for the attribute, and the
 * value. Filters are then look-ups, facets are the exact terms of a prefix with
 * the cardinality of list & hits, and merging, checking and the format need to
 * know next to nothing new. (A column per attribute was rejected: it needs
 * dictionaries and merging of its own, and holds one value per document.)
 *
 *     exact    \x02 S Báo Bắc Giang     as it is shown: NFC, blanks single,
 *                                       cut to DX_ATTRIBUTE_MAX_BYTES
 *     folded   \x02 S bao bac giang     its running terms, folded, joined by a
 *                                       blank
 *
 * The mark comes after DX_TITLE_MARK and before all other terms, so those of one
 * attribute are a range of the dictionary. Term frequencies are 1, also where a
 * document has two spellings of one value. Attributes are no part of the
 * running text: no length, pairs, positions, and not in the stored text; they
 * follow from the stored fields and the text. A merge works them out anew, as
 * it does all terms: it reads both anyhow, so that costs little, there is one
 * way to make a segment, and names that dx has learnt since reach old articles
 * (to carry over lists would keep what was not known then). */
#ifndef DX_INDEX_FIELD_ATTRIBUTE_H
#define DX_INDEX_FIELD_ATTRIBUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/text/analyzer.h"

#define DX_ATTRIBUTE_MARK '\x02'
#define DX_ATTRIBUTE_PREFIX_BYTES 2u /* mark and letter */
#define DX_ATTRIBUTE_MAX_BYTES 120u  /* of a value, in either form */
#define DX_ATTRIBUTE_KEY_MAX_BYTES                                             \
    (DX_ATTRIBUTE_PREFIX_BYTES + DX_ATTRIBUTE_MAX_BYTES)

/* Prefix as in `dxindex dump source:…`, letter in the index. */
#define DX_ATTRIBUTE_MAP(X)                                                    \
    X(SOURCE, 'S', "source:")     /* Báo Bắc Giang */                          \
    X(CATEGORY, 'C', "category:") /* Chuyển đổi số */                          \
    X(AUTHOR, 'A', "author:")                                                  \
    X(TAG, 'T', "tag:")           /* one each */                               \
    X(SITE, 'H', "site:")         /* host of the URL, without www. */          \
    X(PROVINCE, 'P', "province:") /* in the text: names/places.h */            \
    X(AGENCY, 'G', "agency:")     /* ministries: names/agencies.h */           \
    X(DOCTYPE, 'K', "doctype:")   /* Quyết định, by its number */              \
    X(LANG, 'L', "lang:")         /* vi, en, or other */                       \
    X(TYPE, 'F', "type:")         /* html, txt, jsonl … */                     \
    X(SHORT, 'B', "short:")       /* "NSƯT=Nghệ sĩ Ưu tú", that the text       \
                                     explains: indexer/gather/explained.h */

typedef enum dx_attribute {
#define DX_ATTRIBUTE_ENUM(id, letter, name) DX_ATTRIBUTE_##id = letter,
    DX_ATTRIBUTE_MAP(DX_ATTRIBUTE_ENUM)
#undef DX_ATTRIBUTE_ENUM
} dx_attribute;

/** "source:" …; "" for a letter that is none. */
const char *dx_attribute_prefix(dx_attribute attribute);
/** The attribute whose prefix `s` starts with; false for none. */
bool dx_attribute_of_prefix(dx_str s, dx_attribute *out);

static inline bool dx_term_is_attribute(dx_str term)
{
    return term.len && *term.ptr == DX_ATTRIBUTE_MARK;
}

/** Appends the exact key. Not more than the prefix for a value without a
 *  visible character. A failure latches in `out`. */
void dx_attribute_exact(dx_attribute attribute, dx_str value, dx_buf *out);

/* The folded key, piece by piece, for a caller who has the terms already:
 * begin, then each running term's folded form. `out` must be empty. */
void dx_attribute_begin(dx_attribute attribute, dx_buf *out);
void dx_attribute_add(dx_buf *out, dx_str folded);

/** Puts the folded key of a value, or of what follows the prefix in an exact
 *  key, in place of what is in `out`. Only the prefix when it has no term; such
 *  values are not indexed. Fails with NOMEM. */
DX_NODISCARD dx_status dx_attribute_fold(dx_analyzer *a,
    dx_attribute attribute, dx_str value, dx_buf *out);

#endif
