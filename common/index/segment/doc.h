/* doc.h -- the text of a document and where its terms stand in it. */
#ifndef DX_INDEX_SEGMENT_DOC_H
#define DX_INDEX_SEGMENT_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/base/status.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/id_filter.h"
#include "common/index/field/field.h"
#include "common/index/segment/id.h"
#include "common/index/segment/segment.h"

#define DX_DOC_TEXT_MAX_BYTES (1u << 30)

typedef struct dx_token { /* one running or overlay term of a document */
    uint32_t exact_id;
    uint32_t pos;         /* syllable position in its field, from 0 */
    uint32_t start, end;  /* byte range in dx_doc.text */
    uint8_t field;        /* dx_field */
    bool overlay;
} dx_token;

/* A decoded document; reusable. It knows the text that it has by the address of the
 * segment, so it is freed before segments are closed. */
typedef struct dx_doc {
    dx_buf text;                       /* title, lead and body, back to back */
    uint32_t field_end[DX_TEXT_FIELDS]; /* end offset of each in text */
    dx_token *tokens;                  /* owned */
    size_t token_count, token_cap;
    dx_buf coded; /* the text as it is stored, … */
    const dx_segment *coded_segment; /* … of which segment, or NULL, … */
    uint32_t coded_doc;              /* … and document */
} dx_doc;

void dx_doc_init(dx_doc *d);
void dx_doc_free(dx_doc *d);

/** Appends to d->tokens. Inline, because decoding a text consists of it. */
static inline dx_status dx_doc_add_token(dx_doc *d, dx_token t)
{
    void *p = d->tokens;

    if (d->token_count == d->token_cap &&
        dx_grow(&p, &d->token_cap, d->token_count + 1, sizeof t) != 0)
        return DX_ERR_NOMEM;
    d->tokens = p;
    d->tokens[d->token_count++] = t;
    return DX_OK;
}

/** Decodes document `doc`'s text and tokens (title only, when `title_only`).
 *  About 5 ns a word. Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_segment_read_doc(const dx_segment *s, uint32_t doc,
    bool title_only, dx_doc *out);

/** The same without text, byte ranges zero, up to and with field `last`, and of
 *  its tokens only those that `words` lets through (NULL: all): for whoever
 *  wants to know where words stand. A third of the time. */
DX_NODISCARD dx_status dx_segment_find_terms(const dx_segment *s, uint32_t doc,
    dx_field last, const dx_id_filter *words, dx_doc *out);

/* The same bit by bit, for whoever may know enough before the end. */
typedef struct dx_term_scan { /* all but `positions` is doc.c's own */
    const dx_segment *s;
    dx_bit_reader bits;
    uint32_t field, pos, fields; /* it ends with field `fields` - 1 */
    uint32_t positions; /* only tokens at the first so many of each field; all,
                           unless changed after the beginning */
    bool after_word;    /* a word follows a word: one space was left out */
    bool with_text;
    const dx_id_filter *words;
} dx_term_scan;

/** Empties `out`. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_term_scan_begin(dx_term_scan *c, const dx_segment *s,
    uint32_t doc, dx_field last, const dx_id_filter *words, dx_doc *out);

/** Adds tokens to `out` until it has `enough` of them or, with fewer, all there
 *  are. Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_term_scan_go_on(dx_term_scan *c, size_t enough,
    dx_doc *out);

#define DX_ROW_WORDS_MAX 64u
/** Whether running terms with ids in words[0], words[1] … words[count - 1]
 *  (1..DX_ROW_WORDS_MAX) stand in a row in one field of `doc`: of the title
 *  only, or of any. About 4 ns a word of the text. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_segment_has_row(const dx_segment *s, uint32_t doc,
    const dx_id_span *words, uint32_t count, bool title_only, bool *has);

/* ---- the text as it is coded ---- */

/** A reader of the coded text of `doc`, which ends with its chunk at the latest:
 *  codes of forms (form_table.h). Fails with CORRUPT where there is no such
 *  document. */
DX_NODISCARD dx_status dx_segment_open_text(const dx_segment *s, uint32_t doc,
    dx_bit_reader *bits);
/** The same from a copy in d->coded, which is made unless it is that document's
 *  already: see dx_snapshot_read(). Also fails with NOMEM. */
DX_NODISCARD dx_status dx_segment_read_text(const dx_segment *s, uint32_t doc,
    dx_doc *d, dx_bit_reader *bits);

#endif
