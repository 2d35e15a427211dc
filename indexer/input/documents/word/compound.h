/* compound.h -- the streams in a compound file: what Word, Excel and PowerPoint
 * wrote until 2003.
 *
 * A file system in a file: sectors, a table of which sector follows which, a
 * directory. Small streams lie in a stream of their own in small sectors. Everything
 * is read with bounds checked and loops counted; damaged files have fewer streams.
 *
 * Source: Microsoft, [MS-CFB] Compound File Binary File Format. */
#ifndef DX_INDEXER_INPUT_DOCUMENTS_WORD_COMPOUND_H
#define DX_INDEXER_INPUT_DOCUMENTS_WORD_COMPOUND_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"

typedef struct dx_compound {
    dx_str file; /* borrowed */
    dx_arena *arena; /* borrowed; for what streams lie in */
    uint32_t sector_bytes, small_bytes, small_below;
    uint32_t first_table, tables, first_more; /* where the table of sectors lies */
    dx_str directory, small, small_table;
} dx_compound;

/** Whether a file is one, by its first bytes. */
bool dx_compound_is(dx_str file);

/** Opens `file`, which must live as long as *out, as must `arena`. Fails with NOMEM,
 *  or with FORMAT when it is none or too damaged to find anything. */
DX_NODISCARD dx_status dx_compound_open(dx_str file, dx_arena *arena,
    dx_compound *out, dx_error *err);

/** The stream `name` (ASCII) of the main folder, or nothing when there is none or it
 *  cannot be read. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_compound_stream(dx_compound *c, const char *name,
    dx_str *out, dx_error *err);

#endif
