/* segment_internal.h -- the open segment, shared by segment.c (terms),
 * segment_doc.c and segment_excerpt.c (documents), merge.c and check.c. */
#ifndef DX_INDEX_SEGMENT_INTERNAL_H
#define DX_INDEX_SEGMENT_INTERNAL_H

#include "common/base/bytes.h"
#include "common/base/mem.h"
#include "common/index/huffman.h"
#include "common/index/parts.h"
#include "common/index/segment.h"

/* An array part seen as fixed-width entries. */
typedef struct dx_column {
    const uint8_t *data; /* in the map */
    uint32_t count;
} dx_column;

struct dx_segment {
    uint32_t id, docs, deleted_count;
    uint64_t length_sum;
    uint64_t *deleted; /* owned, or NULL */
    dx_parts parts;
    dx_column folded_offsets, folded_lists, folded_exacts, folded_rows;
    dx_column exact_offsets, exact_lists;
    dx_column form_offsets, form_terms;
    dx_column triples;
    dx_column text_offsets, meta_offsets, lengths, dates, files, contents, ids;
    dx_column signatures;
    dx_str folded_strings, exact_strings, form_strings, form_extras;
    uint32_t folded_count, exact_count, form_count;
    dx_huffman code;
};

static inline uint32_t dx_column_u32(dx_column c, uint32_t i)
{
    return dx_load_u32(c.data + 4 * (size_t)i);
}

/** String i of an offsets + strings pair; {NULL,0} when damaged. */
dx_str dx_segment_string(dx_column offsets, dx_str strings, uint32_t i);

/** Opens segment `id` of `snapshot`, verifying its head and array sizes. */
DX_NODISCARD dx_status dx_segment_open(dx_snapshot *snapshot, uint32_t id,
    uint32_t docs, uint32_t deleted, dx_segment **out, dx_error *err);
void dx_segment_close(dx_segment *s);

/** What a form means; see segment_format.h. */
static inline dx_str dx_segment_form(const dx_segment *s, uint32_t form)
{
    return dx_segment_string(s->form_offsets, s->form_strings, form);
}

/** One stored term of a FORM_EXTRAS record. */
typedef struct dx_extra_term {
    uint32_t exact_id;
    uint16_t pos, start, end;
    bool overlay;
} dx_extra_term;
/** Terms at `offset` of FORM_EXTRAS; 0 when there are none or it is damaged.
 *  `*p` is the first one's bytes. */
uint32_t dx_segment_extras(const dx_segment *s, uint32_t offset,
    const uint8_t **p);
dx_extra_term dx_segment_extra(const uint8_t *p, uint32_t i);

/** A reader of the coded text of `doc`, which ends with its chunk at the latest.
 *  Fails with CORRUPT where there is no such document. */
DX_NODISCARD dx_status dx_segment_open_text(const dx_segment *s, uint32_t doc,
    dx_bit_reader *bits);

#define DX_DOC_TEXT_MAX_BYTES (1u << 30)

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

#endif
