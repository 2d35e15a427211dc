/* rows.h -- rows of a table that is text, and the values in them.
 *
 *     Cầu mới,"Cầu ""Mới"" thông xe,
 *     hôm nay",2024-01-31⏎          one row, three values
 *
 * RFC 4180, and what real writers make of it: any delimiter, '\n', '\r\n' or '\r' at
 * the ends of rows, or no quotes but backslashes, as databases write. A quote opens
 * a value only as its first character, and closes it only in front of a delimiter or
 * the end of the row; any other one is a character of the value. Nothing here
 * allocates but dx_row_text(). */
#ifndef DX_INDEXER_INPUT_TABLES_ROWS_H
#define DX_INDEXER_INPUT_TABLES_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"

typedef struct dx_dialect {
    char delimiter;
    char line_end;        /* '\n', also behind a '\r'; or '\r' */
    bool has_quotes;      /* values may be quoted */
    bool has_backslashes; /* "\n", "\t" … stand for characters */
} dx_dialect;

/* Where a search for the end of a row stands. All zero at its beginning. */
typedef struct dx_row_scan {
    size_t at;        /* so many bytes are passed */
    size_t line;      /* the last line in a quoted value begins here, or 0 */
    size_t suspect;   /* set when a line was found whose first quote may open a
                         value: where it begins; else 0 */
    bool in_quotes;
} dx_row_scan;

/** Goes on to the end of the row that `bytes` begins with. True: there it is, and
 *  scan->at is behind its line end. False: it is not in these bytes, and more of
 *  them, from the same start, are needed; or scan->suspect is set: the row was in a
 *  quoted value and met, in another line, a quote that seems to open a value: so the
 *  one before may never be closed. To call again goes on all the same. `is_all`:
 *  nothing comes behind these bytes, which end the last row unless it is in quotes. */
bool dx_row_find_end(dx_row_scan *scan, const dx_dialect *d, dx_str bytes,
    bool is_all);

/** A row without its line end. */
dx_str dx_row_trim(const dx_dialect *d, dx_str row);

typedef struct dx_row_value {
    dx_str raw; /* without quotes around it */
    bool is_quoted;
} dx_row_value;

/* The values of a row that are still to come. */
typedef struct dx_row_rest {
    const dx_dialect *dialect;
    dx_str bytes; /* {NULL, 0} when there is none */
} dx_row_rest;

/** Of a row without its line end; it has one value at least. */
dx_row_rest dx_row_values(const dx_dialect *d, dx_str row);
bool dx_row_next(dx_row_rest *rest, dx_row_value *out);

size_t dx_row_count(const dx_dialect *d, dx_str row);

/** Whether it is NULL or \N, in no quotes: a database's word for nothing. */
bool dx_row_is_null(const dx_row_value *value);

/** The value itself, NUL-terminated and in `arena`. Fails with NOMEM. */
DX_NODISCARD dx_status dx_row_text(const dx_dialect *d,
    const dx_row_value *value, dx_arena *arena, dx_str *out, dx_error *err);

#endif
