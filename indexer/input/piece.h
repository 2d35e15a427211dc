/* piece.h -- some of a stream's records, on their way to a worker.
 *
 *     bytes    head name url date record │ record │ fault │ head record …
 *     records  number                      number   number  number …
 *
 * Everything is copied into the piece, the head as well, where it is another one than
 * the record before had (an archive may hold two tables): a few hundred bytes in a MiB
 * cost less than counting who still needs a shared one. */
#ifndef DX_INDEXER_INPUT_PIECE_H
#define DX_INDEXER_INPUT_PIECE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "indexer/input/source.h"

#define DX_PIECE_BYTES (1u << 20) /* from here on a piece is full */

struct dx_piece_record; /* a record's length and number */

typedef struct dx_piece {
    dx_buf bytes;
    size_t head_at, head_len; /* in bytes: of the last record */
    struct dx_piece_record *records; /* owned */
    size_t count, cap;
} dx_piece;

void dx_piece_init(dx_piece *p);
void dx_piece_free(dx_piece *p); /* empty and reusable afterwards */

/** Empties it and keeps its room for other records. */
void dx_piece_clear(dx_piece *p);

/** Adds a copy of the record. Fails with NOMEM. */
DX_NODISCARD dx_status dx_piece_add(dx_piece *p, const dx_record *record);

/** Whether the piece is as large as it shall become. */
bool dx_piece_is_full(const dx_piece *p);

/** Hands the records to `each`, as they were added; stops early with what it
 *  returns, if not DX_OK. */
DX_NODISCARD dx_status dx_piece_each(const dx_piece *p, dx_record_each each,
    void *ctx);

#endif
