/* head.h -- what the rows of a table share: how it is written, and its columns.
 *
 * All of it is found in the first 64 KiB, and travels with every row (dx_record.head)
 * as bytes:
 *
 *     kind  delimiter  line end  flags  charset │ title NUL  ngay_dang NUL …
 */
#ifndef DX_INDEXER_INPUT_TABLES_HEAD_H
#define DX_INDEXER_INPUT_TABLES_HEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/chars/charset.h"
#include "indexer/input/reading.h"
#include "indexer/input/tables/rows.h"

#define DX_TABLE_SAMPLE_BYTES (64u << 10)
#define DX_TABLE_COLUMNS_MAX 4096u

typedef enum dx_table_kind {
    DX_TABLE_ARTICLES,
    DX_TABLE_FIGURES,  /* no column has text, or little text between figures */
    DX_TABLE_HEADLESS, /* the first row does not end within the sample, or has too
                          many columns */
    DX_TABLE_EMPTY     /* there is not even a first row */
} dx_table_kind;

typedef struct dx_table_head {
    dx_table_kind kind;
    dx_dialect dialect;
    dx_charset charset;  /* of the sample; UTF-8 if that is ASCII */
    dx_str names;        /* of the columns, in UTF-8, each with a NUL behind it */
    size_t columns;
    size_t bytes;        /* what the rows come behind: names, byte order mark */
} dx_table_head;

/** Judges how a file begins, the first DX_TABLE_SAMPLE_BYTES of it or, where
 *  `is_all`, less. `is_tsv`: tabs are tried first, and then quotes and backslashes
 *  mean what most of it says. Strings are in `arena`. Fails with NOMEM. */
DX_NODISCARD dx_status dx_table_head_judge(dx_str sample, bool is_all,
    bool is_tsv, const dx_input_options *options, dx_arena *arena,
    dx_table_head *out, dx_error *err);

/** As bytes, in `arena`, and from such; `bytes` is not among them, and 0 then. */
DX_NODISCARD dx_status dx_table_head_write(const dx_table_head *head,
    dx_arena *arena, dx_str *out, dx_error *err);
dx_table_head dx_table_head_read(dx_str bytes);

/** The first name in `names`, which it is taken from. */
dx_str dx_table_head_next(dx_str *names);

#endif
