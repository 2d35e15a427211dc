/* segment_internal.h -- the open segment, shared by segment.c (opening, rows),
 * dictionary.c (terms), doc.c, excerpt.c and
 * meta.c (documents), merge.c and check_segment.c. */
#ifndef DX_INDEX_SEGMENT_SEGMENT_INTERNAL_H
#define DX_INDEX_SEGMENT_SEGMENT_INTERNAL_H

#include "common/base/bytes.h"
#include "common/base/mem.h"
#include "common/index/codec/huffman.h"
#include "common/index/segment/parts.h"
#include "common/index/segment/segment.h"
#include "common/index/segment/format.h"

/* An array part seen as fixed-width entries. */
typedef struct dx_column {
    const uint8_t *data; /* in the map */
    uint32_t count;
} dx_column;

typedef struct dx_block_cache dx_block_cache; /* dictionary.c */

struct dx_segment {
    uint32_t id, docs, deleted_count;
    uint64_t length_sum;
    uint64_t *deleted; /* owned, or NULL */
    dx_parts parts;
    dx_column blocks; /* the dictionary's index */
    dx_column forms;  /* with an entry that only ends the last */
    dx_column triples;
    dx_column text_offsets, meta_offsets, lengths, dates, files, contents, ids;
    dx_str form_strings, form_extras;
    dx_block_cache *block_cache; /* owned; shared by threads */
    uint32_t folded_count, exact_count, form_count;
    dx_huffman code;
};

static inline uint32_t dx_column_u32(dx_column c, uint32_t i)
{
    return dx_load_u32(c.data + 4 * (size_t)i);
}

/** Where item i of a part ends whose items' places are in `offsets`: UINT64_MAX,
 *  for the end of the part, of the last one. */
static inline uint64_t dx_column_end(dx_column offsets, uint32_t i)
{
    return i + 1 < offsets.count ? dx_column_u32(offsets, i + 1) : UINT64_MAX;
}

/** The number at byte `at` of entry i of a table whose entries have `width`
 *  bytes; format.h names both. */
static inline uint32_t dx_table_u32(dx_column table, unsigned width, uint32_t i,
    unsigned at)
{
    return dx_load_u32(table.data + (size_t)width * i + at);
}

/** To look up blocks, after `blocks` is set. Fails with NOMEM. */
DX_NODISCARD dx_status dx_segment_open_dictionary(dx_segment *s);
void dx_segment_close_dictionary(dx_segment *s);
/** Whether a block of the dictionary is all that it should be: its strings fill
 *  it, and each folded term has exact ones. */
bool dx_segment_block_is_sound(const dx_segment *s, uint32_t block);
/** The place of the row of pairs that begin with a term, + 1; 0 without. */
uint32_t dx_segment_pair_row(const dx_segment *s, uint32_t folded_id);

/** Opens segment `id` of `snapshot`, verifying its head and array sizes. */
DX_NODISCARD dx_status dx_segment_open(dx_snapshot *snapshot, uint32_t id,
    uint32_t docs, uint32_t deleted, dx_segment **out, dx_error *err);
void dx_segment_close(dx_segment *s);

/** The string of a form; {NULL,0} when it is damaged. */
static inline dx_str dx_segment_form(const dx_segment *s, uint32_t form)
{
    uint32_t start = dx_table_u32(s->forms, DX_FORM_BYTES, form, 0);
    uint32_t end = dx_table_u32(s->forms, DX_FORM_BYTES, form + 1, 0);

    if (start > end || end > s->form_strings.len)
        return (dx_str){NULL, 0};
    return (dx_str){s->form_strings.ptr + start, end - start};
}

/** An exact term, DX_FORM_GAP …: see format.h. */
static inline uint32_t dx_segment_form_meaning(const dx_segment *s,
    uint32_t form)
{
    return dx_table_u32(s->forms, DX_FORM_BYTES, form, DX_FORM_MEANING);
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
/** The same from a copy in d->coded, which is made unless it is that document's
 *  already: see dx_snapshot_read(). Also fails with NOMEM. */
DX_NODISCARD dx_status dx_segment_read_text(const dx_segment *s, uint32_t doc,
    dx_doc *d, dx_bit_reader *bits);

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
