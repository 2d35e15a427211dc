/* dictionary_writer.h -- packs the terms of a segment into blocks
 * (docs/FORMAT.md, 6).
 *
 *     dx_dictionary_writer_init(&w, &blocks, &index);
 *     dx_dictionary_writer_folded(&w, folded, list, row);
 *     dx_dictionary_writer_exact(&w, exact, list); …
 *     rc = dx_dictionary_writer_end(&w);
 *     dx_dictionary_writer_free(&w); */
#ifndef DX_INDEX_SEGMENT_WRITE_DICTIONARY_WRITER_H
#define DX_INDEX_SEGMENT_WRITE_DICTIONARY_WRITER_H

#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/segment/layout/parts.h"

typedef struct dx_dictionary_writer {
    dx_part_writer *blocks, *index; /* borrowed: DICTIONARY, DICTIONARY_INDEX */
    uint32_t folded, exacts;        /* terms so far */
    dx_status status;               /* latched */
    /* of the block under way: */
    dx_buf folded_entries, exact_entries, folded_strings, exact_strings;
} dx_dictionary_writer;

void dx_dictionary_writer_init(dx_dictionary_writer *w, dx_part_writer *blocks,
    dx_part_writer *index);
void dx_dictionary_writer_free(dx_dictionary_writer *w);

/** Adds the next folded term, with the places of its list and its row (+ 1, or
 *  0). */
void dx_dictionary_writer_folded(dx_dictionary_writer *w, dx_str folded,
    uint32_t list, uint32_t row);
/** Adds the next exact term of that one, with the place of its list. */
void dx_dictionary_writer_exact(dx_dictionary_writer *w, dx_str exact,
    uint32_t list);

/** Puts the last block. Fails with NOMEM or LIMIT if any call before did. */
DX_NODISCARD dx_status dx_dictionary_writer_end(dx_dictionary_writer *w);

#endif
