/* cutting.h -- a table's bytes to its rows.
 *
 * A quote that is opened and never closed would take all that follows into its value.
 * So where a row does not end (the file does first, or the row grows too long) or meets
 * a quote that seems to open a value in another line, the next line is looked for that
 * is by itself a row of as many values as the table has columns: there cutting goes
 * on, and what is before is one row with a fault. */
#ifndef DX_INDEXER_INPUT_TABLES_CUTTING_H
#define DX_INDEXER_INPUT_TABLES_CUTTING_H

#include "indexer/input/source.h"
#include "indexer/input/tables/head.h"

#define DX_TABLE_ROW_MAX_BYTES (16u << 20)

/** Hands over the rows that are not blank, from where `in` is, each with `head`
 *  (dx_record.head) and its number, the first one's behind `number`. As
 *  dx_source.cut. */
DX_NODISCARD dx_status dx_table_cut(dx_byte_stream *in, dx_str head,
    uint64_t number, dx_record_each each, void *ctx, dx_error *err);

#endif
