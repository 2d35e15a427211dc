/* doc.h -- reads the text of a document, and where its terms stand in it. */
#ifndef DX_INDEX_SEGMENT_DOC_H
#define DX_INDEX_SEGMENT_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/base/status.h"
#include "common/index/codec/id_filter.h"
#include "common/index/codec/text_code.h"
#include "common/index/field/field.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/segment.h"

#define DX_DOC_TEXT_MAX_BYTES (1u << 30)

typedef struct dx_token { /* one running or overlay term of a document */
    uint32_t exact_id;
    uint32_t pos;         /* syllable position in its field, from 0 */
    uint32_t start, end;  /* byte range in dx_doc.text */
    uint8_t field;        /* dx_field */
    bool overlay;
} dx_token;

/* A decoded document; reusable. It remembers whose text it has by the address
 * of the segment, so free it before the segment is closed. */
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

/** Appends to d->tokens. Inline: decoding a text does little else. */
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

/** Decodes the text and tokens of `doc` (those of its title, if `title_only`).
 *  Takes about 4 ns a word. Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_segment_read_doc(const dx_segment *s, uint32_t doc,
    bool title_only, dx_doc *out);

/** Finds where words stand: decodes the fields up to and including `last`
 *  without text and with zero byte ranges, and keeps only the tokens that
 *  `words` lets through (NULL: all). Takes a third of the time. */
DX_NODISCARD dx_status dx_segment_find_terms(const dx_segment *s, uint32_t doc,
    dx_field last, const dx_id_filter *words, dx_doc *out);

/* The same in steps, for callers that may know enough before the end. */
typedef struct dx_term_scan { /* private to doc.c, except `positions` */
    const dx_segment *s;
    dx_text text;
    dx_text_place at;
    uint32_t field, pos, fields; /* `fields` - 1 is the last field */
    uint32_t positions; /* how many positions of each field are scanned; all,
                           unless changed after the beginning */
    bool after_word;    /* before another word, a space was left out */
    bool with_text;
    const dx_id_filter *words;
} dx_term_scan;

/** Begins a scan and empties `out`. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_term_scan_begin(dx_term_scan *c, const dx_segment *s,
    uint32_t doc, dx_field last, const dx_id_filter *words, dx_doc *out);

/** Adds tokens to `out` until it has `enough` of them or there are no more.
 *  Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_term_scan_go_on(dx_term_scan *c, size_t enough,
    dx_doc *out);

#define DX_ROW_WORDS_MAX 64u
/** Whether running terms with ids in words[0], words[1] … words[count - 1]
 *  (1..DX_ROW_WORDS_MAX) follow one another in one field of `doc`: the title,
 *  or any field. Takes about 4 ns a word of the text. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_segment_has_row(const dx_segment *s, uint32_t doc,
    const dx_id_span *words, uint32_t count, bool title_only, bool *has);

/* ---- coded texts ---- */

/** Opens the coded text of `doc`, a row of codes of forms (form_table.h), in the
 *  store's map. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_segment_open_text(const dx_segment *s, uint32_t doc,
    dx_text *t);
/** Has the processor fetch that text: whoever looks at many asks for the next one
 *  before it looks at one. */
void dx_segment_prefetch_text(const dx_segment *s, uint32_t doc);
/** The same from a copy in d->coded (see dx_snapshot_read()), which is made
 *  unless it is there already. Also fails with NOMEM. */
DX_NODISCARD dx_status dx_segment_read_text(const dx_segment *s, uint32_t doc,
    dx_doc *d, dx_text *t);

#endif
