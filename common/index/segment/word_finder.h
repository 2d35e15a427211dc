/* word_finder.h -- where all of some words stand near one another in a text,
 * without decoding the rest of it.
 *
 *     … số liệu của Bộ Thông tin [và Truyền thông: công nghệ cho kinh] tế số …
 *                                                  anchor
 *
 * First bytes tell where each word may be, which forms are a position, and where the
 * bits behind each begin (byte_set.h). The word whose forms have the fewest first
 * bytes is the *anchor*: all that may be it are decoded at once. Around those that are,
 * the others are decoded, too, as long as each may be at most `reach` positions away.
 * What is left is a *place*: to be looked at closely by whoever asks. */
#ifndef DX_INDEX_SEGMENT_WORD_FINDER_H
#define DX_INDEX_SEGMENT_WORD_FINDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/find/byte_set.h"
#include "common/index/codec/text_code.h"
#include "common/index/field/field.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/find/form_set.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/segment.h"

#define DX_FINDER_WORDS (DX_BYTE_SETS_MAX - 1)
typedef struct dx_finder_word {
    dx_id_spans terms;
    dx_form_set forms;
    uint32_t bytes; /* first ones */
    struct { /* of each of these: forms of the word are those of which
                (bits behind it & mask) + base < count, without a sign */
        uint32_t mask, base, count;
    } of[DX_TEXT_FIRST_BYTES];
} dx_finder_word;

typedef struct dx_word_finder { /* private to word_finder.c */
    const dx_segment *s;
    uint32_t reach, added;
    dx_byte_sets bytes; /* of forms that are a position; of each word, the last one
                           of all that are left */
    uint32_t word_count; /* sets of words */
    dx_finder_word words[DX_FINDER_WORDS];
    uint32_t anchor; /* number of a word */
    uint8_t others[DX_TEXT_FIRST_BYTES]; /* 1: of forms of any number of terms */
    bool in_any_order; /* the caller's: two words stand within reach, and that is all
                          there is to know */
} dx_word_finder;

/** A finder of words that stand up to `reach` positions from one another. */
void dx_word_finder_init(dx_word_finder *f, const dx_segment *s,
    uint32_t reach);
/** Adds a word, of which there must be one: its terms, which are borrowed. */
void dx_word_finder_add(dx_word_finder *f, dx_id_spans word);

typedef struct dx_word_search { /* of one document after another */
    /* Private likewise: */
    dx_text text;
    uint32_t begin, end; /* forms that are searched */
    uint64_t *rows;      /* owned: of positions, of each word, and of the
                            positions before; a bit for each form, 64 in a number, and
                            a number that is 0 at both ends */
    size_t row_cap, stride;
    uint32_t blocks; /* numbers of a row */
    uint64_t *groups; /* owned: as dx_byte_sums has them, of the text's */
    uint8_t *within;  /* first `summed` blocks */
    size_t group_cap, within_cap;
    uint32_t summed;
    uint64_t sum;
    uint32_t *anchors; /* owned: forms, ascending */
    size_t anchor_cap;
    uint32_t anchor_count, anchor; /* looked at */
    uint32_t word, times; /* the anchor's number, and how often it is there; 0: unknown */
    bool begun; /* the rows and anchors are made */
    uint32_t field_begin, field_end;
    /* The place that was found: */
    bool sure; /* in_any_order: it is so; `place` is not read */
    dx_doc place; /* tokens that may be of the words, and maybe others; positions
                     count from anywhere, fields and byte ranges are zero */
} dx_word_search;

void dx_word_search_init(dx_word_search *search);
void dx_word_search_free(dx_word_search *search);

/** Begins to search fields `first` to `last` of a document. `times`, if it is not NULL,
 *  says of each word added, DX_FINDER_WORDS at most, how often it stands in the document
 *  as lists count that (bm25.h), or 0 where that is not known; with it go all
 *  fields. Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_word_search_begin(const dx_word_finder *f,
    uint32_t doc, dx_field first, dx_field last, const uint32_t *times,
    dx_word_search *search);

/** Finds the next place, if there is one. However the words stand within reach of
 *  one another in a field, that is in one place. Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_word_search_next(const dx_word_finder *f,
    dx_word_search *search, bool *found);

/** The same for places at the beginning of fields: the first `reach` + 1
 *  positions of each, from 0 on. */
DX_NODISCARD dx_status dx_word_search_next_start(const dx_word_finder *f,
    dx_word_search *search, bool *found);

#endif
